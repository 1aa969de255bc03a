"""The queue of the authority's desk: nominations of many blocs, filtered, found without marks."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from awards.models import Decision, Nomination, RequestForMore, Submission
from blocs import text
from blocs.models import BlocYear, User

State = Nomination.State
STEPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("dang-xu-ly", "Đang xử lý", Nomination.SENT - Nomination.RESULTS),
    ("tiep-nhan", "Chờ tiếp nhận", frozenset({State.SUBMITTED})),
    ("tham-dinh", "Đang thẩm định", frozenset({State.IN_REVIEW})),
    ("bo-sung", "Đề nghị bổ sung", frozenset({State.ASKED})),
    ("chua-du", "Chưa đủ điều kiện", frozenset({State.NOT_YET})),
    ("hoi-dong", "Trình Hội đồng", frozenset({State.FIT})),
    ("quyet-dinh", "Chờ quyết định", frozenset({State.PASSED})),
    ("ket-qua", "Đã có kết quả", Nomination.RESULTS),
    ("tat-ca", "Tất cả", Nomination.SENT),
)


@dataclass(frozen=True)
class Wanted:
    """What the official looks for."""

    words: str = ""
    step: str = "dang-xu-ly"
    bloc: str = ""
    award: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Queue:
    """The rows found, and what can be chosen in the filters."""

    rows: list[Nomination]
    steps: list[tuple[str, str, int]]
    blocs: list[tuple[str, str]]
    awards: list[tuple[str, str]]
    years: list[int]
    all_rows: list[Nomination]

    @property
    def heading(self) -> str:
        """The answer to "what waits for the desk?"."""
        waiting = sum(row.state == State.SUBMITTED for row in self.all_rows)
        review = sum(row.state == State.IN_REVIEW for row in self.all_rows)
        if not waiting and not review:
            return "Hiện không có hồ sơ khen thưởng chờ thẩm định"
        parts = [f"{text.count(review)} hồ sơ đang thẩm định"] if review else []
        parts += [f"{text.count(waiting)} hồ sơ chờ tiếp nhận"] if waiting else []
        return ", ".join(parts)


def queue(user: User, wanted: Wanted, on: dt.date) -> Queue:
    """Return the nominations that were sent to the user's authorities, the nearest to be handled first."""
    rows = list(
        Nomination.objects.at_desk(user, on)
        .select_related("award", "membership", "year__bloc", "submission", "decision")
        .order_by("submission__sent_at", "year__bloc__name", "award__position", "rank", "pk")
    )
    years = sorted({row.year.year for row in rows}, reverse=True)
    rows = [row for row in rows if wanted.year is None or row.year.year == wanted.year]
    states = next((states for key, _, states in STEPS if key == wanted.step), Nomination.SENT)
    near = [row for row in rows if _fits(row, wanted)]
    return Queue(
        rows=[row for row in near if row.state in states],
        steps=[(key, label, sum(row.state in chosen for row in near)) for key, label, chosen in STEPS],
        blocs=sorted({(row.year.bloc.code, row.year.bloc.name) for row in rows}, key=lambda entry: entry[1]),
        awards=sorted({(row.award.code, row.award.name) for row in rows}),
        years=years,
        all_rows=rows,
    )


def _fits(row: Nomination, wanted: Wanted) -> bool:
    if wanted.bloc and row.year.bloc.code != wanted.bloc:
        return False
    if wanted.award and row.award.code != wanted.award:
        return False
    within = text.search_key(f"{row.printed_name} {row.membership.short_name} {row.year.bloc.name} {row.award.name}")
    return all(word in within for word in text.search_key(wanted.words).split())


@dataclass(frozen=True)
class Arrival:
    """A submission that waits to be received, ready to print."""

    pk: int
    citation: str
    year: BlocYear
    count: str
    sent: str


def awaiting_receipt(user: User, on: dt.date) -> list[Arrival]:
    """Return the submissions that wait to be received at the user's authorities, the oldest first."""
    waiting = Nomination.objects.at_desk(user, on).filter(state=State.SUBMITTED).values("submission")
    rows = Submission.objects.filter(pk__in=waiting).select_related("year__bloc")
    counted = rows.annotate(number_of_lines=Count("lines")).order_by("sent_at", "pk")
    return [
        Arrival(row.pk, row.citation, row.year, text.count(row.number_of_lines), text.moment(row.sent_at))
        for row in counted
    ]


def open_steps(nomination: Nomination, request: RequestForMore | None, on: dt.date) -> frozenset[str]:
    """Return the acts of the desk that lead on from where the nomination stands."""
    steps = {
        State.SUBMITTED: {"receive"},
        State.IN_REVIEW: {"ask", "fit", "not_yet"},
        State.ASKED: {"extend"},
        State.FIT: {"council", "again"},
        State.NOT_YET: {"again", "refuse"},
        State.PASSED: {"decide", "refuse"},
    }.get(State(nomination.state), set())
    over = request is not None and on > request.due_on
    return frozenset(steps | ({"fit", "not_yet"} if over else set()))


def passed_nominations(user: User, on: dt.date) -> QuerySet[Nomination]:
    """Return what the council passed and no decision covers yet, by award, bloc and rank."""
    rows = Nomination.objects.at_desk(user, on).filter(state=State.PASSED)
    return rows.select_related("award", "membership", "year__bloc").order_by(
        "award__position", "year__bloc__name", "rank", "pk"
    )


def decisions_of(user: User, on: dt.date) -> list[Decision]:
    """Return the decisions of the user's authorities with the number of their nominations, the latest first."""
    return list(Decision.objects.visible_to(user, on).annotate(number_of_nominations=Count("nominations")))
