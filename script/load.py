"""Put the site under the load of a conference day. See script/load."""

import datetime as dt
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench import served, set_up

UNITS, HANDS = 200, 40
SCREENS, WRITERS, SECONDS = 60, 20, 12.0
WITHIN = 5.0
FINE = {200, 204, 303, 304}


@dataclass
class Measured:
    """How long each answer took, in seconds, and which answers were not as they should be."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def watch(self, ask: Callable[[], int], fine: set[int] = FINE) -> int:
        """Ask once, and note time and status."""
        begin = time.perf_counter()
        try:
            status = ask()
        except OSError as error:
            self.wrong.append(type(error).__name__)
            return 0
        self.times.append(time.perf_counter() - begin)
        if status not in fine:
            self.wrong.append(str(status))
        return status

    @property
    def p95(self) -> float:
        """The time below which 95 of 100 answers stay."""
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else 0.0


@dataclass(frozen=True)
class Stage:
    """What the load needs: a vote of many units, a wall, sessions of voters and of people who fill in scores."""

    round: Any
    ballot: str
    choice: str
    voters: list[str]
    wall: str
    pages: list[tuple[str, str]]
    fields: list[tuple[str, str]]


def build() -> Stage:
    """Add a bloc of many units in the middle of its election to the demonstration."""
    from blocs.models import Bloc, BlocYear, LeadershipTerm  # noqa: PLC0415
    from conferences.queries.screen import token_of  # noqa: PLC0415
    from tests.conferences.wire import session_of  # noqa: PLC0415 - Django must be ready first

    year = many_units(Bloc, BlocYear, LeadershipTerm)
    round_, conference = voting(year)
    heads = [post.user for post in posts_of(year)]
    sessions = [session_of(head) for head in heads]
    place = f"/khoi/{year.bloc.code}/{year.year}/hoi-nghi/"
    return Stage(
        round=round_,
        ballot=f"{place}bau/truong-khoi/phieu/",
        choice=round_.options.first().key,
        voters=sessions,
        wall=f"/trinh-chieu/{token_of(conference)}/noi-dung/",
        pages=[(session, f"{place}truc-tiep/") for session in sessions[: SCREENS - 20]],
        fields=fields_to_fill(session_of),
    )


def many_units(blocs: Any, years: Any, terms: Any) -> Any:
    """Make a bloc year of so many units, each with a head."""
    from blocs.models import Membership, Post, Unit, User  # noqa: PLC0415

    bloc = blocs.objects.create(code="tai", name="Khối thi đua thử tải", authority=blocs.objects.first().authority)
    year = years.objects.create(bloc=bloc, year=2024, state="open", is_demonstration=True)
    units = Unit.objects.bulk_create(
        Unit(code=f"TAI-{n}", name=f"Đơn vị {n}", short_name=f"ĐV {n}") for n in range(UNITS)
    )
    users = User.objects.bulk_create(User(username=f"tai{n}", full_name=f"Thủ trưởng {n}") for n in range(UNITS))
    since = dt.date(2020, 1, 1)
    Membership.objects.bulk_create(
        Membership(year=year, unit=unit, position=n, name=unit.name, short_name=unit.short_name)
        for n, unit in enumerate(units, start=1)
    )
    Post.objects.bulk_create(
        Post(user=user, unit=unit, role=Post.Role.HEAD, title="Thủ trưởng", from_on=since)
        for user, unit in zip(users, units, strict=True)
    )
    terms.objects.create(year=year, unit=units[0], role="leader", from_on=dt.date(2024, 1, 1))
    return year


def posts_of(year: Any) -> list[Any]:
    """Return the heads' posts in the order of the units."""
    from blocs.models import Post  # noqa: PLC0415

    return list(Post.objects.filter(unit__memberships__year=year).select_related("user").order_by("pk"))


def voting(year: Any) -> tuple[Any, Any]:
    """Call the meeting, open the election and its secret round, open the wall."""
    from blocs import clock  # noqa: PLC0415
    from conferences.actions.agenda import open_item  # noqa: PLC0415
    from conferences.actions.candidates import propose_candidate  # noqa: PLC0415
    from conferences.actions.elections import open_election  # noqa: PLC0415
    from conferences.actions.meetings import call_conference  # noqa: PLC0415
    from conferences.actions.rulings import RoundSettings  # noqa: PLC0415
    from conferences.actions.screens import open_screen  # noqa: PLC0415

    now = clock.now()
    conference = call_conference(year, held_on=now.date(), starts_at=dt.time(8), by=None, on=now.date())
    open_item(conference.items.get(kind="election"), by=None, at=now)
    for member in year.memberships.order_by("position")[:2]:
        election = propose_candidate(year, role="leader", membership=member, by=None)
    round_ = open_election(election, settings=RoundSettings(form="secret", quorum=""), by=None, at=now)
    return round_, open_screen(conference, by=None)


def fields_to_fill(session_of: Callable[[Any], str]) -> list[tuple[str, str]]:
    """Return (session, address) of criteria that people of the demonstration may fill in, one for each writer."""
    from blocs.models import Post  # noqa: PLC0415
    from scoring.models import SelfAssessment  # noqa: PLC0415

    drafts = SelfAssessment.objects.filter(state="draft", membership__year__year=2024).select_related(
        "membership__year__bloc", "table"
    )
    found = []
    for draft in drafts:
        member = draft.membership
        officer = Post.objects.filter(unit=member.unit_id, role=Post.Role.OFFICER).select_related("user").first()
        leaves = draft.table.criteria.filter(children=None, kind="base").order_by("pk")[:WRITERS]
        place = f"/khoi/{member.year.bloc.code}/{member.year.year}/cham-diem/bang-tu-cham/{member.pk}/tieu-chi/"
        found += [(session_of(officer.user), f"{place}{leaf.pk}/") for leaf in leaves]
    return found[:WRITERS]


def together(acts: Sequence[Callable[[], None]]) -> float:
    """Run the acts in threads that start together; return how long the last one took."""
    gate = threading.Barrier(len(acts) + 1)

    def run(act: Callable[[], None]) -> None:
        gate.wait()
        act()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    gate.wait()
    begin = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begin


def cast_all(port: int, stage: Stage) -> tuple[float, Measured]:
    """Let every unit cast its ballot as fast as the machine takes them."""
    from tests.conferences.wire import Visitor  # noqa: PLC0415

    measured = Measured()

    def hand(sessions: list[str]) -> Callable[[], None]:
        def cast() -> None:
            for session in sessions:
                visitor = Visitor(port, session)
                ballot = {"step": "cast", "choice": stage.choice}
                measured.watch(lambda visitor=visitor, ballot=ballot: visitor.post(stage.ballot, ballot), {303})

        return cast

    return together([hand(stage.voters[first::HANDS]) for first in range(HANDS)]), measured


def follow(port: int, stage: Stage) -> tuple[Measured, Measured]:
    """Let screens poll every two seconds while people autosave every second or so."""
    from tests.conferences.wire import Visitor  # noqa: PLC0415

    polled, saved = Measured(), Measured()
    until = time.perf_counter() + SECONDS

    def screen(number: int) -> Callable[[], None]:
        walls = SCREENS - len(stage.pages)
        session, path = ("", stage.wall) if number < walls else stage.pages[number - walls]

        def poll() -> None:
            visitor, mark = Visitor(port, session), ""
            time.sleep(2 * number / SCREENS)
            while time.perf_counter() < until:
                answers: list[Any] = []
                given = {"X_Idle": "1"} | ({"If_None_Match": mark} if mark else {})
                polled.watch(
                    lambda given=given, answers=answers: answers.append(visitor.get(path, **given)) or answers[0][0]
                )
                mark = answers[0][1]["ETag"] if answers else ""
                time.sleep(2)

        return poll

    def writer(number: int) -> Callable[[], None]:
        session, path = stage.fields[number]

        def write() -> None:
            visitor, before = Visitor(port, session), ""
            while time.perf_counter() < until:
                words = f"Giải trình lần {time.perf_counter():.3f}"
                form = {"explanation": words, "seen_explanation": before}
                saved.watch(lambda form=form: visitor.post(path, form, HX_Request="true"))
                before = words
                time.sleep(1)

        return write

    together([*(screen(n) for n in range(SCREENS)), *(writer(n) for n in range(len(stage.fields)))])
    return polled, saved


def warm_up(port: int, stage: Stage) -> None:
    """Let every worker load the site before anything is measured."""
    from tests.conferences.wire import Visitor  # noqa: PLC0415

    def look() -> None:
        for _ in range(4):
            Visitor(port).get(stage.wall)

    together([look] * HANDS)


def empty_page(port: int) -> Measured:
    """What an empty page takes under as many hands as the screens."""
    from tests.conferences.wire import Visitor  # noqa: PLC0415

    measured = Measured()

    def look(number: int) -> Callable[[], None]:
        def ask() -> None:
            visitor = Visitor(port)
            time.sleep(2 * number / SCREENS)
            for _ in range(3):
                measured.watch(lambda: visitor.get("/healthz")[0])
                time.sleep(2)

        return ask

    together([look(number) for number in range(SCREENS)])
    return measured


def verify(stage: Stage) -> list[str]:
    """Compare the urn and the roll with what was cast."""
    from voting.models import Urn  # noqa: PLC0415

    marks, cast = len(Urn.objects.get(round=stage.round).marks), stage.round.roll.filter(cast=True).count()
    return [] if marks == cast == UNITS else [f"urn {marks}, roll {cast}, expected {UNITS}"]


def main() -> int:
    """Run the two parts and print what they cost."""
    set_up()
    stage = build()
    with served() as port:
        warm_up(port, stage)
        empty = empty_page(port)
        took, ballots = cast_all(port, stage)
        polled, saved = follow(port, stage)
    wrong = [*ballots.wrong, *polled.wrong, *saved.wrong, *empty.wrong, *verify(stage)]
    print(
        f"\n{UNITS} secret ballots: {took:.1f} s, lost or doubled: {len(verify(stage))}, wrong answers: {len(ballots.wrong)}"
    )
    print(
        f"{SCREENS} screens and {len(stage.fields)} writers for {SECONDS:.0f} s: wrong answers {len(polled.wrong) + len(saved.wrong)}"
    )
    print(f"{'':26}{'answers':>9}{'p95':>9}{'of an empty page':>18}")
    for name, measured in (
        ("an empty page", empty),
        ("a screen", polled),
        ("an autosave", saved),
        ("a ballot", ballots),
    ):
        ratio = measured.p95 / empty.p95 if empty.p95 else 0
        print(f"{name:26}{len(measured.times):9}{measured.p95 * 1000:6.0f} ms{ratio:17.1f}x")
    for line in sorted(set(wrong)):
        print(f"wrong: {line} ({wrong.count(line)})", file=sys.stderr)
    return 1 if wrong or took > WITHIN else 0


if __name__ == "__main__":
    sys.exit(main())
