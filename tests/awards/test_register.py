"""Every award of every unit with its decision; the counts equal the register, whatever is asked."""

import io
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from awards.actions import FaultyRegister, cancel_decision, import_past_awards
from awards.models import PastAward
from awards.queries.register import Asked, entries, register, statistics, total
from awards.sheets import read_past_awards
from tests.awards.stage import NOW, REASON, awarded, rank_members
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
ROWS = [
    ("BQL-1", 2021, "Bằng khen của Bộ trưởng", "", "7/QĐ-BKHĐT", "05/02/2022", "Bộ trưởng", "mnpb"),
    ("BQL-1", 2022, "Cờ thi đua của Bộ", "", "8/QĐ-BKHĐT", "06/02/2023", "Bộ trưởng", "mnpb"),
    ("BQL-3", 2022, "Bằng khen của Bộ trưởng", "", "9/QĐ-BKHĐT", "06/02/2023", "Bộ trưởng", ""),
]


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def sheet(rows) -> io.BytesIO:
    book = Workbook()
    page = book.active
    page.append(["Đơn vị", "Năm", "Danh hiệu, hình thức", "Tên được tặng", "Số quyết định", "Ngày quyết định",
                 "Cấp quyết định", "Khối thi đua"])  # fmt: skip
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def load(cast, rows=ROWS) -> int:
    found = read_past_awards(sheet(rows), "cu.xlsx", cast.authority)
    return import_past_awards(found, authority=cast.authority, by=cast.official, at=NOW)


def rows_of(cast, **asked):
    return entries(register(cast.official, TODAY, Asked(**asked)))


def test_past_years_are_taken_over_and_stand_beside_what_was_decided_here(cast):
    load(cast)
    awarded(cast, "BQL-2")

    assert [(row.year, row.unit, row.award, row.decision) for row in rows_of(cast)] == [
        (2024, "Tuyên Quang", "Bằng khen của Bộ trưởng", "số 12/QĐ-BKHĐT ngày 10/02/2025"),
        (2022, "Bắc Giang", "Bằng khen của Bộ trưởng", "số 9/QĐ-BKHĐT ngày 06/02/2023"),
        (2022, "Thái Nguyên", "Cờ thi đua của Bộ", "số 8/QĐ-BKHĐT ngày 06/02/2023"),
        (2021, "Thái Nguyên", "Bằng khen của Bộ trưởng", "số 7/QĐ-BKHĐT ngày 05/02/2022"),
    ]


def test_a_cancelled_decision_leaves_the_register(cast):
    nomination = awarded(cast)
    cancel_decision(nomination.decision, reason=REASON, by=None, at=NOW)

    assert rows_of(cast) == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"year": 2022},
        {"award": "Bằng khen của Bộ trưởng"},
        {"bloc": "mnpb"},
        {"unit": "BQL-1"},
        {"words": "thai nguyen"},
    ],
)
def test_every_count_equals_the_rows_that_it_leads_to(cast, asked):
    load(cast)
    awarded(cast, "BQL-2")

    parts = statistics(cast.official, TODAY, Asked(**asked))

    client = Client()
    client.force_login(cast.official, backend="allauth.account.auth_backends.AuthenticationBackend")
    whole = len(rows_of(cast, **asked))
    assert total(cast.official, TODAY, Asked(**asked)) == whole
    for label, counts in parts:
        assert sum(row.number for row in counts) == whole, label
        for row in counts:
            if row.label != "Không ghi khối":
                shown = client.get(f"/tra-cuu-khen-thuong/?{row.query}").context["page"].paginator.count
                assert shown == row.number, (label, row.label)


def test_the_counts_are_those_of_a_plain_count_over_the_register(cast):
    load(cast)

    parts = dict(statistics(cast.official, TODAY, Asked()))

    assert {row.label: row.number for row in parts["Theo năm"]} == {
        str(year): number for year, number in Counter(row.year for row in rows_of(cast)).items()
    }


def test_a_successor_shows_what_its_predecessors_were_given(cast):
    load(cast)
    gone = cast.units["BQL-3"]
    gone.successor = cast.units["BQL-2"]
    gone.save()

    assert [row.unit for row in rows_of(cast, unit="BQL-2")] == ["Bắc Giang"]


def test_a_stranger_sees_nothing_of_it(cast):
    load(cast)
    foreign = make_cast(2, prefix="x")

    assert list(register(foreign.official, TODAY, Asked())) == []
    assert len(list(register(cast.officers["BQL-2"], TODAY, Asked()))) == 2


def test_a_faulty_file_is_refused_whole_with_every_fault(cast):
    wrong = [
        *ROWS,
        ("NOBODY", 2022, "Bằng khen", "", "", "", "", ""),
        ("BQL-1", 1800, "Bằng khen", "", "", "", "", "khac"),
        ROWS[0],
    ]

    found = read_past_awards(sheet(wrong), "cu.xlsx", cast.authority)

    assert [fault.row for fault in found.faults] == [5, 6, 6, 7]
    with pytest.raises(FaultyRegister):
        import_past_awards(found, authority=cast.authority, by=None, at=NOW)
    assert not PastAward.objects.exists()


def test_nothing_is_taken_over_twice(cast):
    load(cast)

    with pytest.raises(FaultyRegister):
        load(cast)


@pytest.mark.parametrize("path", ["", "thong-ke/"])
def test_the_pages_ask_the_same_number_of_queries_for_many_rows(cast, path):
    client = Client()
    client.force_login(cast.official, backend="allauth.account.auth_backends.AuthenticationBackend")
    load(cast, ROWS[:1])
    few = queries(client, path)
    load(cast, [("BQL-1", year, f"Bằng khen {year}", "", "1", "", "", "mnpb") for year in range(1950, 2020)])

    assert queries(client, path) == few <= 20


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/tra-cuu-khen-thuong/{path}").status_code == 200
    return len(
        [query for query in asked.captured_queries if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    )
