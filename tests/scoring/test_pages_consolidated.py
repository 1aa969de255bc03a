"""The consolidated page: a scale that is also text, a layer beside another, differences alone, files that follow."""

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scoring.actions.reviewing import review_score
from tests.scoring.stage import NOW

pytestmark = pytest.mark.django_db
PAGE = "/khoi/mnpb/2024/cham-diem/tong-hop/"


@pytest.fixture(autouse=True)
def assumed_date(settings):
    """It is 20/12/2024, after the deadline."""
    settings.DEMO_TODAY = "2024-12-20"


@pytest.fixture
def reviewed(stage):
    """Review the bloc: the third member's I.1 falls from 9,00 to 4,00, and its I.2 is kept."""
    stage.send_all()
    review_score(
        stage.membership(3).assessment, stage.criteria["I.1"], verdict="points", points="4", reason="Thiếu tài liệu",
        by=stage.head(1), at=NOW,
    )  # fmt: skip
    stage.conclude_all()
    return stage


def page(stage, query=""):
    client = Client()
    client.force_login(stage.officer(1), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_scale_is_a_letter_beside_its_colour(reviewed):
    shown = page(reviewed)

    cell = re.search(r'<td class="n b-d"><a href="[^"]*">4,00</a><small class="bnd">d</small></td>', shown)
    assert cell is not None
    assert "d: dưới 50%" in shown
    assert shown.count('class="n b-b"') > 0


def test_a_layer_beside_shows_the_difference_left_of_the_figure_and_the_other_rank(reviewed):
    shown = page(reviewed, "?lop=reviewed&so=claimed")

    assert '<span class="d">−5,00</span><a href' in shown
    assert "Thứ hạng theo điểm tự chấm" in shown
    assert "1 (đồng hạng)" in shown


def test_differences_alone_leave_out_rows_and_members_that_do_not_differ(reviewed):
    shown = page(reviewed, "?lop=reviewed&so=claimed&khac=1")

    table = shown[shown.index("tong-hop-ten") :]
    assert "Theo tỷ lệ" in table
    assert "Chấm trực tiếp" not in table
    heads = re.findall(r'<th scope="col" class="n u">([^<]*)</th>', table)
    assert heads == ["Bắc Giang"]


def test_without_differences_the_page_says_so(reviewed):
    assert "Hai lớp điểm không có chỗ chênh lệch" in page(reviewed, "?lop=claimed&so=claimed&khac=1")


def test_the_file_holds_the_layer_shown_and_the_differences(reviewed):
    client = Client()
    client.force_login(reviewed.officer(1), backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get(f"{PAGE}bang-tong-hop.xlsx?lop=reviewed&so=claimed")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Bảng tổng hợp", "Chênh lệch"]
    apart = [row for row in book["Chênh lệch"].iter_rows(values_only=True) if row[0] == "I.1"]
    assert [float(cell) for cell in apart[0][3:] if cell is not None] == [-5.0]
    book.close()


def test_a_layer_beside_costs_no_query_more(reviewed):
    client = Client()
    client.force_login(reviewed.officer(1), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(PAGE)
    counts = []

    for query in ("?lop=reviewed", "?lop=reviewed&so=claimed"):
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE + query)
        counts.append(len(asked))

    assert counts[0] == counts[1]
