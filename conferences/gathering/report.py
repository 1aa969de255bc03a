"""The summary report of a year as one frozen object: every figure is computed here, only the prose is written."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from awards.models import Nomination
from awards.queries.years import nominations_for_report
from blocs.models import Bloc, BlocYear, LeadershipTerm
from blocs.text import count, date, long_date, number
from conferences.gathering.heads import head_signers, leading_units, letterhead_of, name_in
from conferences.gathering.indicators import Indicator, indicator_table, indicators
from conferences.models import Conference
from conferences.papers import GROUP, Chapter, chapters, named_together
from conferences.queries.elections import elections_of
from conferences.queries.reports import sections_of
from documents.papers import (
    Annex,
    Column,
    GroupResult,
    NextLeaders,
    PeerReview,
    Report,
    ReportProse,
    ScoringSummary,
    Table,
)
from scoring.gathering import score_tables
from scoring.models import CompletionRequest, Score, SelfAssessment
from scoring.queries.standings import Standings, standings
from scoring.queries.tables import adopted_table
from scoring.ranking import Layer

_PROSE = tuple(ReportProse.__dataclass_fields__)
_ORDER = (Layer.CLAIMED, Layer.REVIEWED, Layer.AGREED, Layer.CORRECTED)


def report_chapters(year: BlocYear) -> tuple[Chapter, ...]:
    """Return the free sections of the year's report with the sentences they begin with."""
    return chapters(
        groups=_groups(year),
        basis=_basis(year),
        authority=year.bloc.authority.name,
        year=year.year,
        bloc_word=year.bloc.bloc_word,
    )


def gather_report(year: BlocYear, *, final: bool) -> Report:
    """Return the summary report of a year: the draft for the conference, or the final paper after it.

    Every figure is computed from records (members, submissions, adjusted items, standings, indicators, votes); the draft
    leaves out the peer review and the next leaders, which do not exist yet. Same data, same object.
    """
    table, texts = standings(year), _texts(year)
    rows = indicators(year, table.layer)
    bloc, members = year.bloc, list(year.memberships.order_by("position", "pk"))
    leader, deputy = leading_units(year)
    return Report(
        title="Báo cáo",
        subject=_subject(bloc, year.year),
        letterhead=letterhead_of(year, leader, "BC"),
        draft=not final,
        demo=year.is_demonstration,
        signers=head_signers(year, leader),
        recipients=(f"{bloc.authority.name} (để b/c);", f"Các đơn vị thành viên {bloc.bloc_word};", "Lưu: VT."),
        year=str(year.year),
        next_year=str(year.year + 1),
        bloc_name=bloc.name,
        members_count=count(len(members)),
        members=named_together([(row.name, row.short_name) for row in members]),
        leader=name_in(members, leader),
        deputy=name_in(members, deputy),
        authority=bloc.authority.name,
        basis=texts["basis"],
        prose=ReportProse(**{name: texts.get(name, "") for name in _PROSE}),
        groups=_group_results(year, texts, rows),
        movement_count=_counted(texts["movement_count"]),
        model_count=_counted(texts["model_count"]),
        commendations=_commendations(year),
        scoring=_scoring(year, table),
        peer_review=_peer_review(year) if final else None,
        next_leaders=_next_leaders(year) if final else None,
        annexes=_annexes(year, table, rows, final=final),
    )


def _subject(bloc: Bloc, year: int) -> str:
    return f"Tổng kết công tác thi đua, khen thưởng năm {year}; phương hướng, nhiệm vụ năm {year + 1} của {bloc.name}"


def _texts(year: BlocYear) -> dict[str, str]:
    """What is printed in each free section: the written text, or the sentence that it begins with."""
    written = sections_of(year)
    sections = (section for chapter in report_chapters(year) for section in chapter.sections)
    return {row.key: written[row.key].text if row.key in written else row.default for row in sections}


def _counted(typed: str) -> str:
    return count(int(typed)) if typed.strip().isdigit() else typed.strip()


def _groups(year: BlocYear) -> list[tuple[str, str]]:
    """The groups of the criteria table that hold base points, in order."""
    table = adopted_table(year)
    if table is None:
        return []
    return list(table.criteria.filter(parent=None, kind="base").order_by("position").values_list("code", "title"))


def _basis(year: BlocYear) -> str:
    guidance = year.guidances.first()
    pledge = f"Giao ước thi đua năm {year.year}"
    return f"{guidance.citation} và {pledge}" if guidance else pledge


def _group_results(year: BlocYear, texts: dict[str, str], rows: tuple[Indicator, ...]) -> tuple[GroupResult, ...]:
    return tuple(
        GroupResult(title=title, prose=texts[f"{GROUP}{code}"], figures=_figures(rows, code))
        for code, title in _groups(year)
    )


def _figures(rows: tuple[Indicator, ...], group: str) -> tuple[str, ...]:
    """The locked sentences of a group; the last one names the annex and ends with a stop."""
    sentences = [row.sentence for row in rows if row.group == group]
    if not sentences:
        return ()
    return (*(f"{text};" for text in sentences[:-1]), f"{sentences[-1]} (chi tiết tại Phụ lục II).")


def _scoring(year: BlocYear, table: Standings) -> ScoringSummary:
    """Section II.6; points at the layer of the standings."""
    sent = SelfAssessment.objects.filter(membership__year=year).handed_in()
    totals = [row.total for row in table.rows if row.total is not None]
    changed = (Score.Verdict.FIGURES, Score.Verdict.POINTS)
    adjusted = Score.objects.filter(assessment__membership__year=year, layer=Layer.REVIEWED.value, verdict__in=changed)
    explained = CompletionRequest.objects.filter(assessment__membership__year=year, answered_at__isnull=False)
    places = table.decimals
    return ScoringSummary(
        submitted=count(sent.count()),
        members=count(year.memberships.count()),
        in_time=count(sent.filter(is_late=False).count()),
        adjusted=count(adjusted.count()),
        explained=count(explained.count()),
        highest=number(max(totals), places) if totals else "",
        lowest=number(min(totals), places) if totals else "",
        mean=number(_mean(totals, places), places) if totals else "",
    )


def _mean(totals: list[Decimal], places: int) -> Decimal:
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _awarded(year: BlocYear) -> list[Nomination]:
    """What members of the bloc were given by decisions of the calendar year."""
    units = year.memberships.values("unit")
    rows = Nomination.objects.filter(state=Nomination.State.AWARDED, membership__unit__in=units)
    rows = rows.filter(decision__decided_on__year=year.year).select_related("award", "membership", "decision")
    return list(rows.order_by("award__position", "decision__decided_on", "membership__position"))


def _commendations(year: BlocYear) -> tuple[str, ...]:
    """Return one phrase per award: "01 Cờ thi đua của Bộ"."""
    names = [row.award.printed_name for row in _awarded(year)]
    return tuple(f"{count(names.count(name))} {name}" for name in dict.fromkeys(names))


def _peer_review(year: BlocYear) -> PeerReview | None:
    rows = nominations_for_report(year)
    if not rows:
        return None
    proposals = tuple(
        f"{row.award} cho {row.printed_name} ({row.votes} đơn vị nhất trí, đạt {row.percent})" for row in rows
    )
    authority = year.bloc.authority
    return PeerReview(held_on=_held_on(year), decided_by=authority.decider_in_full, proposals=proposals)


def _held_on(year: BlocYear) -> str:
    held = Conference.objects.filter(year=year, kind=Conference.Kind.ANNUAL).values_list("held_on", flat=True).first()
    voted = Nomination.objects.filter(year=year, voted_at__isnull=False).values_list("voted_at", flat=True).first()
    day = held or (timezone.localdate(voted) if voted else None)
    return long_date(day) if day else ""


def _next_leaders(year: BlocYear) -> NextLeaders | None:
    winners = {role: row.winner.name for role, row in elections_of(year).items() if row.winner}
    leader = winners.get(LeadershipTerm.Role.LEADER)
    if leader is None:
        return None
    return NextLeaders(leader=leader, deputy=winners.get(LeadershipTerm.Role.DEPUTY, ""))


def _annexes(year: BlocYear, table: Standings, rows: tuple[Indicator, ...], *, final: bool) -> tuple[Annex, ...]:
    """The consolidated table (one layer per annex), the indicators, the commendations, and after the vote the list."""
    annexes = list(_score_annexes(year, table))
    title = f"Một số chỉ tiêu chủ yếu năm {year.year}"
    annexes.append(Annex(number="II", title=title, table=indicator_table(rows, year.year), broad=True))
    annexes.append(Annex(number="III", title=f"Tổng hợp khen thưởng năm {year.year}", table=_award_table(year)))
    if final and nominations_for_report(year):
        title = f"Danh sách đề nghị khen thưởng năm {year.year}"
        annexes.append(Annex(number="IV", title=title, table=_proposal_table(year)))
    return tuple(annexes)


def _score_annexes(year: BlocYear, table: Standings) -> tuple[Annex, ...]:
    """One annex per layer up to that of the standings; none for a year of which only results are known."""
    if adopted_table(year) is None or not SelfAssessment.objects.filter(membership__year=year).exists():
        return ()
    layers = _ORDER[: _ORDER.index(table.layer) + 1]
    title = f"Bảng tổng hợp kết quả chấm điểm thi đua năm {year.year}"
    return tuple(
        Annex(
            number="I" if len(layers) == 1 else f"I.{place}",
            title=title,
            scores=score_tables(year, layer),
            broad=True,
        )
        for place, layer in enumerate(layers, start=1)
    )


def _award_table(year: BlocYear) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10),
        Column(title="Tập thể"),
        Column(title="Danh hiệu, hình thức khen thưởng", width=50),
        Column(title="Quyết định (số, ngày)", width=40),
    )
    lines = tuple(
        (str(place), row.printed_name, row.award.printed_name, _decision(row))
        for place, row in enumerate(_awarded(year), start=1)
    )
    return Table(
        columns=columns, rows=lines, note="" if lines else "Trong năm chưa ghi nhận khen thưởng trên hệ thống."
    )


def _decision(row: Nomination) -> str:
    if row.decision is None:
        return ""
    day = f"ngày {date(row.decision.decided_on)}"
    return f"Số {row.decision.number} {day}" if row.decision.number else day


def _proposal_table(year: BlocYear) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10),
        Column(title="Tập thể"),
        Column(title="Danh hiệu, hình thức đề nghị", width=40),
        Column(title="Số đơn vị nhất trí", centred=True, width=20),
        Column(title="Tỷ lệ nhất trí (%)", figures=True, width=20),
    )
    lines = tuple(
        (str(place), row.printed_name, row.award, row.votes, row.percent.removesuffix("%"))
        for place, row in enumerate(nominations_for_report(year), start=1)
    )
    return Table(columns=columns, rows=lines)
