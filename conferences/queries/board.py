"""What the conference page shows: the spine, the item in hand, what comes next, and the user's own act on top."""

from dataclasses import dataclass, field

from django.urls import reverse

from blocs import clock
from blocs.models import BlocYear, User
from blocs.text import count, due, hour
from conferences.models import AgendaItem, Attendance, Conference, Election
from conferences.queries.elections import elections_of, role_word
from conferences.queries.meetings import (
    Presence,
    attendances_of,
    items_of,
    own_attendance,
    presence_of,
)
from conferences.queries.places import ROLE_PATHS, election_path
from pledges.queries import pledge_of
from pledges.queries import tasks_for as pledge_tasks
from voting.queries import waiting_ballots

_SPINE = {AgendaItem.State.TODO: "", AgendaItem.State.OPEN: "now", AgendaItem.State.DONE: "done"}


@dataclass(frozen=True)
class Step:
    """One line of the spine; `css` is "" (to come), "now" or "done"."""

    item: AgendaItem
    time: str
    note: str
    css: str


@dataclass(frozen=True)
class OwnAct:
    """What the user's unit has to do in the meeting now: a sentence and a link, or its attendance to confirm."""

    title: str
    note: str
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class Board:
    """The conference page of one user. `own_acts` come first for everybody, the running of the meeting for `runs`."""

    conference: Conference
    presence: Presence
    attendances: list[Attendance]
    steps: tuple[Step, ...]
    open: AgendaItem | None
    next: AgendaItem | None
    runs: bool
    own: Attendance | None
    own_acts: tuple[OwnAct, ...]
    elections: dict[str, Election] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Return "mục 8/12" for the open item."""
        places = [number for number, step in enumerate(self.steps, start=1) if step.css == "now"]
        return f"mục {places[0]}/{len(self.steps)}" if places else ""

    @property
    def since(self) -> str:
        """Return since when the open item is open, "10:24"."""
        return f"{hour(self.open.opened_at)}" if self.open and self.open.opened_at else ""

    @property
    def must_confirm(self) -> bool:
        """Whether the user's unit has not said who comes."""
        expected = self.own is not None and self.own.state == Attendance.State.EXPECTED
        return expected and not self.conference.is_over

    @property
    def has_own_primary(self) -> bool:
        """Whether the one red button of the page belongs to the user's own act."""
        return self.must_confirm or any(act.button for act in self.own_acts)


def board_of(conference: Conference, user: User, *, runs: bool) -> Board:
    """Return the conference page of a user; queries do not grow with the number of members."""
    attendances, items = attendances_of(conference), items_of(conference)
    presence = presence_of(conference, attendances)
    elections = elections_of(conference.year)
    open_item = next((item for item in items if item.state == AgendaItem.State.OPEN), None)
    return Board(
        conference=conference,
        presence=presence,
        attendances=attendances,
        steps=tuple(_step(item, presence, elections, conference.year) for item in items),
        open=open_item,
        next=_next(items, open_item),
        runs=runs and not conference.year.is_past,
        own=own_attendance(attendances, user),
        own_acts=_own_acts(conference, user, elections),
        elections=elections,
    )


def _next(items: list[AgendaItem], open_item: AgendaItem | None) -> AgendaItem | None:
    """The first item to come after the open one; between two items the first that has not been held."""
    start = open_item.position if open_item else 0
    waiting = [item for item in items if item.state == AgendaItem.State.TODO and item.position > start]
    return next(iter(waiting), None)


def _step(item: AgendaItem, presence: Presence, elections: dict[str, Election], year: BlocYear) -> Step:
    time = f"{item.time:%H:%M}" if item.time else ""
    return Step(item, time, _note(item, presence, elections, year), _SPINE[AgendaItem.State(item.state)])


def _note(item: AgendaItem, presence: Presence, elections: dict[str, Election], year: BlocYear) -> str:
    """What became of an item, or who performs it."""
    if item.kind == AgendaItem.Kind.ELECTION and elections:
        return "; ".join(_election_note(elections[role], year) for role in ROLE_PATHS if role in elections)
    if item.state == AgendaItem.State.TODO:
        return item.performer
    if item.kind == AgendaItem.Kind.RECEPTION:
        return presence.sentence
    if item.votes_of is not None and item.votes_for is not None:
        return f"{count(item.votes_for)}/{count(item.votes_of)} đơn vị nhất trí"
    return item.performer


def _election_note(election: Election, year: BlocYear) -> str:
    word = role_word(year, election.role)
    return f"{word}: {election.winner}" if election.winner else f"{word}: {election.get_state_display().lower()}"


def _own_acts(conference: Conference, user: User, elections: dict[str, Election]) -> tuple[OwnAct, ...]:
    """Ballots that wait for the user's unit: those of the election, and those of the peer review."""
    year = conference.year
    by_poll = {row.poll_id: row for row in elections.values()}
    acts = []
    for round_, membership in waiting_ballots(user, year):
        election = by_poll.get(round_.poll_id)
        title = f"Bỏ phiếu bầu {role_word(year, election.role)} năm {year.year + 1}" if election else str(round_)
        url = election_path(year, election.role, "ballot") if election else _review_path(year, round_.poll_id)
        acts.append(OwnAct(title, f"{round_.manner}; {membership.name} chưa bỏ phiếu.", url, "Bỏ phiếu"))
    return (*acts, *(_to_sign(year, user) if getattr(conference, "pledge_waits", True) else ()))


def _to_sign(year: BlocYear, user: User) -> list[OwnAct]:
    """The pledge of the next year, where it waits for the signature of the user's unit."""
    following = next_year(year)
    pledge = pledge_of(following) if following else None
    if following is None or pledge is None or not pledge.awaits_signatures:
        return []
    tasks = pledge_tasks(user, following, clock.today())
    return [OwnAct(task.title, task.note, task.url, task.button) for task in tasks if task.button]


def next_year(year: BlocYear) -> BlocYear | None:
    """Return the year after this one, None before it is opened."""
    return BlocYear.objects.filter(bloc=year.bloc_id, year=year.year + 1).select_related("bloc").first()


def _review_path(year: BlocYear, poll: int) -> str:
    return reverse("awards:ballot", args=[year.bloc.code, year.year, poll])


def start_of(conference: Conference) -> str:
    """Return when the meeting begins, in full: "08:00, thứ Năm, 04/01/2024"."""
    return due(clock.at(conference.held_on, conference.starts_at.hour, conference.starts_at.minute))
