"""The bloc's own text of a letter: saved in versions, previewed, given up, drafted from; markup in it is text."""

import pytest
from django.urls import reverse

from documents.actions import UnknownField, save_wording
from documents.models import Document, WordingVersion
from documents.papers.wording import SHIPPED
from documents.queries import wording_of
from tests.cast import TODAY
from tests.documents.conftest import NOW


@pytest.fixture
def browse(client, officer, settings):
    settings.DEMO_TODAY = TODAY.isoformat()
    client.force_login(officer)
    return client


def address(cast, name, **more):
    return reverse(f"documents:{name}", kwargs={"bloc": cast.bloc.code, "year": cast.year.year, **more})


def test_the_last_saved_text_counts_and_an_empty_one_brings_the_shipped_back(cast):
    save_wording(cast.year, key="reminder", body="Nhắc {ho_so}.", by=None, at=NOW)
    own = wording_of(cast.year, "reminder")[1]
    save_wording(cast.year, key="reminder", body="", by=None, at=NOW)

    assert (own, wording_of(cast.year, "reminder")[1]) == ("Nhắc {ho_so}.", SHIPPED["reminder"].body)
    assert WordingVersion.objects.count() == 2


def test_a_field_that_the_letter_has_not_is_refused_by_name(cast):
    with pytest.raises(UnknownField, match="mat_khau"):
        save_wording(cast.year, key="reminder", body="{mat_khau}", by=None, at=NOW)


def test_the_page_keeps_what_was_typed_and_previews_with_the_years_data(browse, cast):
    refused = browse.post(address(cast, "wording", key="request"), {"body": "Giữ {la}"})
    browse.post(address(cast, "wording", key="request"), {"body": "{don_vi} <b>đề nghị</b> năm {nam}: {han}"})

    page = browse.get(address(cast, "wording", key="request")).content.decode()
    assert (refused.status_code, "Giữ {la}" in refused.content.decode()) == (422, True)
    assert f"{cast.leader.name} &lt;b&gt;đề nghị&lt;/b&gt; năm {cast.year.year}: ……" in page


def test_a_letter_is_drafted_from_the_text(browse, cast):
    typed = {
        "ho_so": "bảng tự chấm điểm",
        "thoi_diem": "ngày 16",
        "han": "ngày 15",
        "han_moi": "ngày 18",
        "addressees": "Ban B",
    }

    answer = browse.post(address(cast, "letter", key="reminder"), typed)

    document = Document.objects.get()
    assert answer.url == address(cast, "detail", pk=document.pk)
    assert (document.kind, document.paper.about) == ("letter", "V/v đôn đốc gửi bảng tự chấm điểm")
    assert document.paper.addressees == ("Ban B",)


def test_only_the_leading_unit_changes_the_texts(client, cast, settings):
    settings.DEMO_TODAY = TODAY.isoformat()
    client.force_login(cast.officers["BQL-3"])

    assert client.get(address(cast, "wordings")).status_code == 200
    assert client.get(address(cast, "wording", key="reminder")).status_code == 403
