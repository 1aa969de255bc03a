"""The page of a bloc year: members with the state of each dossier, leadership, settings, papers, other years."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from awards.models import Award
from blocs import text
from blocs.models import BlocYear, Guidance, Provision, User
from blocs.queries.years import allowed_words
from blocs.standing import leadership_of
from blocs.tasks import Stage
from documents.models import Document
from scoring import queries as scoring
from scoring.models import CriteriaTable, SelfAssessment
from scoring.queries.tables import current_table
from scoring.screens.board import DossierRow, dossier_rows


@dataclass(frozen=True)
class Paper:
    """One paper of the year."""

    title: str
    url: str
    state: str
    css: str


@dataclass(frozen=True)
class YearBoard:
    """Where the year stands."""

    year: BlocYear
    heading: str
    lead: str
    members: list[DossierRow]
    leadership: list[tuple[str, str]]
    settings: list[tuple[str, str]]
    papers: list[Paper]
    other_years: list[tuple[int, str]]
    count: str


def year_board(year: BlocYear, user: User, now: dt.datetime) -> YearBoard:
    """Return where the year stands: the same number of queries however many members it has."""
    figured = BlocYear.objects.annotate(**scoring.stage_figures()).select_related("bloc__authority").get(pk=year.pk)
    table = current_table(year)
    leaves = table.criteria.exclude(method="").count() if table else 0
    members = dossier_rows(year, user, now, leaves)
    return YearBoard(
        year=year,
        heading=_heading(year, scoring.stage(figured)),
        lead=_lead(year, now),
        members=members,
        leadership=_leadership(year),
        settings=_settings(year, table, leaves),
        papers=_papers(year, user, now),
        other_years=_other_years(year, user, now),
        count=text.count(len(members)),
    )


def paste_message(year: BlocYear, now: dt.datetime) -> str:
    """Return a reminder ready to be pasted into a phone group: who is awaited, by when, where; no figures of anybody."""
    missing = year.memberships.exclude(assessment__state__in=SelfAssessment.HANDED_IN).order_by("position", "pk")
    names = list(missing.values_list("short_name", flat=True))
    due = year.assessments_due_at
    where = f"{settings.SITE_URL}{reverse('home:year', kwargs={'bloc': year.bloc.code, 'year': year.year})}"
    lines = [f"{year.bloc.name}, năm {year.year}."]
    if names and due and now <= due:
        lines.append(
            f"Còn {text.count(len(names))} đơn vị chưa gửi bảng tự chấm điểm: {', '.join(names)}. "
            f"Hạn: {text.due(due)} ({text.remaining(due, now)}). Kính đề nghị quý đơn vị hoàn thiện và gửi đúng hạn."
        )
    elif names:
        lines.append(f"Chưa có bảng tự chấm điểm của: {', '.join(names)}. Kính đề nghị quý đơn vị liên hệ Trưởng khối.")
    else:
        lines.append("Các đơn vị đã gửi đủ bảng tự chấm điểm.")
    if year.conference_on and year.conference_on >= now.date():
        lines.append(f"Hội nghị tổng kết: {text.date(year.conference_on)}.")
    if year.submission_due_on and year.submission_due_on >= now.date():
        lines.append(f"Hạn trình khen thưởng: {text.date(year.submission_due_on)}.")
    return "\n".join([*lines, where])


def _heading(year: BlocYear, filling: Stage) -> str:
    if year.is_past:
        return f"Năm thi đua {year.year} đã kết thúc"
    missing = filling.of - filling.done
    if filling.state == "now" and missing:
        return f"Còn {text.count(missing)}/{text.count(filling.of)} đơn vị chưa gửi bảng tự chấm điểm"
    return f"Năm thi đua {year.year} đang thực hiện"


def _lead(year: BlocYear, now: dt.datetime) -> str:
    if year.is_past:
        return "Số liệu của năm chỉ để xem, không sửa được nữa."
    if year.assessments_due_at is None:
        return "Chưa đặt hạn gửi bảng tự chấm điểm."
    after = " Sau thời điểm này các đơn vị xem được điểm của nhau." if year.hides_claims_until_due else ""
    left = text.remaining(year.assessments_due_at, now)
    return f"Hạn gửi bảng tự chấm điểm: {text.due(year.assessments_due_at)} ({left}).{after}"


def _leadership(year: BlocYear) -> list[tuple[str, str]]:
    leading = leadership_of(year)
    names = dict(year.memberships.values_list("unit_id", "short_name"))
    authority = year.bloc.authority
    department = f" ({authority.department})" if authority.department else ""
    return [
        (year.bloc.leader_word, names.get(leading.leader or 0, "Chưa có")),
        (year.bloc.deputy_word, names.get(leading.deputy or 0, "Chưa có")),
        ("Cơ quan tổ chức khối", f"{authority.name}{department}"),
    ]


def _settings(year: BlocYear, table: CriteriaTable | None, leaves: int) -> list[tuple[str, str]]:
    quotas = Provision.objects.filter(year=year, topic="award_quota").order_by("-key")
    names = dict(Award.objects.values_list("code", "short_name"))
    allowed = ", ".join(f"{allowed_words(q.value)} {names.get(q.key, q.key)}" for q in quotas)
    rows = [
        (
            "Bảng tiêu chí",
            f"{text.count(leaves)} tiêu chí, {table.get_state_display().lower()}" if table else "Chưa có",
        ),
        ("Số lượng được đề nghị", allowed or "Chưa có văn bản hướng dẫn"),
    ]
    if table:
        cap = "không giới hạn" if table.bonus_cap is None else f"không quá {text.number(table.bonus_cap, 2)} điểm"
        rows.append(("Điểm thưởng", cap))
    if year.conference_on:
        rows.append(("Hội nghị tổng kết", text.date(year.conference_on)))
    if year.submission_due_on:
        rows.append(("Hạn trình khen thưởng", text.date(year.submission_due_on)))
    return rows


def _papers(year: BlocYear, user: User, now: dt.datetime) -> list[Paper]:
    where = {"bloc": year.bloc.code, "year": year.year}
    letters = [
        Paper(letter.title, reverse("blocs:guidance", kwargs=where | {"guidance": letter.pk}), "Đã ban hành", "s-ok")
        for letter in Guidance.objects.filter(year=year)
    ]
    documents = Document.objects.visible_to(user, now.date()).filter(year=year).order_by("-pk")[:8]
    return letters + [
        Paper(paper.title, reverse("documents:detail", kwargs=where | {"pk": paper.pk}), paper.get_state_display(), "")
        for paper in documents
    ]


def _other_years(year: BlocYear, user: User, now: dt.datetime) -> list[tuple[int, str]]:
    seen = BlocYear.objects.visible_to(user, now.date()).filter(bloc=year.bloc_id).exclude(pk=year.pk)
    code = year.bloc.code
    numbers = seen.order_by("-year").values_list("year", flat=True)
    return [(number, reverse("home:year", kwargs={"bloc": code, "year": number})) for number in numbers]
