"""Pages of official papers: who reads what, what is done there, what they cost."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from documents.actions import record_signature, request_printing, submit_for_signature
from documents.models import Document
from documents.queries import archive_part, latest_document, stage, tasks_for
from tests.cast import PASSWORD, TODAY, make_cast
from tests.documents import samples
from tests.documents.conftest import NOW
from tests.documents.test_actions import SIGNATURE


def address(name, document=None, year=None):
    year = year or document.year
    where = {"bloc": year.bloc.code, "year": year.year}
    return reverse(f"documents:{name}", kwargs=where | ({"pk": document.pk} if document else {}))


@pytest.fixture
def enter(client):
    def sign_in(user):
        assert client.login(username=user.username, password=PASSWORD)
        return client

    return sign_in


def test_the_list_of_a_year_names_each_paper_and_where_it_stands(enter, officer, draft, cast):
    draft()

    page = enter(officer).get(address("board", year=cast.year))

    assertContains(page, "Văn bản năm 2024: 00/01 đã ban hành")
    assertContains(page, "…/TTr-BQLKCN")


def test_an_empty_year_says_what_comes_next(enter, officer, cast):
    assertContains(enter(officer).get(address("board", year=cast.year)), "Hiện chưa có văn bản.")


def test_the_list_shows_one_kind_when_asked(enter, officer, draft, cast):
    draft()
    draft(samples.minutes(), kind=Document.Kind.TALLY_MINUTES)

    page = enter(officer).get(address("board", year=cast.year), {"loai": "tally_minutes"})

    assert [paper.kind for paper in page.context["page"]] == ["tally_minutes"]


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Document.Audience.UNIT, {"own"}),
        (Document.Audience.AUTHORITY, {"own", "official"}),
        (Document.Audience.YEAR, {"own", "member", "official"}),
        (Document.Audience.PUBLIC, {"own", "member", "official"}),
    ],
)
def test_a_paper_is_read_by_its_audience_and_is_404_for_others(enter, draft, cast, audience, readers):
    document = draft(audience=audience)
    foreign = make_cast(2, prefix="x")
    people = {
        "own": cast.officers["BQL-1"],
        "member": cast.officers["BQL-2"],
        "official": cast.official,
        "stranger": foreign.officers["BQL-1"],
        "other official": foreign.official,
    }

    answers = {who: enter(user).get(address("detail", document)).status_code for who, user in people.items()}

    assert answers == {who: 200 if who in readers else 404 for who in people}


def test_the_page_shows_the_paper_itself(enter, officer, draft):
    page = enter(officer).get(address("detail", draft()))

    assertContains(page, "Bằng khen của Bộ trưởng năm 2023")
    assertContains(page, "Bước tiếp theo: trình Thủ trưởng đơn vị ký.")


@pytest.mark.parametrize(
    "sample",
    [samples.report, samples.consolidated_table, samples.score_sheet, samples.pledge, samples.minutes, samples.letter],
)
def test_every_paper_has_a_preview(enter, officer, draft, sample):
    page = enter(officer).get(address("detail", draft(sample())))

    assertContains(page, 'class="sheet')
    assertContains(page, "Dữ liệu minh họa")


def test_a_small_paper_is_exported_in_one_request(enter, officer, draft):
    document = draft()
    client = enter(officer)

    answer = client.post(address("print", document), follow=True)

    assertContains(answer, "Tải PDF")
    file = client.get(address("pdf", document))
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert file["Content-Disposition"].startswith("attachment;")
    assert b"".join(file.streaming_content).startswith(b"%PDF-")


def test_a_paper_that_was_not_printed_has_no_file(enter, officer, draft):
    assert enter(officer).get(address("pdf", draft())).status_code == 404


def test_the_file_is_hidden_with_the_paper(enter, draft, cast, officer):
    document = request_printing(draft(audience=Document.Audience.UNIT), by=officer, at=NOW)

    assert enter(cast.officers["BQL-2"]).get(address("pdf", document)).status_code == 404


def test_a_long_paper_shows_its_progress_and_asks_again_by_itself(enter, officer, draft):
    document = draft(samples.consolidated_table(20, 25))
    client = enter(officer)

    page = client.post(address("print", document), follow=True)

    assertContains(page, "Đang chờ in")
    assertContains(page, 'hx-trigger="every 2s"')
    assertContains(page, "Cập nhật trang")


def test_polling_gets_only_the_part_about_printing(enter, officer, draft):
    document = draft(samples.consolidated_table(20, 25))
    client = enter(officer)
    client.post(address("print", document))

    part = client.get(address("detail", document), headers={"HX-Request": "true"})

    assertContains(part, "Đang chờ in")
    assertNotContains(part, "<html")
    assertNotContains(part, "Nội dung, tiêu chí")


def test_the_unit_sends_for_signature_and_the_head_is_told(enter, officer, draft, cast):
    document = draft()

    answer = enter(officer).post(address("submit", document), follow=True)

    assertContains(answer, "Đã trình ký văn bản.")
    (task,) = tasks_for(cast.heads["BQL-1"], cast.year, TODAY)
    assert (task.title, task.button) == ("Ký Tờ trình năm 2024", "Mở văn bản")


def test_another_unit_may_not_send_it(enter, draft, cast):
    document = draft()

    answer = enter(cast.officers["BQL-2"]).post(address("submit", document))

    document.refresh_from_db()
    assert (answer.status_code, document.state) == (403, "draft")


def test_the_officer_records_the_signature_and_the_clerk_is_told(enter, officer, clerk, draft, cast):
    document = submit_for_signature(draft(), by=officer)
    typed = {"capacity": "TRƯỞNG BAN", "signed_on": "05/12/2024", "manner": "by_hand", "name": "Người ký"}

    answer = enter(officer).post(address("sign", document), typed, follow=True)

    assertContains(answer, "Đã ghi nhận việc ký văn bản.")
    (task,) = tasks_for(clerk, cast.year, TODAY)
    assert (task.title, task.button) == ("Cấp số Tờ trình năm 2024", "Cấp số")
    (waiting,) = tasks_for(officer, cast.year, TODAY)
    assert (waiting.button, waiting.waiting_for) == ("", "Văn thư, Thái Nguyên")


def test_what_was_typed_stays_when_a_signature_is_refused(enter, officer, draft):
    document = submit_for_signature(draft(), by=officer)
    typed = {"capacity": "1\n2\n3\n4\n5", "signed_on": "05/12/2024", "manner": "by_hand", "name": "Nguyễn Thị Kiểm"}

    answer = enter(officer).post(address("sign", document), typed)

    assertContains(answer, "từ 01 đến 04 dòng", status_code=422)
    assertContains(answer, "Nguyễn Thị Kiểm", status_code=422)


def test_only_the_clerk_gives_a_number(enter, officer, clerk, draft, settings):
    settings.DEBUG, settings.DEMO_TODAY = True, TODAY.isoformat()
    document = submit_for_signature(draft(), by=officer)
    record_signature(document, signature=SIGNATURE, by=officer, at=NOW)
    typed = {"number": "7", "issued_on": "05/12/2024"}

    refused = enter(officer).post(address("number", document), typed)
    done = enter(clerk).post(address("number", document), typed, follow=True)

    document.refresh_from_db()
    assert (refused.status_code, document.reference) == (403, "07/TTr-BQLKCN")
    assertContains(done, "Đã cấp số, ngày ban hành.")


def test_the_list_costs_the_same_with_one_and_with_sixty_papers(
    enter, officer, draft, cast, django_assert_num_queries, django_assert_max_num_queries
):
    client = enter(officer)
    draft(about="0")
    client.get(address("board", year=cast.year))
    with django_assert_max_num_queries(15) as few:
        client.get(address("board", year=cast.year))
    for number in range(1, 45):
        draft(about=str(number))

    with django_assert_num_queries(len(few)):
        client.get(address("board", year=cast.year))


def test_home_and_archive_are_told_about_the_papers(draft, cast):
    document = draft()

    told = stage(cast.year)

    assert (told.note, told.done, told.of, told.state) == ("00/01 đã ban hành", 0, 1, "now")
    (kept,) = archive_part(cast.year)["documents"]
    assert (kept["kind"], kept["content_sha256"]) == ("submission", document.content_digest)
    assert latest_document(cast.year, kind="submission") == document
    assert latest_document(cast.year, kind="pledge") is None
