"""What awards tells home about a year: tasks, stages of the rail, the archive, and the lines of the summary report."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.urls import reverse

from awards.models import Nomination, RequestForMore
from blocs import text
from blocs.clock import at
from blocs.models import BlocYear, User
from blocs.standing import leadership_of, standing_of
from blocs.tasks import Stage, Task
from scoring.models import SelfAssessment
from voting.queries import waiting_ballots

State = Nomination.State
SENT_STAGE, RESULT_STAGE = "Trình khen thưởng", "Kết quả"
DESK = (
    (State.SUBMITTED, "Tiếp nhận hồ sơ khen thưởng", "Tiếp nhận", "tiep-nhan"),
    (State.IN_REVIEW, "Thẩm định hồ sơ khen thưởng", "Thẩm định", "tham-dinh"),
    (State.FIT, "Ghi nhận kết quả của Hội đồng", "Ghi nhận kết quả", "hoi-dong"),
    (State.PASSED, "Ghi nhận quyết định khen thưởng", "Ghi nhận quyết định", "quyet-dinh"),
)


AWAITED = {
    State.ASKED: "{unit}: bổ sung hồ sơ khen thưởng",
    State.PUT_TO_VOTE: "các đơn vị: bình xét",
    State.AGREED: "{leader}: trình khen thưởng",
    State.SUBMITTED: "cơ quan: tiếp nhận hồ sơ",
    State.IN_REVIEW: "cơ quan: thẩm định hồ sơ",
}


@dataclass(frozen=True)
class ReportedNomination:
    """One nomination as the summary report and the minutes print it."""

    award: str
    kind: str
    printed_name: str
    votes: str
    percent: str
    sentence: str


def _counted(*states: str) -> Subquery:
    rows = Nomination.objects.filter(year=OuterRef("pk"), state__in=states).order_by().values("year")
    return Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())


def stage_figures() -> dict[str, Any]:
    """Return the annotations that both stages read, so that many years cost one query."""
    return {
        "awards_with_bloc": _counted(*Nomination.WITH_BLOC),
        "awards_sent": _counted(*Nomination.SENT),
        "awards_results": _counted(*Nomination.RESULTS),
        "awards_given": _counted(State.AWARDED),
    }


def stage(year: BlocYear) -> Stage:
    """Return where sending the nominations stands: planned, sent, by when."""
    kept, sent = _figure(year, "awards_with_bloc"), _figure(year, "awards_sent")
    due = year.submission_due_on
    if sent and not kept:
        return Stage(SENT_STAGE, f"{sent} đề nghị đã trình", sent, sent, "done")
    note = f"Hạn {text.date(due)}" if due else "Chưa đặt hạn"
    if kept or sent:
        return Stage(SENT_STAGE, f"{kept} đề nghị; {note[:1].lower()}{note[1:]}", sent, kept + sent, "now")
    return Stage(SENT_STAGE, note)


def results_stage(year: BlocYear) -> Stage:
    """Return where the results stand: how many of the nominations sent have one."""
    sent, results, given = (_figure(year, f"awards_{name}") for name in ("sent", "results", "given"))
    if sent and sent == results:
        return Stage(RESULT_STAGE, f"{given} được tặng", results, sent, "done")
    if sent:
        return Stage(RESULT_STAGE, f"{results}/{sent} có kết quả", results, sent, "now")
    return Stage(RESULT_STAGE, f"Dự kiến {text.date(year.results_on)}" if year.results_on else "")


def _figure(year: BlocYear, name: str) -> int:
    if not hasattr(year, name):
        figures = BlocYear.objects.filter(pk=year.pk).annotate(**stage_figures()).values(*stage_figures()).get()
        for key, value in figures.items():
            setattr(year, key, value)
    return getattr(year, name) or 0


def awaited(years: Iterable[int]) -> dict[int, list[str]]:
    """Return who holds up the nominations of each year (by primary key), in words: one query for all years."""
    rows = Nomination.objects.filter(year__in=list(years), state__in=AWAITED).order_by("award__position", "pk")
    found: dict[int, list[str]] = {}
    values = rows.values_list("year", "state", "membership__short_name", "year__bloc__leader_word")
    for year, state, unit, leader in values:
        words = AWAITED[State(state)].format(unit=unit, leader=leader)
        if words not in found.setdefault(year, []):
            found[year].append(words)
    return found


def tasks_for(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    """Return what a member, the leader or a nominated unit must do about awards in a year."""
    rows = list(Nomination.objects.filter(year=year).select_related("award", "membership", "submission"))
    leader = leadership_of(year, on).leader
    leads = standing_of(user, on).represents(leader)
    return [
        *_ballots(user, year),
        *(_leader_tasks(year, rows) if leads else ()),
        *_requests(user, year, rows, leads=leads),
        *_waiting(year, rows),
    ]


def _ballots(user: User, year: BlocYear) -> Iterator[Task]:
    waiting = [round_.poll for round_, _ in waiting_ballots(user, year)]
    ours = set(Nomination.objects.filter(poll__in=waiting).values_list("poll_id", flat=True)) if waiting else set()
    for poll in waiting:
        if poll.pk in ours:
            note = "Mỗi đề nghị được biểu quyết riêng. Mỗi đơn vị có 01 phiếu."
            yield Task(poll.title, note, _url("awards:ballot", year, pk=poll.pk), "Bỏ phiếu")


def _leader_tasks(year: BlocYear, rows: list[Nomination]) -> Iterator[Task]:
    count = {state: sum(row.state == state for row in rows) for state in State.values}
    board = _url("awards:board", year)
    before = at(year.conference_on, 17) if year.conference_on else None
    due = at(year.submission_due_on, 23, 59) if year.submission_due_on else None
    if not any(row.is_held for row in rows) and _scores_are_agreed(year):
        title = f"Lập danh sách dự kiến đề nghị khen thưởng năm {year.year}"
        yield Task(
            title, "Điểm đã thống nhất; danh sách theo thứ hạng của Bảng tổng hợp.", board, "Lập danh sách", before
        )
    if count[State.PLANNED]:
        title = f"Đưa ra bình xét {text.count(count[State.PLANNED])} đề nghị khen thưởng"
        yield Task(title, "Mỗi đề nghị được biểu quyết riêng.", board, "Đưa ra bình xét", before)
    if count[State.PUT_TO_VOTE]:
        yield Task(
            "Kết thúc bình xét, công bố kết quả", "Các đơn vị đang biểu quyết.", board, "Xem và kết thúc", before
        )
    if count[State.AGREED]:
        title = f"Trình {text.count(count[State.AGREED])} đề nghị khen thưởng đã được {year.bloc.bloc_word} nhất trí"
        yield Task(title, f"Gửi {year.bloc.authority}.", _url("awards:submit", year), "Trình khen thưởng", due)


def _requests(user: User, year: BlocYear, rows: list[Nomination], *, leads: bool) -> Iterator[Task]:
    standing = standing_of(user)
    asked = [row for row in rows if row.state == State.ASKED]
    mine = [row.pk for row in asked if leads or standing.represents(row.membership.unit_id)]
    if not mine:
        return
    wanted = RequestForMore.objects.filter(nomination__in=mine, supplied_at=None, closed_at=None)
    for request in wanted.select_related("nomination__award", "nomination__membership"):
        nomination = request.nomination
        title = f"Bổ sung hồ sơ {nomination.award.name}: {nomination.membership.short_name}"
        due = at(request.due_on, 23, 59)
        yield Task(title, request.note, _url("awards:nomination", year, pk=nomination.pk), "Bổ sung hồ sơ", due)


def tasks_after_the_year(user: User, on: dt.date) -> list[Task]:
    """Return what the desk has asked for in years that have ended: of the user's units, and of those that they led."""
    standing = standing_of(user, on)
    open_requests = RequestForMore.objects.filter(supplied_at=None, closed_at=None)
    units = set(standing.units) | standing.authorised
    years = (
        BlocYear.objects.filter(state=BlocYear.State.CLOSED, memberships__unit__in=units)
        .filter(nominations__requests__in=open_requests)
        .select_related("bloc__authority")
        .distinct()
    )
    return [task for year in years for task in _requests_of(user, year, on)]


def _requests_of(user: User, year: BlocYear, on: dt.date) -> Iterator[Task]:
    rows = list(Nomination.objects.filter(year=year, state=State.ASKED).select_related("membership"))
    leads = standing_of(user, on).represents(leadership_of(year, on).leader)
    return _requests(user, year, rows, leads=leads)


def _waiting(year: BlocYear, rows: list[Nomination]) -> Iterator[Task]:
    at_desk = [row for row in rows if row.state in Nomination.SENT - Nomination.RESULTS - {State.ASKED}]
    if at_desk:
        title = f"{text.count(len(at_desk))} đề nghị khen thưởng năm {year.year} đang chờ kết quả"
        yield Task(title, "", _url("awards:board", year), waiting_for=str(year.bloc.authority))


def _scores_are_agreed(year: BlocYear) -> bool:
    final = SelfAssessment.State.AGREED, SelfAssessment.State.FINALISED
    return SelfAssessment.objects.filter(membership__year=year, state__in=final).exists()


def desk_tasks_for(user: User, on: dt.date) -> list[Task]:
    """Return what the desk of the user's authorities must do, over all blocs: one task per step of the way."""
    rows = Nomination.objects.at_desk(user, on)
    counts = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    waits = RequestForMore.objects.filter(nomination__in=rows, supplied_at=None, closed_at=None).count()
    tasks = [
        Task(f"{title}: {text.count(counts[state])} đề nghị", "", f"{reverse('desk:queue')}?buoc={step}", button)
        for state, title, button, step in DESK
        if counts.get(state)
    ]
    if waits:
        title = f"{text.count(waits)} đề nghị bổ sung hồ sơ chưa được trả lời"
        tasks.append(Task(title, "", f"{reverse('desk:queue')}?buoc=bo-sung", waiting_for="các khối"))
    return tasks


def nominations_for_report(year: BlocYear) -> list[ReportedNomination]:
    """Return what the bloc agreed to propose, in the order of the catalogue and the ranks, for papers."""
    rows = Nomination.objects.filter(year=year).exclude(state__in=Nomination.FREED)
    return [
        ReportedNomination(
            row.award.printed_name,
            row.award.kind,
            row.printed_name,
            row.votes_text,
            row.percent_text,
            row.vote_sentence,
        )
        for row in rows.exclude(voted_at=None).select_related("award", "membership")
    ]


def archive_part(year: BlocYear) -> dict[str, Any]:
    """Return the year's nominations with their votes and results, for the archive."""
    rows: QuerySet[Nomination] = Nomination.objects.filter(year=year)
    return {
        "nominations": [
            {
                "award": row.award.code,
                "unit": row.membership.unit.code,
                "printed_name": row.printed_name,
                "state": row.state,
                "score": None if row.score is None else str(row.score),
                "rank": row.rank,
                "votes": [row.approve, row.reject, row.abstain, row.voted_of],
                "submission": row.submission.citation if row.submission else "",
                "decision": row.decision.citation if row.decision else "",
                "reason": row.outcome_reason,
            }
            for row in rows.select_related("award", "membership__unit", "submission", "decision")
        ]
    }


def _url(name: str, year: BlocYear, **more: Any) -> str:
    return reverse(name, kwargs={"bloc": year.bloc.code, "year": year.year} | more)
