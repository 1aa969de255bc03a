"""The ground floor's pages: what they keep when something is wrong, what they cost, what they find."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.audit import record
from blocs.models import BlocYear, Guidance, Membership, Notice, Post, Unit, User
from blocs.notices import notify
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
YEAR = {"bloc": "mnpb", "year": 2024}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def filled(members: int) -> Cast:
    """A year with so many members, each with people, log lines and a notice."""
    cast = make_cast(members)
    with transaction.atomic():
        for unit in cast.units.values():
            record("set_head_name", cast.year, by=cast.official, year=cast.year.pk, unit=unit.pk)
            notify([cast.official], kind="x", text=f"Thông báo {unit.code}", year=cast.year)
            Post.objects.create(
                user=cast.officers["BQL-1"],
                unit=cast.leader,
                role="clerk",
                title="Văn thư",
                from_on=dt.date(2020, 1, 1),
            )
    return cast


def cost(cast: Cast, name: str, **where: object) -> int:
    client = signed_in(cast.official)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(reverse(f"blocs:{name}", kwargs=where)).status_code == 200
    return len([query for query in caught if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))])


LISTS = (
    ("manage", {}),
    ("units", {}),
    ("people", {"code": "BQL-1"}),
    ("year_settings", YEAR),
    ("year_members", YEAR),
    ("year_log", YEAR),
    ("notices", {}),
    ("bloc", {"bloc": "mnpb"}),
)


def test_a_list_costs_the_same_with_one_member_and_with_sixty_eight():
    with transaction.atomic():
        cast = filled(1)
        small = {name: cost(cast, name, **where) for name, where in LISTS}
        transaction.set_rollback(True)

    cast = filled(68)
    large = {name: cost(cast, name, **where) for name, where in LISTS}

    assert large == small
    assert max(large.values()) <= 15


def test_a_unit_is_found_without_marks():
    cast = make_cast()

    page = signed_in(cast.official).get(reverse("blocs:units"), {"tim": "tuyen QUANG"}).content.decode()

    assert "01 đơn vị" in page
    assert "tỉnh Tuyên Quang" in page


def test_wrong_settings_keep_what_was_typed():
    cast = make_cast()
    typed = {
        "assessments_due_at": "17:00 ngày 31/11/2024",
        "review_due_on": "25/12/2024",
        "letterhead": "B",
        "nomination_order": "score",
    }

    answer = signed_in(cast.official).post(reverse("blocs:year_settings", kwargs=YEAR), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "17:00 ngày 31/11/2024" in page
    assert "Ngày viết theo dạng ngày/tháng/năm" in page
    assert BlocYear.objects.get().letterhead == "A"


def test_the_leader_sets_dates():
    cast = make_cast()
    typed = {
        "assessments_due_at": "17h00, 16/12/2024",
        "review_due_on": "2024-12-26",
        "letterhead": "B",
        "nomination_order": "score",
    }

    answer = signed_in(cast.officers["BQL-1"]).post(reverse("blocs:year_settings", kwargs=YEAR), typed)

    year = BlocYear.objects.get()
    assert answer.status_code == 303
    assert (f"{year.assessments_due_at:%d/%m/%Y}", year.review_due_on, year.letterhead) == (
        "16/12/2024",
        dt.date(2024, 12, 26),
        "B",
    )
    assert year.hides_claims_until_due is False


def test_members_are_set_by_code_or_name_and_unknown_lines_are_named():
    cast = make_cast()
    client, url = signed_in(cast.official), reverse("blocs:year_members", kwargs=YEAR)

    wrong = client.post(url, {"members": "BQL-2\nKhông có"})
    right = client.post(url, {"members": "bql-2\nBan Quản lý các Khu công nghiệp tỉnh Thái Nguyên"})

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Không tìm thấy đơn vị: Không có." in wrong.content.decode()
    assert list(Membership.objects.order_by("position").values_list("unit__code", flat=True)) == ["BQL-2", "BQL-1"]


def test_units_are_loaded_in_two_steps():
    cast = make_cast()
    client, url = signed_in(cast.official), reverse("blocs:unit_import")
    file = SimpleUploadedFile("don-vi.csv", "Mã;Tên\nA-1;Ban Quản lý A\n".encode())

    preview = client.post(url, {"file": file})
    _, _, token = preview.content.decode().partition('name="kept" value="')
    before = Unit.objects.filter(code="A-1").exists()
    saved = client.post(url, {"kept": token.partition('"')[0]})

    assert (preview.status_code, before, saved.status_code) == (200, False, 303)
    assert Unit.objects.get(code="A-1").name == "Ban Quản lý A"


def test_a_wrong_file_is_answered_with_its_rows():
    cast = make_cast()
    file = SimpleUploadedFile("don-vi.csv", "Mã;Tên\nA-1;\n".encode())

    answer = signed_in(cast.official).post(reverse("blocs:unit_import"), {"file": file})

    assert answer.status_code == 422
    assert "ô trống" in answer.content.decode()


def test_a_letter_of_guidance_is_recorded_with_its_paper():
    cast = make_cast()
    typed = {
        "title": "Công văn hướng dẫn", "dated_on": "05/11/2024", "flags": "1", "certificates": "3",
        "paper": SimpleUploadedFile("cong-van.pdf", b"%PDF-1.7 nho"),
    }  # fmt: skip

    answer = signed_in(cast.official).post(reverse("blocs:guidance_new", kwargs=YEAR), typed)

    letter = Guidance.objects.get()
    assert answer["Location"] == reverse("blocs:guidance", kwargs=YEAR | {"guidance": letter.pk})
    assert set(letter.provisions.values_list("key", "value")) == {("FLAG", "1"), ("CERTIFICATE", "3")}
    assert letter.paper.content_type == "application/pdf"


def test_a_disguised_paper_is_refused_and_nothing_is_lost():
    cast = make_cast()
    typed = {"title": "Công văn hướng dẫn", "paper": SimpleUploadedFile("cong-van.pdf", b"MZ\x90")}

    answer = signed_in(cast.official).post(reverse("blocs:guidance_new", kwargs=YEAR), typed)

    assert answer.status_code == 422
    assert 'value="Công văn hướng dẫn"' in answer.content.decode()
    assert not Guidance.objects.exists()


def test_a_read_notice_leads_to_its_page_and_never_outside():
    cast = make_cast()
    rows = [
        Notice.objects.create(user=cast.official, kind="x", text="X", url=url, created_at=dt.datetime.now(dt.UTC))
        for url in ("/quan-ly/", "//evil.test/")
    ]
    client = signed_in(cast.official)

    to = [client.post(reverse("blocs:notice_read", args=[row.pk]))["Location"] for row in rows]

    assert to == ["/quan-ly/", "/thong-bao/"]
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_log_shows_the_acts_of_one_unit_in_words():
    cast = make_cast()
    with transaction.atomic():
        record("present_to_head", cast.year, by=cast.officers["BQL-2"], year=cast.year.pk, unit=cast.deputy.pk)
        record("open_year", cast.year, by=None, year=cast.year.pk)

    page = (
        signed_in(cast.official)
        .get(reverse("blocs:year_log", kwargs=YEAR), {"don-vi": str(cast.deputy.pk)})
        .content.decode()
    )

    assert "Trình lãnh đạo đơn vị, Tuyên Quang" in page
    assert "Tài khoản officer2" in page
    assert "Mở năm thi đua" not in page


def test_a_member_prints_the_name_of_its_head():
    cast = make_cast()

    signed_in(cast.heads["BQL-3"]).post(
        reverse("blocs:head_name", args=["BQL-3", cast.year.pk]), {"head_name": "Lê Văn C"}
    )

    assert Membership.objects.get(unit=cast.units["BQL-3"]).head_name == "Lê Văn C"


def test_a_closed_year_is_shown_but_its_settings_are_refused():
    cast = make_cast()
    client = signed_in(cast.official)
    client.post(reverse("blocs:year_close", kwargs=YEAR))

    page = client.get(reverse("blocs:year_settings", kwargs=YEAR))
    answer = client.post(reverse("blocs:year_settings", kwargs=YEAR), {"letterhead": "B", "nomination_order": "score"})

    assert "chỉ xem được" in page.content.decode()
    assert answer.status_code == 422
    assert "chỉ xem được, không thay đổi được" in answer.content.decode()


def test_dates_out_of_order_are_refused_with_their_sentence():
    cast = make_cast()
    typed = {
        "assessments_due_at": "17:00, 15/12/2024",
        "review_due_on": "1/12/2024",
        "letterhead": "A",
        "nomination_order": "score",
    }

    answer = signed_in(cast.official).post(reverse("blocs:year_settings", kwargs=YEAR), typed)

    assert answer.status_code == 422
    assert "Hạn thẩm định phải từ hạn gửi bảng tự chấm điểm trở đi." in answer.content.decode()
