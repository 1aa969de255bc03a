"""What goes to the next leader: open tasks, contacts, settings, papers, rules in force; on a page and as minutes."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from awards.queries.years import tasks_for as award_tasks
from blocs.models import BlocYear, LeadershipTerm, Membership, Post, User
from blocs.tasks import Task
from blocs.text import date
from conferences.gathering.letters import day_in_words, gather_handover
from conferences.models import BlocPaper
from conferences.queries.elections import election_of
from conferences.queries.tasks import tasks_for as meeting_tasks
from documents.models import Document
from documents.papers import Minutes
from documents.queries import papers_of
from documents.queries import tasks_for as paper_tasks
from pledges.queries import pledge_of
from pledges.queries import tasks_for as pledge_tasks
from scoring.queries.tables import adopted_table
from scoring.queries.years import tasks_for as scoring_tasks

FLOORS = (pledge_tasks, scoring_tasks, award_tasks, meeting_tasks, paper_tasks)


@dataclass(frozen=True)
class Contact:
    """Who answers for a member unit."""

    unit: str
    head: str
    people: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Handover:
    """Everything one page hands over. `papers`: the year's papers that the reader may see."""

    year: BlocYear
    incoming: Membership | None
    from_on: dt.date | None
    tasks: tuple[Task, ...]
    contacts: tuple[Contact, ...]
    settings: tuple[tuple[str, str], ...]
    papers: tuple[Document, ...]
    in_force: tuple[str, ...]


def handover_of(year: BlocYear, user: User, on: dt.date) -> Handover:
    """Return what the leader of a year hands over, as the user may see it. Queries do not grow with the members."""
    election = election_of(year, LeadershipTerm.Role.LEADER)
    term = LeadershipTerm.objects.filter(
        year__bloc=year.bloc_id, year__year=year.year + 1, role=LeadershipTerm.Role.LEADER
    ).first()
    tasks = tuple(task for floor in FLOORS for task in floor(user, year, on))
    return Handover(
        year=year,
        incoming=election.winner if election else None,
        from_on=term.from_on if term else year.handover_on,
        tasks=tasks,
        contacts=contacts_of(year, on),
        settings=_settings(year),
        papers=tuple(papers_of(year, user, on)),
        in_force=_in_force(year, on),
    )


def contacts_of(year: BlocYear, on: dt.date) -> tuple[Contact, ...]:
    """Return the head and the people of every member: name, post, work contact. Two queries."""
    members = list(year.memberships.select_related("unit").order_by("position", "pk"))
    posts = Post.objects.in_force(on).filter(unit__in=[row.unit_id for row in members], user__is_active=True)
    people: dict[int, list[tuple[str, str, str]]] = {row.unit_id: [] for row in members}
    heads: dict[int, str] = {row.unit_id: row.head_name for row in members}
    for post in posts.select_related("user").order_by("pk"):
        unit, ways = post.unit_id or 0, "; ".join(part for part in (post.user.phone, post.user.email) if part)
        if post.role == Post.Role.HEAD:
            heads[unit] = heads[unit] or post.user.full_name
        people[unit].append((post.user.full_name, post.title, ways))
    return tuple(Contact(row.name, heads[row.unit_id], tuple(people[row.unit_id])) for row in members)


def _settings(year: BlocYear) -> tuple[tuple[str, str], ...]:
    yes = {True: "Có", False: "Không"}
    return (
        ("Hạn gửi bảng tự chấm điểm", date(year.assessments_due_at.date()) if year.assessments_due_at else "–"),
        ("Hạn thẩm định", date(year.review_due_on) or "–"),
        ("Hạn trình khen thưởng", date(year.submission_due_on) or "–"),
        ("Ẩn điểm đến hết hạn gửi", yes[year.hides_claims_until_due]),
        ("Đơn vị được biểu quyết về chính mình", yes[year.may_vote_on_itself]),
        (
            "Văn bản theo mẫu",
            f"của {year.bloc.bloc_word}" if year.letterhead == "B" else f"của đơn vị {year.bloc.leader_word}",
        ),
    )


def _in_force(year: BlocYear, on: dt.date) -> tuple[str, ...]:
    """The table of criteria, the pledge, the papers of the bloc and the guidance that bind the year on a day."""
    table, pledge = adopted_table(year), pledge_of(year)
    found = [f"Bảng tiêu chí chấm điểm thi đua năm {year.year}"] if table else []
    if pledge is not None and pledge.is_frozen:
        found.append(f"Giao ước thi đua năm {year.year}")
    papers = BlocPaper.objects.filter(Q(until_on=None) | Q(until_on__gte=on), bloc=year.bloc_id, from_on__lte=on)
    found += [str(paper) for paper in papers]
    return (*found, *(guidance.citation for guidance in year.guidances.all()))


def handover_paper(handover: Handover) -> Minutes:
    """Return the minutes of the handover."""
    papers = [(f"{row.get_kind_display()}", _state(row)) for row in handover.papers]
    return gather_handover(
        handover.year,
        incoming=handover.incoming,
        papers=papers,
        in_force=handover.in_force,
        tasks=[task.title for task in handover.tasks],
        from_on=day_in_words(handover.from_on),
    )


def _state(document: Document) -> str:
    if document.number:
        return f"Số {document.number}, {date(document.issued_on)}"
    return document.get_state_display()
