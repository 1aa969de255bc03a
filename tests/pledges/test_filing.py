"""The pledge is a paper like the others: filed when it is frozen, signed box by box, issued with the last signature."""

from typing import Any

import pytest
from django.urls import reverse

from documents.actions import TextDiffers, collect_signatures
from documents.models import Document
from pledges.actions import file_pledge, unfreeze_pledge
from pledges.gathering import gather_pledge
from pledges.models import Pledge
from pledges.queries import paper_of
from tests.cast import TODAY, Cast
from tests.pledges.conftest import NOW
from tests.pledges.test_acts import by_hand, confirm
from tests.pledges.test_pages import browser, url


def filed(pledge: Pledge) -> Document:
    found = paper_of(pledge)
    assert found is not None
    return found


def test_a_frozen_pledge_lies_among_the_papers_of_the_year_waiting_for_signatures(frozen: Pledge, seven: Cast) -> None:
    document = filed(frozen)

    assert (document.state, document.kind, document.unit) == (Document.State.SIGNING, "pledge", seven.units["BQL-1"])
    assert document.paper == gather_pledge(frozen)


def test_each_signature_fills_its_box_and_the_text_stays(frozen: Pledge, seven: Cast) -> None:
    confirm(frozen, seven, "BQL-3")

    paper: Any = filed(frozen).paper
    boxes = [party.signer.note for party in paper.parties if party.signer.note]
    assert len(boxes) == 1
    assert boxes[0].startswith("Đã xác nhận trên hệ thống lúc 11:02 ngày 05/12/2024")


def test_the_last_signature_issues_the_paper_without_a_number(frozen: Pledge, seven: Cast) -> None:
    by_hand(frozen, seven, *seven.units)

    document = filed(frozen)
    assert (document.state, document.number, document.issued_on) == (Document.State.ISSUED, "", TODAY)


def test_another_text_never_takes_the_place_of_the_one_out_for_signature(frozen: Pledge, seven: Cast) -> None:
    other = gather_pledge(frozen)
    changed = other.__class__(**{**vars(other), "theme": "Chủ đề khác"})

    with pytest.raises(TextDiffers):
        collect_signatures(filed(frozen), paper=changed, by=None)


def test_a_text_that_is_opened_again_is_a_draft_again_and_is_filed_once(frozen: Pledge, seven: Cast) -> None:
    pledge = unfreeze_pledge(frozen, reason="Sửa Điều 1", by=seven.heads["BQL-1"])

    assert filed(pledge).state == Document.State.DRAFT
    assert Document.objects.filter(kind="pledge").count() == 1


def test_filing_again_changes_nothing(frozen: Pledge, seven: Cast) -> None:
    by_hand(frozen, seven, *seven.units)
    frozen.refresh_from_db()

    again = file_pledge(frozen, by=None, on=TODAY)

    assert (again.pk, again.edition) == (filed(frozen).pk, 1)


@pytest.mark.usefixtures("_today")
def test_the_page_prints_through_the_papers_and_a_get_lays_out_nothing(frozen: Pledge, seven: Cast) -> None:
    member = browser(seven.heads["BQL-7"])
    document = filed(frozen)

    looked = member.get(url(seven, "pdf"))
    untouched = filed(frozen).pdf_id
    printed = member.post(url(seven, "pdf"))

    page = reverse("documents:detail", args=[seven.bloc.code, seven.year.year, document.pk])
    assert (looked.url, untouched, printed.url) == (page, None, page)
    assert filed(frozen).has_fresh_pdf


@pytest.mark.usefixtures("_today")
def test_a_draft_is_printed_for_the_unit_that_prepares_it_only(draft: Pledge, seven: Cast) -> None:
    deputy = browser(seven.heads["BQL-2"])

    answer = deputy.post(url(seven, "pdf"))
    papers = Document.objects.filter(about="du-thao")

    assert deputy.get(answer.url).status_code == 200
    assert [(paper.unit.code, paper.audience) for paper in papers] == [("BQL-2", "authority")]
    assert browser(seven.heads["BQL-7"]).get(answer.url).status_code == 404


@pytest.mark.usefixtures("_today")
def test_the_page_of_the_paper_leaves_signing_to_the_page_of_the_pledge(frozen: Pledge, seven: Cast) -> None:
    head = browser(seven.heads["BQL-1"])
    where = {"bloc": seven.bloc.code, "year": seven.year.year, "pk": filed(frozen).pk}

    page = head.get(reverse("documents:detail", kwargs=where)).content.decode()
    refused = head.post(reverse("documents:return", kwargs=where), {"reason": "Sửa"})

    assert "Ghi nhận đã ký" not in page
    assert refused.status_code == 409
    assert filed(frozen).state == Document.State.SIGNING


@pytest.fixture
def _today(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()
    assert NOW.date() == TODAY
