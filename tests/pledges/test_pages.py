"""The pages of the pledge: who sees what, what they say, what they refuse, what they cost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from blocs.models import User
from pledges.actions import (
    WetSigner,
    confirm_pledge,
    draft_pledge,
    freeze_pledge,
    open_comment,
    record_wet_signature,
    revise_pledge,
)
from pledges.models import Comment, Objection, Pledge, Signature
from pledges.queries import archive_part, stage, tasks_for
from tests.cast import PASSWORD, TODAY, Cast, make_cast
from tests.pledges.conftest import NOW, SCAN, content, scan
from tests.pledges.test_acts import by_hand, confirm

pytestmark = pytest.mark.usefixtures("_today")


@pytest.fixture
def _today(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


def url(cast: Cast, page: str = "board", **more: object) -> str:
    return reverse(f"pledges:{page}", kwargs={"bloc": cast.bloc.code, "year": cast.year.year, **more})


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(response: Any) -> str:
    return response.content.decode()


def test_the_page_says_how_many_signed_and_in_which_manner(frozen: Pledge, seven: Cast) -> None:
    by_hand(frozen, seven, "BQL-1", "BQL-2")
    confirm(frozen, seven, "BQL-3")

    page = body(browser(seven.heads["BQL-7"]).get(url(seven)))

    assert "Giao ước thi đua năm 2024: 03/07 đơn vị đã ký" in page
    assert "Đang ký (03/07)" in page
    assert page.count("Ký tay, đóng dấu\n") == 2
    assert f"05/12/2024, 11:02; mã kiểm tra {frozen.digest[:4]}…{frozen.digest[-4:]}" in page
    assert page.count("btn-primary") == 1
    assert "không phải chữ ký số" in page


def test_a_draft_is_404_for_members_and_open_to_who_prepares_it(draft: Pledge, seven: Cast) -> None:
    member, leader, official = seven.heads["BQL-3"], seven.heads["BQL-1"], seven.official

    assert "chưa lập" in body(browser(member).get(url(seven)))
    assert browser(member).get(url(seven, "edit")).status_code == 404
    assert "dự thảo" in body(browser(leader).get(url(seven)))
    assert browser(official).get(url(seven, "edit")).status_code == 200


def test_another_bloc_finds_nothing(frozen: Pledge, seven: Cast) -> None:
    foreign = make_cast(prefix="x").heads["BQL-1"]

    for page in ("board", "pdf", "text", "edit", "sign", "wet"):
        assert browser(foreign).get(url(seven, page)).status_code == 404


def test_signing_asks_for_the_password_again_and_then_records_the_confirmation(frozen: Pledge, seven: Cast) -> None:
    client = browser(seven.heads["BQL-3"])

    asked = client.post(url(seven, "sign"), {"digest": frozen.digest})
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Signature.objects.exists()
    done = client.post(asked.headers["Location"], {"password": PASSWORD, "next": url(seven, "sign")})

    assert (done.status_code, done.headers["Location"]) == (303, url(seven))
    assert Signature.objects.get().person == seven.heads["BQL-3"]


def test_a_wrong_password_signs_nothing(frozen: Pledge, seven: Cast) -> None:
    client = browser(seven.heads["BQL-3"])
    asked = client.post(url(seven, "sign"), {"digest": frozen.digest})

    client.post(asked.headers["Location"], {"password": "sai-mat-khau", "next": url(seven, "sign")})

    assert not Signature.objects.exists()


@pytest.mark.parametrize("who", ["officer", "official"])
def test_who_may_not_sign_is_told_so_before_any_password(frozen: Pledge, seven: Cast, who: str) -> None:
    user = seven.official if who == "official" else seven.officers["BQL-3"]

    response = browser(user).post(url(seven, "sign"), {"digest": frozen.digest})

    assert response.status_code == 403
    assert not Signature.objects.exists()


def test_an_officer_records_ink_for_the_own_unit_and_the_leader_for_all(frozen: Pledge, seven: Cast) -> None:
    member, leader = browser(seven.officers["BQL-3"]), browser(seven.officers["BQL-1"])
    one, other = (seven.memberships[unit].pk for unit in ("BQL-3", "BQL-4"))
    fields = {
        "signed_on": "05/12/2024",
        f"signed-{one}": "on",
        f"signed-{other}": "on",
        f"capacity-{other}": "Phó Trưởng ban",
    }

    first = member.post(url(seven, "wet"), fields | {"scan": scan()})
    second = leader.post(url(seven, "wet"), fields | {"scan": scan()})

    assert (first.status_code, second.status_code) == (303, 303)
    kept = Signature.objects.order_by("recorded_at", "pk").values_list("membership", "capacity", "manner")
    assert list(kept) == [(one, "TRƯỞNG BAN", "wet"), (other, "KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "wet")]


def test_a_scan_is_read_by_members_and_by_nobody_else(frozen: Pledge, seven: Cast) -> None:
    signature = by_hand(frozen, seven, "BQL-1")[0]
    address = url(seven, "scan", pk=signature.pk)

    shown = browser(seven.heads["BQL-7"]).get(address)
    foreign = browser(make_cast(prefix="x").heads["BQL-1"]).get(address)

    assert (b"".join(shown), shown.headers["Content-Type"]) == (SCAN, "application/pdf")
    assert foreign.status_code == 404


def test_a_scan_without_a_unit_is_refused_on_the_form(frozen: Pledge, seven: Cast) -> None:
    page = browser(seven.heads["BQL-1"]).post(url(seven, "wet"), {"signed_on": "05/12/2024", "scan": scan()})

    assert page.status_code == 422
    assert "Chưa chọn đơn vị đã ký trên bản chụp." in body(page)


def test_the_draft_is_written_and_saved_row_by_row(draft: Pledge, seven: Cast) -> None:
    client = browser(seven.officers["BQL-1"])
    member = seven.memberships["BQL-1"].pk
    fields = {
        "revision": draft.revision,
        "theme": "Chủ đề mới",
        "place_name": "Thái Nguyên",
        "dated_on": "04/01/2024",
        "article-1": "Đầu tư",
        "commitment-1": "thu hút đầu tư",
        "target-1": "Vốn",
        "unit-1": "%",
        f"value-1-{member}": "100",
    }

    response = client.post(url(seven, "edit"), fields)

    pledge = Pledge.objects.get()
    assert (response.status_code, pledge.theme) == (303, "Chủ đề mới")
    assert [row.commitment for row in pledge.articles.all()] == ["thu hút đầu tư"]
    assert [value.value for row in pledge.targets.all() for value in row.values.all()] == ["100"]


def test_a_stale_draft_is_refused_on_the_form_with_what_was_typed(draft: Pledge, seven: Cast) -> None:
    response = browser(seven.officers["BQL-1"]).post(url(seven, "edit"), {"revision": 1, "theme": "Chủ đề mới"})

    assert response.status_code == 422
    assert "Chủ đề mới" in body(response)
    assert Pledge.objects.get().theme == "Đoàn kết, nỗ lực"


def test_a_value_without_a_name_is_not_lost_in_silence(draft: Pledge, seven: Cast) -> None:
    fields = {"revision": draft.revision, f"value-1-{seven.memberships['BQL-1'].pk}": "100"}

    response = browser(seven.officers["BQL-1"]).post(url(seven, "edit"), fields)

    assert response.status_code == 422
    assert "Chưa ghi tên chỉ tiêu." in body(response)


def test_members_give_their_opinion_and_heads_say_why_they_do_not_sign(draft: Pledge, seven: Cast) -> None:
    open_comment(draft, by=None)
    browser(seven.officers["BQL-3"]).post(url(seven, "comment"), {"words": "Nhất trí."})
    browser(seven.officers["BQL-1"]).post(url(seven, "freeze"))

    browser(seven.heads["BQL-4"]).post(url(seven, "refuse"), {"words": "Chỉ tiêu cao."})

    assert (Comment.objects.get().text, Objection.objects.get().reason) == ("Nhất trí.", "Chỉ tiêu cao.")
    assert "Lý do: Chỉ tiêu cao." in body(browser(seven.heads["BQL-1"]).get(url(seven)))


@pytest.mark.parametrize("act", ["draft", "draft_next", "open_comment", "freeze", "unfreeze"])
def test_only_who_prepares_the_pledge_moves_it(frozen: Pledge, seven: Cast, act: str) -> None:
    response = browser(seven.heads["BQL-3"]).post(url(seven, act), {"words": "Lý do"})

    assert response.status_code == 403
    assert Pledge.objects.get().state == Pledge.State.FROZEN


def test_the_leader_begins_the_pledge_of_the_next_year_from_this_one(frozen: Pledge, seven: Cast) -> None:
    response = browser(seven.officers["BQL-1"]).post(url(seven, "draft_next"))

    assert response.status_code == 303
    assert sorted(Pledge.objects.values_list("year__year", flat=True)) == [2024, 2025]


def test_the_text_for_the_digest_is_given_byte_for_byte(frozen: Pledge, seven: Cast) -> None:
    response = browser(seven.heads["BQL-3"]).get(url(seven, "text"))

    assert response.content == frozen.text.encode()


def test_tasks_ask_heads_to_sign_and_tell_the_leader_who_is_missing(frozen: Pledge, seven: Cast) -> None:
    by_hand(frozen, seven, "BQL-1", "BQL-2", "BQL-3", "BQL-4", "BQL-5")

    head, officer, leader = (
        tasks_for(user, seven.year, TODAY)
        for user in (seven.heads["BQL-7"], seven.officers["BQL-7"], seven.heads["BQL-1"])
    )

    assert [(task.title, task.button) for task in head] == [("Ký Giao ước thi đua năm 2024", "Ký giao ước")]
    assert [(task.button, task.waiting_for) for task in officer] == [("", "Thủ trưởng đơn vị Phú Thọ")]
    assert [(task.note, task.waiting_for) for task in leader] == [("05/07 đơn vị đã ký.", "Yên Bái, Phú Thọ")]


def test_the_stage_counts_signatures_in_one_query(frozen: Pledge, seven: Cast, django_assert_num_queries: Any) -> None:
    by_hand(frozen, seven, "BQL-1", "BQL-2")

    with django_assert_num_queries(1):
        shown = stage(seven.year)

    assert (shown.note, shown.done, shown.of, shown.state) == ("2/7 đã ký", 2, 7, "now")
    by_hand(frozen, seven, "BQL-3", "BQL-4", "BQL-5", "BQL-6", "BQL-7")
    assert (stage(seven.year).note, stage(seven.year).state) == ("7/7 đã ký, 05/12/2024", "done")


def test_the_archive_holds_the_text_the_digest_and_each_signature_by_its_manner(frozen: Pledge, seven: Cast) -> None:
    confirm(frozen, seven, "BQL-3")

    part = archive_part(seven.year)

    assert (part["text"], part["digest"]) == (frozen.text, frozen.digest)
    assert [(row["unit"], row["manner"]) for row in part["signatures"]] == [("BQL-3", "confirmed")]


def test_the_page_costs_the_same_with_seven_and_with_fifteen_members(
    seven: Cast, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for cast in (seven, make_cast(members=15, prefix="x")):
        pledge = _signed_by_half(cast)
        client = browser(cast.heads["BQL-1"])
        with django_assert_max_num_queries(60) as queries:
            assert client.get(url(cast)).status_code == 200
        counts.append(len(queries))
        assert pledge.signatures.exists()

    assert counts[0] == counts[1]


def _signed_by_half(cast: Cast) -> Pledge:
    pledge = revise_pledge(draft_pledge(cast.year, by=None, on=TODAY), content=content(cast), revision=1, by=None)
    pledge = freeze_pledge(pledge, by=None, at=NOW)
    first, *others = list(cast.memberships.values())[: len(cast.memberships) // 2]
    confirm_pledge(pledge, membership=first, digest=pledge.digest, by=cast.heads["BQL-1"], at=NOW)
    signers = [WetSigner(row, "TRƯỞNG BAN", "Trưởng ban") for row in others]
    record_wet_signature(pledge, signers=signers, signed_on=TODAY, scan=scan(), by=None, at=NOW)
    return pledge
