"""What scoring costs at 7, 20 and 68 members with 60 criteria and three full layers, and how it grows. See script/bench.

Every figure is CPU time, or a ratio within one run: standings from the rows, the consolidated page against a bare view
that prints the same table from ready strings, one autosave.
"""

import datetime as dt
import gzip
import html
import http.client
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

SIZES = (7, 20, 68)
LAYERS = ("claimed", "reviewed", "agreed")
LEAST_ROUNDS = 25
METHODS = (
    ("POINTS", "step=0.25", {"points": "1.25"}),
    ("RATIO", "", {"target": "120", "actual": "97"}),
    ("RELATIVE", "", {"target": "120", "actual": "133"}),
    ("RUBRIC", "levels=1/0.75/0.5/0", {"level": 2}),
    ("PER_UNIT", "per_unit=0.5", {"count": "3"}),
    ("ACHIEVED", "", {"level": 1}),
    ("ADJUST", "bonus=0.5;penalty=0.25;min=-1", {"plus": 2, "minus": 1}),
)


urlpatterns: list[Any] = []


@dataclass(frozen=True)
class Cost:
    """What one size costs: seconds of CPU, queries, bytes on the wire."""

    members: int
    standings: float
    queries: int
    page: float
    page_queries: int
    page_bytes: int
    bare: float
    autosave: float
    autosave_queries: int


def cpu(work: Callable[[], object], rounds: int = LEAST_ROUNDS) -> float:
    """Return the least CPU seconds of several rounds: what the work costs when nothing else is in the way."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def make_bloc(members: int) -> Any:
    """Create a bloc year with so many members, 60 criteria of every method in three levels, three full layers."""
    from blocs.models import Authority, Bloc, BlocYear, LeadershipTerm, Membership, Post, Unit, User  # noqa: PLC0415

    authority = Authority.objects.create(name=f"Cơ quan đo {members}")
    bloc = Bloc.objects.create(code=f"do-{members}", name=f"Khối {members} đơn vị", authority=authority)
    year = BlocYear.objects.create(bloc=bloc, year=2024)
    for number in range(1, members + 1):
        unit = Unit.objects.create(code=f"DO-{members}-{number}", name=f"Đơn vị {number}", short_name=f"ĐV {number}")
        Membership.objects.create(
            year=year, unit=unit, position=number, name=unit.name, short_name=unit.short_name, head_name=""
        )
        if number == 1:
            LeadershipTerm.objects.create(year=year, unit=unit, role="leader", from_on=dt.date(2024, 1, 1))
            user = User.objects.create_user(
                f"do-{members}", None, full_name="Chuyên viên", email=f"d{members}@example.test"
            )
            Post.objects.create(
                user=user, unit=unit, role=Post.Role.OFFICER, title="Chuyên viên", from_on=dt.date(2020, 1, 1)
            )
    _fill(year, _make_table(year))
    return year


def _make_table(year: Any) -> Any:
    from scoring.models import CriteriaTable, Criterion  # noqa: PLC0415

    table = CriteriaTable.objects.create(year=year, state="adopted", grades=[["Tốt", "80"], ["Khá", "0"]])
    position = 0

    def row(code: str, parent: Any, top: int, method: str = "", params: str = "") -> Any:
        nonlocal position
        position += 1
        return Criterion.objects.create(
            table=table, code=code, parent=parent, position=position, title=f"Nội dung, tiêu chí số {code}",
            max_points=Decimal(top), kind="base", method=method, params=params,
        )  # fmt: skip

    for group in range(1, 7):
        top = row(f"{group}", None, 30)
        for part in range(1, 3):
            middle = row(f"{group}.{part}", top, 15)
            for leaf in range(1, 6):
                method, params, _ = METHODS[(group * 10 + part * 5 + leaf) % len(METHODS)]
                row(f"{group}.{part}.{leaf}", middle, 3, method, params)
    return table


def _fill(year: Any, table: Any) -> None:
    from blocs import clock  # noqa: PLC0415
    from scoring.models import Score, SelfAssessment  # noqa: PLC0415

    figures = {method: given for method, _, given in METHODS}
    now = clock.now()
    assessments = [
        SelfAssessment(
            membership=member,
            table=table,
            state="agreed",
            started_at=now,
            submitted_at=now,
            agreed_at=now,
            manner="imported",
        )
        for member in year.memberships.all()
    ]
    SelfAssessment.objects.bulk_create(assessments)
    leaves = list(table.criteria.exclude(method=""))
    Score.objects.bulk_create(
        [
            Score(
                assessment=assessment, criterion=leaf, layer=layer, at=now, reason="" if layer == "claimed" else "lý do",
                **_said(layer, figures[leaf.method], place),
            )
            for place, assessment in enumerate(assessments)
            for leaf in leaves
            for layer in LAYERS
        ],
        batch_size=2000,
    )  # fmt: skip


def _said(layer: str, given: dict[str, Any], place: int) -> dict[str, Any]:
    if layer == "agreed":
        return {"verdict": "points", "override": Decimal("1.5")}
    varied = {key: str(Decimal(value) + place) if key == "actual" else value for key, value in given.items()}
    return {"verdict": "claimed" if layer == "claimed" else "figures"} | varied


READY: dict[int, list[tuple[str, ...]]] = {}
TABLE = """{% extends "base.html" %}{% block content %}<div class="dt-wrap tall"><table class="dt stick sums">{{ body }}</table></div>{% endblock %}"""


def bare(request: Any, bloc: str, year: int) -> Any:
    """Print the same table from strings that are ready, in the frame of the site: what the page is measured against."""
    from django.http import HttpResponse  # noqa: PLC0415
    from django.template import engines  # noqa: PLC0415
    from django.utils.safestring import mark_safe  # noqa: PLC0415

    from blocs.pages import fetch_year  # noqa: PLC0415

    fetch_year(request, bloc, year)
    rows = READY[int(bloc.removeprefix("do-"))]
    body = "".join(f"<tr>{''.join(map(_linked, enumerate(row)))}</tr>" for row in rows)
    return HttpResponse(engines["django"].from_string(TABLE).render({"body": mark_safe(body)}, request))  # noqa: S308


def _linked(cell: tuple[int, str]) -> str:
    return f'<td class="n"><a href="/{cell[0]}/">{html.escape(cell[1])}</a></td>'


def addresses() -> None:
    """Let this module be the addresses of the site, with one more: the bare view."""
    global urlpatterns  # noqa: PLW0603 - Django reads the name
    from django.test import override_settings  # noqa: PLC0415
    from django.urls import include, path  # noqa: PLC0415

    urlpatterns = [path("tran/<slug:bloc>/<int:year>/", bare), path("", include("config.urls"))]
    override_settings(ROOT_URLCONF=__name__).enable()


def measure(members: int) -> Cost:
    """Measure one size."""
    from django.test import Client  # noqa: PLC0415

    from blocs.models import User  # noqa: PLC0415
    from scoring.queries import consolidated, standings  # noqa: PLC0415

    year = make_bloc(members)
    board = consolidated(year, viewer=None, at=dt.datetime.now(dt.UTC))
    READY[members] = [(row.code, row.title, row.maximum, *row.cells) for row in (*board.rows, *board.closing)]
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(username=f"do-{members}"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    page = f"/khoi/{year.bloc.code}/{year.year}/cham-diem/tong-hop/"
    field = _open_field(year)
    if (answer := client.get(page)).status_code != http.client.OK:
        sys.exit(f"the consolidated page answered {answer.status_code}, so there is nothing to measure")
    return Cost(
        members=members,
        standings=cpu(lambda: standings(year, "agreed")),
        queries=_queries(lambda: standings(year, "agreed")),
        page=cpu(lambda: client.get(page)),
        page_queries=_queries(lambda: client.get(page)),
        page_bytes=len(gzip.compress(answer.content)),
        bare=cpu(lambda: client.get(f"/tran/{year.bloc.code}/{year.year}/")),
        autosave=cpu(lambda: _save(client, field), rounds=5),
        autosave_queries=_queries(lambda: _save(client, field)),
    )


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        work()
    statements = [query["sql"] for query in asked.captured_queries]
    return len([sql for sql in statements if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])


def _open_field(year: Any) -> str:
    """Open the first member's table again and return where its first RATIO criterion is saved."""
    from scoring.models import SelfAssessment  # noqa: PLC0415

    member = year.memberships.order_by("position").first()
    SelfAssessment.objects.filter(membership=member).update(state="draft")
    criterion = SelfAssessment.objects.get(membership=member).table.criteria.filter(method="RATIO").first()
    return f"/khoi/{year.bloc.code}/{year.year}/cham-diem/bang-tu-cham/{member.pk}/tieu-chi/{criterion.pk}/"


_typed: Iterator[int] = iter(range(90, 10_000))


def _save(client: Any, field: str) -> None:
    client.post(field, {"actual": str(next(_typed))}, headers={"HX-Request": "true"})


def report_scoring() -> None:
    """Print what each size costs, and the growth from the smallest to the largest."""
    addresses()
    costs = [measure(members) for members in SIZES]
    heads = ("members", "standings", "queries", "page", "queries", "KB gzip", "x bare view", "autosave", "queries")
    print("\nscoring, 60 criteria, three full layers (CPU milliseconds)\n" + "".join(f"{head:>12}" for head in heads))
    for one in costs:
        cells = (
            f"{one.members}", f"{one.standings * 1000:.1f}", f"{one.queries}", f"{one.page * 1000:.1f}",
            f"{one.page_queries}", f"{one.page_bytes / 1024:.1f}", f"{one.page / one.bare:.2f}",
            f"{one.autosave * 1000:.1f}", f"{one.autosave_queries}",
        )  # fmt: skip
        print("".join(f"{cell:>12}" for cell in cells))
    first, last = costs[0], costs[-1]
    growth = last.members / first.members
    print(
        f"{growth:.1f} times the members: standings x {last.standings / first.standings:.1f}, "
        f"page x {last.page / first.page:.1f}, autosave x {last.autosave / first.autosave:.1f}"
    )
