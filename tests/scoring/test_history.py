"""Charts, letters and years gone by: each member's own, and the years of the units it succeeded."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from blocs.models import BlocYear, Membership
from documents.printing import missing_packages
from scoring.actions.reviewing import review_score
from scoring.actions.tables import import_criteria
from scoring.charts import Bar, Dot, bar_chart, dot_chart
from scoring.gathering import member_letter
from scoring.models import Result, Score, SelfAssessment
from scoring.queries.filling import last_years
from scoring.queries.timelines import lineage, timeline, year_results
from tests.scoring.stage import NOW, small_table

pytestmark = pytest.mark.django_db
ROOT = "/khoi/mnpb/2024/cham-diem"


@pytest.fixture(autouse=True)
def assumed_date(settings):
    """It is 20/12/2024, after the deadline."""
    settings.DEMO_TODAY = "2024-12-20"


def page(user, path):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(ROOT + path)


def year_before(stage, number, points):
    """Record 2023 with one member and one figure."""
    year = BlocYear.objects.create(bloc=stage.cast.bloc, year=2023)
    table = import_criteria(year, small_table(), by=None, at=NOW)
    unit = stage.cast.units[f"BQL-{number}"]
    member = Membership.objects.create(
        year=year, unit=unit, position=1, name=f"{unit.name} cũ", short_name=f"{unit.short_name} cũ"
    )
    assessment = SelfAssessment.objects.create(
        membership=member, table=table, state="finalised", manner="imported", started_at=NOW
    )
    row = table.criteria.get(code="I.2")
    Score.objects.create(assessment=assessment, criterion=row, layer="claimed", points=Decimal(points), at=NOW)
    Result.objects.create(membership=member, total=Decimal("88.5"), rank=1, source="imported", at=NOW)
    return assessment


def test_a_unit_inherits_from_all_it_succeeded_however_far_back(stage):
    first, second, third = (stage.cast.units[f"BQL-{number}"] for number in (1, 2, 3))
    first.successor, second.successor = second, third
    first.save()
    second.save()

    assert lineage(third.pk) == [third.pk, second.pk, first.pk]


def test_the_year_before_of_a_predecessor_stands_beside_the_criterion_under_its_name(stage):
    year_before(stage, 2, "4")
    old, new = stage.cast.units["BQL-2"], stage.cast.units["BQL-3"]
    mine = stage.start(3)
    assert last_years(mine) == {}

    old.successor = new
    old.save()

    found = last_years(mine)["I.2"][0]
    assert (found.year, found.figures, found.points) == (2023, "Tuyên Quang cũ: –", "4,00")


def test_the_timeline_of_a_criterion_joins_the_predecessors_year(stage):
    year_before(stage, 2, "4")
    old = stage.cast.units["BQL-2"]
    old.successor = stage.cast.units["BQL-3"]
    old.save()
    mine = stage.send(3)

    steps = timeline(mine, stage.criteria["I.2"], SelfAssessment.objects.all())

    assert [(step.year, step.name, step.points) for step in steps] == [
        (2023, "Tuyên Quang cũ", "4,00"),
        (2024, "Bắc Giang", "3,50"),
    ]
    shown = page(stage.officer(3), f"/tong-hop/{mine.membership_id}/{stage.criteria['I.2'].pk}/").content.decode()
    assert "Qua các năm" in shown


def test_results_of_past_years_stand_in_a_row_with_the_blocs_best_and_median(stage):
    year_before(stage, 3, "4")
    stage.finalise_all()

    rows = year_results(stage.year, stage.cast.units["BQL-3"].pk)

    assert [(row.year, row.total, row.rank, row.members) for row in rows] == [
        (2023, Decimal("88.5"), 1, 1),
        (2024, Decimal("32.00"), 1, 3),
    ]
    shown = page(stage.officer(3), f"/bang-tu-cham/{stage.membership(3).pk}/ket-qua/").content.decode()
    assert "Tổng điểm qua các năm" in shown


def test_the_profile_shows_the_blocs_best_and_median_with_a_table_for_who_cannot_see(stage, settings):
    stage.send_all()
    path = f"/bang-tu-cham/{stage.membership(3).pk}/ket-qua/"

    after = page(stage.officer(3), path).content.decode()
    settings.DEMO_TODAY = "2024-12-05"
    before = page(stage.officer(3), path).content.decode()

    assert 'role="img"' in after
    assert "cao nhất Khối" in after
    assert "Xem bằng số" in after
    assert "cao nhất Khối" not in before
    assert "khi điểm của các đơn vị được xem" in before


def test_the_letter_explains_the_members_own_score_and_names_nobody_else(stage):
    stage.send_all()
    for number in (2, 3):
        review_score(
            stage.membership(number).assessment, stage.criteria["I.1"], verdict="points", points=str(number),
            reason=f"Lý do riêng {number}", by=stage.reviewer(number), at=NOW,
        )  # fmt: skip
    stage.conclude_all()

    letter = member_letter(SelfAssessment.objects.get(membership=stage.membership(3)))

    said = repr(letter.sections)
    assert "Lý do riêng 3" in said
    assert "Lý do riêng 2" not in said
    assert "Tuyên Quang" not in said
    assert "3 trên" in said or "03 đơn vị" in said
    assert letter.addressees == ("Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang",)


@pytest.mark.skipif(bool(missing_packages()), reason="this machine cannot print")
def test_the_letter_is_for_the_member_and_those_who_review_it_alone(stage):
    stage.finalise_all()
    path = f"/bang-tu-cham/{stage.membership(3).pk}/thong-bao-ket-qua.pdf"

    assert page(stage.officer(3), path).content.startswith(b"%PDF")
    stage.membership(1)
    other = page(stage.officer(2), f"/bang-tu-cham/{stage.membership(1).pk}/thong-bao-ket-qua.pdf")
    assert other.status_code == 200  # the deputy reviews the leader
    assert page(stage.officer(3), f"/bang-tu-cham/{stage.membership(2).pk}/thong-bao-ket-qua.pdf").status_code == 403


def test_charts_say_the_same_in_words_and_escape_what_they_are_given():
    chart = bar_chart("A & B", [Bar("<x>", Decimal(5), Decimal(10), "5/10", Decimal(6), Decimal(9))], "một nửa")
    dots = dot_chart("Năm", [Dot("2023", Decimal(80), "80"), Dot("2024", Decimal(90), "90")], "tăng")

    assert 'aria-label="A &amp; B. một nửa"' in chart.svg
    assert "&lt;x&gt;" in chart.svg
    assert not re.search(r"style=|<script", chart.svg + dots.svg)
    heights = [int(found) for found in re.findall(r'cy="(\d+)" r="5" fill="#1b4b86"', dots.svg)]
    assert heights[0] > heights[1]
