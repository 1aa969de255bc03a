"""The ballot of a unit, the roll, and which ballots still wait."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from blocs import text
from blocs.models import BlocYear, Membership, User
from blocs.rules import may
from blocs.standing import standing_of
from voting.models import Attended, Ballot, Option, Poll, RollEntry, Round
from voting.queries.verdicts import barred_options
from voting.tally import Answer, Method

STATE_CSS = {
    Round.State.NOT_STARTED: "",
    Round.State.OPEN: "s-sent",
    Round.State.CLOSED: "s-rev",
    Round.State.COUNTED: "s-rev",
    Round.State.PUBLISHED: "s-ok",
    Round.State.NO_RESULT: "s-fix",
}
ANSWERS = {Answer.APPROVE: "Đồng ý", Answer.REJECT: "Không đồng ý", Answer.ABSTAIN: "Không có ý kiến"}
HIDDEN_HEAD = "Phiếu kín."
HIDDEN_TEXT = (
    "Hệ thống ghi nhận đơn vị đã bỏ phiếu, không ghi đơn vị đã chọn gì; phiếu không có tên, số thứ tự hay thời gian, "
    "đã bỏ thì không sửa, không rút lại được. Khi tất cả các phiếu giống nhau, kết quả công bố vẫn cho biết lựa chọn "
    "của từng đơn vị. Người quản trị nếu theo dõi cơ sở dữ liệu (hoặc nhật ký ghi của cơ sở dữ liệu) ngay trong lúc bỏ "
    "phiếu vẫn có thể suy ra lựa chọn; nếu cần kín cả với người quản trị, dùng phiếu giấy."
)
OPEN_HEAD = "Biểu quyết công khai."
OPEN_TEXT = "Lựa chọn được lưu cùng tên đơn vị, người bỏ phiếu và thời gian."
OPEN_CHANGE = " Đơn vị được đổi lựa chọn đến khi kết thúc bỏ phiếu."
OPEN_FINAL = " Phiếu đã bỏ không sửa, không rút lại được."


@dataclass(frozen=True)
class BallotOption:
    """A line of the ballot; `barred` where the unit may not vote on it."""

    key: str
    label: str
    barred: bool


@dataclass(frozen=True)
class BallotView:
    """What a unit's ballot page shows."""

    round: Round
    title: str
    membership: Membership
    options: tuple[BallotOption, ...]
    has_cast: bool
    is_open: bool
    said: tuple[str, ...]
    state_label: str
    state_css: str
    secrecy_head: str
    secrecy: str
    closed: str

    @property
    def may_cast(self) -> bool:
        """If a ballot can be cast now."""
        return self.is_open and (not self.has_cast or self.round.may_change)

    @property
    def is_demonstration(self) -> bool:
        """If the ballot belongs to invented data."""
        return self.round.poll.year.is_demonstration

    @property
    def up_to(self) -> str:
        """How many options one ballot may choose, as text."""
        return text.count(self.round.up_to)

    @property
    def is_each(self) -> bool:
        """If every option is answered."""
        return self.round.method == Method.EACH

    @property
    def is_several(self) -> bool:
        """If more than one option may be chosen."""
        return self.round.method == Method.UP_TO

    @property
    def final(self) -> str:
        """What casting means, for the check step."""
        if self.round.may_change:
            return "Đơn vị được đổi lựa chọn đến khi kết thúc bỏ phiếu."
        return "Phiếu đã bỏ không sửa, không rút lại được."


@dataclass(frozen=True)
class RollView:
    """Who has voted, never what; `there`: who was there for whom when the round closed."""

    rows: tuple[tuple[str, bool], ...]
    voted: str
    of: str
    is_cast_here: bool
    there: tuple[tuple[str, str], ...] = ()


def ballot_view(round_: Round | None, user: User) -> BallotView | None:
    """The ballot of the unit for which the user may vote; None where there is none."""
    if round_ is None:
        return None
    entry = _own_entry(round_, user)
    if entry is None:
        return None
    barred = barred_options(round_, entry.membership_id)
    options = tuple(BallotOption(row.key, row.label, row.key in barred) for row in round_.options.all())
    closed = text.moment(round_.closed_at) if round_.closed_at else ""
    return BallotView(
        round_,
        str(round_),
        entry.membership,
        options,
        entry.cast,
        _is_open(round_),
        _said(round_, entry),
        round_.get_state_display(),
        STATE_CSS[Round.State(round_.state)],
        *_secrecy(round_),
        closed,
    )


def roll_view(round_: Round) -> RollView:
    """The roll in membership order with who has voted."""
    kept = list(round_.roll.values_list("membership__name", "cast", "attended", "delegate"))
    rows = tuple((name, cast) for name, cast, _, _ in kept)
    words = dict(Attended.choices)
    there = tuple(
        (name, f"{words[attended]}{f' ({delegate})' if delegate else ''}")
        for name, _, attended, delegate in kept
        if attended
    )
    voted = sum(cast for _, cast in rows)
    return RollView(rows, text.count(voted), text.count(len(rows)), round_.is_cast_here, there)


def waiting_ballots(user: User, year: BlocYear) -> list[tuple[Round, Membership]]:
    """The open rounds of a year in which a unit that the user may vote for has not cast, with that unit."""
    standing = standing_of(user)
    if not any(standing.heads(unit) for unit in {*standing.units, *standing.authorised}):
        return []
    entries = RollEntry.objects.filter(
        round__poll__year=year, round__state=Round.State.OPEN, round__conduct="system", cast=False
    ).select_related("round__poll", "membership")
    return [(entry.round, entry.membership) for entry in entries if standing.heads(entry.membership.unit_id)]


def round_in_short(poll_id: int) -> tuple[Round, tuple[str, ...], int, int] | None:
    """The last round of a poll with the names of its options, how many of its roll have cast, and of how many. One query."""
    roll = RollEntry.objects.filter(round=OuterRef("round")).order_by().values("round")
    counted = roll.annotate(number=Count("pk")).values("number")
    voted = roll.filter(cast=True).annotate(number=Count("pk")).values("number")
    options = list(
        Option.objects.filter(round__poll=poll_id)
        .select_related("round__poll__year")
        .annotate(voted=Coalesce(Subquery(voted), 0), entitled=Coalesce(Subquery(counted), 0))
        .order_by("-round__number", "position")
    )
    if not options:
        return None
    last = options[0]
    names = tuple(option.label for option in options if option.round_id == last.round_id)
    return last.round, names, last.voted, last.entitled


def latest_round(poll: Poll) -> Round | None:
    """The round of a poll that counts now: the last one."""
    return poll.rounds.select_related("poll__year").order_by("-number").first()


def state_of(poll: Poll) -> tuple[str, str]:
    """The label and the colour of a poll's state."""
    round_ = latest_round(poll)
    state = Round.State(round_.state) if round_ else Round.State.NOT_STARTED
    return str(state.label), STATE_CSS[state]


def _own_entry(round_: Round, user: User) -> RollEntry | None:
    entries = round_.roll.select_related("membership")
    return next((entry for entry in entries if may(user, "voting.cast_ballot", entry.membership)), None)


def _is_open(round_: Round) -> bool:
    return round_.state == Round.State.OPEN and round_.is_cast_here


def _secrecy(round_: Round) -> tuple[str, str]:
    if round_.is_secret:
        return HIDDEN_HEAD, HIDDEN_TEXT
    return OPEN_HEAD, OPEN_TEXT + (OPEN_CHANGE if round_.may_change else OPEN_FINAL)


def _said(round_: Round, entry: RollEntry) -> tuple[str, ...]:
    """What the unit's open ballot says now; nothing is known of a secret one."""
    if round_.is_secret or not entry.cast:
        return ()
    marks = Ballot.objects.filter(entry=entry).values_list("marks", flat=True).first() or []
    labels = {option.key: option.label for option in round_.options.all()}
    return tuple(spoken(labels, *mark) for mark in marks)


def spoken(labels: dict[str, str], key: str, answer: str) -> str:
    """A mark in words: "Tuyên Quang: đồng ý"."""
    return f"{labels[key]}: {ANSWERS[Answer(answer)].lower()}" if key else "Phiếu trắng"
