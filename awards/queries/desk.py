"""The queue of the authority's desk: nominations of many blocs, filtered, found without marks."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from awards.models import Decision, Nomination, RequestForMore, Submission
from blocs import text
from blocs.models import BlocYear, User

State = Nomination.State
_LISTED, _FOUND = 200, 5000
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
    """The rows found (not yet read: a page reads its own), and what can be chosen in the filters."""

    rows: QuerySet[Nomination]
    steps: list[tuple[str, str, int]]
    blocs: list[tuple[str, str]]
    awards: list[tuple[str, str]]
    years: list[int]
    by_state: dict[str, int]

    @property
    def ready(self) -> int:
        """How many the council has passed and no decision covers."""
        return self.by_state.get(State.PASSED, 0)

    @property
    def heading(self) -> str:
        """The answer to "what waits for the desk?"."""
        waiting, review = (self.by_state.get(state, 0) for state in (State.SUBMITTED, State.IN_REVIEW))
        if not waiting and not review:
            return "Hiện không có hồ sơ khen thưởng chờ thẩm định"
        parts = [f"{text.count(review)} hồ sơ đang thẩm định"] if review else []
        parts += [f"{text.count(waiting)} hồ sơ chờ tiếp nhận"] if waiting else []
        return ", ".join(parts)


def queue(user: User, wanted: Wanted, on: dt.date) -> Queue:
    """Return the nominations that were sent to the user's authorities, the nearest to be handled first.

    Filters and counts are the database's, so that a country costs what a bloc costs; with more than some hundred blocs
    the filter by bloc gives way to the search.
    """
    desk = Nomination.objects.at_desk(user, on).order_by()
    near = _near(desk, wanted)
    counts = _by_state(near)
    states = next((states for key, _, states in STEPS if key == wanted.step), Nomination.SENT)
    order = ("submission__sent_at", "year__bloc__name", "award__position", "rank", "pk")
    blocs = list(
        desk.values_list("year__bloc__code", "year__bloc__name").distinct().order_by("year__bloc__name")[:_LISTED]
    )
    return Queue(
        rows=near.filter(state__in=states)
        .select_related("award", "membership", "year__bloc", "submission", "decision")
        .order_by(*order),
        steps=[(key, label, sum(counts.get(state, 0) for state in chosen)) for key, label, chosen in STEPS],
        blocs=blocs if len(blocs) < _LISTED else [],
        awards=list(desk.values_list("award__code", "award__name").distinct().order_by("award__name")),
        years=sorted(desk.values_list("year__year", flat=True).distinct(), reverse=True),
        by_state=_by_state(desk),
    )


def _by_state(rows: QuerySet[Nomination]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(number=Count("pk")))


def _near(rows: QuerySet[Nomination], wanted: Wanted) -> QuerySet[Nomination]:
    if wanted.year is not None:
        rows = rows.filter(year__year=wanted.year)
    if wanted.bloc:
        rows = rows.filter(year__bloc__code=wanted.bloc)
    if wanted.award:
        rows = rows.filter(award__code=wanted.award)
    words = text.search_key(wanted.words).split()
    if not words:
        return rows
    named = rows.values_list("pk", "printed_name", "membership__short_name", "year__bloc__name", "award__name")
    found = [pk for pk, *names in named if all(word in text.search_key(" ".join(names)) for word in words)]
    return rows.filter(pk__in=found[:_FOUND])


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
