"""The papers by which a bloc works: in force, expired, never removed."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from conferences.actions.rulebook import EndsBeforeItBegins, end_bloc_paper, record_bloc_paper
from conferences.gathering.handover import handover_of
from home.demo.pledges import made_up_scan
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, MORNING


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()


@pytest.fixture
def cast(db):
    return make_cast(3)


def paper(cast, **more):
    given = {
        "kind": "regulation", "title": "Quy chế hoạt động", "number": "01/QC-KTĐ", "from_on": dt.date(2024, 1, 1),
        "until_on": None, "paper": None, "by": cast.officers["BQL-1"], "at": MORNING,
    }  # fmt: skip
    return record_bloc_paper(cast.year, **(given | more))


def browser(user):
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(cast, page="rulebook", **more):
    return reverse(f"conferences:{page}", kwargs={"bloc": cast.bloc.code, "year": 2024} | more)


@pytest.mark.parametrize(
    ("from_on", "until_on", "word"),
    [
        (dt.date(2024, 1, 1), None, "Đang có hiệu lực"),
        (dt.date(2024, 1, 1), HELD_ON, "Đang có hiệu lực"),
        (dt.date(2023, 1, 1), dt.date(2025, 1, 3), "Hết hiệu lực"),
        (dt.date(2025, 1, 5), None, "Chưa có hiệu lực"),
    ],
)
def test_the_page_says_whether_a_paper_is_in_force_on_the_day(cast, from_on, until_on, word):
    paper(cast, from_on=from_on, until_on=until_on)

    page = browser(cast.officers["BQL-3"]).get(url(cast)).content.decode()

    assert word in page
    assert "Ghi văn bản" not in page


def test_a_paper_that_ends_stays_in_the_list(cast):
    row = paper(cast)

    end_bloc_paper(row, year=cast.year, until_on=dt.date(2024, 12, 31), by=None)

    assert "Hết hiệu lực" in browser(cast.heads["BQL-1"]).get(url(cast)).content.decode()
    assert "Quy chế: Quy chế hoạt động" not in handover_of(cast.year, cast.heads["BQL-1"], HELD_ON).in_force


def test_a_paper_in_force_goes_to_the_next_leader(cast):
    paper(cast)

    assert "Quy chế: Quy chế hoạt động" in handover_of(cast.year, cast.heads["BQL-1"], HELD_ON).in_force


def test_a_paper_does_not_end_before_it_begins(cast):
    with pytest.raises(EndsBeforeItBegins, match="trước ngày có hiệu lực"):
        paper(cast, until_on=dt.date(2023, 12, 31))


def test_the_file_is_handed_to_the_bloc_and_to_nobody_else(cast):
    row = paper(cast, paper=ContentFile(made_up_scan("minh hoa"), name="quy-che.pdf"))
    foreign = make_cast(1, prefix="x")

    answer = browser(cast.officers["BQL-3"]).get(url(cast, "rulebook_file", pk=row.pk))

    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert browser(foreign.officers["BQL-1"]).get(url(cast, "rulebook_file", pk=row.pk)).status_code == 404


def test_the_leader_records_a_paper_by_the_page_and_a_member_does_not(cast):
    sent = {"kind": "plan", "title": "Kế hoạch năm", "number": "", "from_on": "02/01/2025", "until_on": ""}

    assert browser(cast.officers["BQL-3"]).post(url(cast), sent).status_code == 403
    assert browser(cast.officers["BQL-1"]).post(url(cast), sent).status_code == 303
    assert "Kế hoạch năm" in browser(cast.officers["BQL-3"]).get(url(cast)).content.decode()
