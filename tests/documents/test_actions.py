"""The life of an official paper: drafted, printed, signed, numbered, replaced."""

import datetime as dt
import io
import json

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction

from blocs.models import BlocYear, LogEntry, StoredFile
from blocs.workflow import NotNow
from documents import printing
from documents.actions import (
    DateRefused,
    NotADraft,
    NotReplaceable,
    NumberRefused,
    NumberTaken,
    Signature,
    SignatureRefused,
    StillADraft,
    issue_number,
    record_signature,
    refresh_document,
    replace_document,
    request_printing,
    return_to_draft,
    submit_for_signature,
)
from documents.jobs import print_document
from documents.models import Document
from tests.cast import TODAY
from tests.documents import samples
from tests.documents.conftest import NOW

SIGNATURE = Signature(capacity="KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", signed_on=TODAY, name="Người ký")


def acts():
    return list(LogEntry.objects.order_by("sequence").values_list("act", flat=True))


def words_of(stored):
    with stored.file.open("rb") as file:
        pages = pypdf.PdfReader(io.BytesIO(file.read())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


def signed(document, by=None):
    submit_for_signature(document, by=by)
    return record_signature(document, signature=SIGNATURE, by=by, at=NOW)


def issued(document, number="05"):
    return issue_number(signed(document), number=number, issued_on=TODAY, by=None, on=TODAY)


def test_a_drafted_paper_keeps_what_was_gathered(draft):
    document = draft()

    document.refresh_from_db()
    assert document.paper == samples.letter()
    assert (document.state, document.symbol, document.edition) == ("draft", "TTr-BQLKCN", 1)
    assert document.title == "Tờ trình Về việc đề nghị tặng Cờ thi đua của Bộ, Bằng khen của Bộ trưởng năm 2023"
    assert acts() == ["draft_document"]


def test_the_log_holds_the_digest_and_no_name(draft):
    document = draft()

    details = LogEntry.objects.get().details
    assert details == {"kind": "submission", "digest": document.content_digest}


def test_drafting_the_same_paper_again_refreshes_the_open_draft(draft):
    first = draft(about="year")

    second = draft(samples.minutes(), about="year")

    assert (second.pk, second.edition, second.paper) == (first.pk, 2, samples.minutes())


def test_papers_about_different_things_are_different_papers(draft):
    assert draft(about="poll:1").pk != draft(about="poll:2").pk


def test_the_database_keeps_one_open_draft(draft):
    document = draft()
    document.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)


def test_refreshing_with_the_same_content_changes_nothing(draft):
    document = draft()

    again = refresh_document(document, paper=samples.letter(), by=None)

    assert (again.edition, acts()) == (1, ["draft_document"])


def test_content_is_fixed_once_the_paper_is_sent_for_signature(draft):
    document = submit_for_signature(draft(), by=None)

    with pytest.raises(NotADraft, match="Trình ký"):
        refresh_document(document, paper=samples.minutes(), by=None)
    document.refresh_from_db()
    assert document.paper == samples.letter()


def test_the_draft_for_the_conference_is_not_signed(draft):
    document = draft(samples.report(draft=True), kind=Document.Kind.SUMMARY_REPORT)

    with pytest.raises(StillADraft, match="DỰ THẢO"):
        submit_for_signature(document, by=None)


def test_a_paper_goes_back_to_draft_with_a_reason(draft):
    document = submit_for_signature(draft(), by=None)

    back = return_to_draft(document, reason="Sửa mục 2", by=None)

    assert back.state == "draft"
    assert LogEntry.objects.latest("sequence").details == {"reason": "Sửa mục 2"}


def test_going_back_to_draft_without_a_reason_is_refused(draft):
    document = submit_for_signature(draft(), by=None)

    with pytest.raises(SignatureRefused, match="lý do"):
        return_to_draft(document, reason=" ", by=None)


def test_the_signature_is_printed_as_it_was_recorded(draft):
    document = signed(draft())

    assert document.paper.signers[-1].lines == ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
    assert document.paper.signers[-1].name == "Người ký"
    assert document.get_state_display() == "Đã ký, chờ cấp số"


def test_the_signed_copy_is_kept_with_its_digest(draft, officer):
    document = submit_for_signature(draft(), by=officer)
    copy = SimpleUploadedFile("ban-da-ky.pdf", b"%PDF-1.7 signed")

    document = record_signature(document, signature=SIGNATURE, copy=copy, by=officer, at=NOW)

    assert document.signed_copy.name == "ban-da-ky.pdf"
    assert LogEntry.objects.latest("sequence").details["copy"] == document.signed_copy.sha256


@pytest.mark.parametrize("capacity", ["", " \n ", "1\n2\n3\n4\n5"])
def test_a_capacity_has_one_to_four_lines(draft, capacity):
    document = submit_for_signature(draft(), by=None)

    with pytest.raises(SignatureRefused, match="04 dòng"):
        record_signature(document, signature=Signature(capacity=capacity, signed_on=TODAY), by=None, at=NOW)


def test_nobody_signs_tomorrow(draft):
    document = submit_for_signature(draft(), by=None)
    tomorrow = Signature(capacity="TRƯỞNG BAN", signed_on=TODAY + dt.timedelta(days=1))

    with pytest.raises(DateRefused, match="Ngày ký"):
        record_signature(document, signature=tomorrow, by=None, at=NOW)


@pytest.mark.parametrize(("typed", "kept"), [("5", "05"), ("05", "05"), (" 128 ", "128"), ("12a", "12a")])
def test_the_clerk_gives_number_and_date(draft, typed, kept):
    document = issued(draft(), typed)

    assert (document.state, document.number, document.reference) == ("issued", kept, f"{kept}/TTr-BQLKCN")
    assert document.paper.letterhead.date_line == "Thái Nguyên, ngày 05 tháng 12 năm 2024"


@pytest.mark.parametrize("typed", ["", "0", "năm", "5/2024", "123456"])
def test_what_is_no_number_is_refused(draft, typed):
    document = signed(draft())

    with pytest.raises(NumberRefused, match="không phải là số văn bản"):
        issue_number(document, number=typed, issued_on=TODAY, by=None, on=TODAY)
    document.refresh_from_db()
    assert (document.state, document.number) == ("signed", "")


def test_a_number_is_given_once_a_year(draft):
    issued(draft(about="first"))
    second = signed(draft(about="second"))

    with pytest.raises(NumberTaken, match="05/TTr-BQLKCN năm 2024"):
        issue_number(second, number="5", issued_on=TODAY, by=None, on=TODAY)


def test_a_paper_without_symbol_is_issued_with_its_date_only(draft):
    document = issued(draft(samples.score_sheet(), kind=Document.Kind.SCORE_SHEET), "")

    assert (document.state, document.reference, document.issued_on) == ("issued", "", TODAY)


def test_a_paper_is_not_dated_before_it_was_signed(draft):
    document = signed(draft())

    with pytest.raises(DateRefused, match="trước ngày ký"):
        issue_number(document, number="5", issued_on=TODAY - dt.timedelta(days=1), by=None, on=TODAY)


def test_a_paper_that_is_not_signed_gets_no_number(draft):
    with pytest.raises(NotNow, match="Dự thảo"):
        issue_number(draft(), number="5", issued_on=TODAY, by=None, on=TODAY)


def test_an_issued_paper_is_replaced_by_another_of_its_kind(draft):
    first, second = issued(draft(about="first")), issued(draft(about="second"), "06")

    replaced = replace_document(first, replacement=second, reason="Đính chính", by=None)

    assert (replaced.state, replaced.replaced_by) == ("replaced", second)


def test_a_paper_is_not_replaced_by_itself_or_by_a_draft(draft):
    first, second = issued(draft(about="first")), draft(about="second")

    for other in (first, second):
        with pytest.raises(NotReplaceable):
            replace_document(first, replacement=other, reason="Đính chính", by=None)


def test_papers_of_a_past_year_are_read_only(draft, cast):
    document = draft()
    BlocYear.objects.filter(pk=cast.year.pk).update(state=BlocYear.State.CLOSED)

    with pytest.raises(Exception, match="đã kết thúc") as refused:
        submit_for_signature(document, by=None)
    assert type(refused.value).__name__ == "YearClosed"


def test_a_small_paper_is_printed_at_once(draft, officer):
    document = request_printing(draft(), by=officer, at=NOW)

    assert (document.printing, document.pdf.content_type) == ("done", "application/pdf")
    assert "TỜ TRÌNH" in words_of(document.pdf)
    assert acts() == ["draft_document", "request_printing", "print_document"]


def test_printing_again_without_a_change_gives_the_same_file(draft, officer):
    document = request_printing(draft(), by=officer, at=NOW)

    again = request_printing(document, by=officer, at=NOW)

    assert again.pdf == document.pdf
    assert StoredFile.objects.count() == 1


def test_a_paper_numbered_in_another_window_is_printed_as_it_stands(draft, officer):
    document = draft()
    issued(document)

    printed = request_printing(document, by=officer, at=NOW)

    assert "Số: 05/TTr-BQLKCN" in words_of(printed.pdf)


def test_equal_papers_share_one_file(draft, officer):
    first = request_printing(draft(about="first"), by=officer, at=NOW)

    second = request_printing(draft(about="second"), by=officer, at=NOW)

    assert second.pdf == first.pdf


def test_after_the_number_is_given_the_paper_is_printed_anew_with_it(draft, officer):
    document = issued(request_printing(draft(), by=officer, at=NOW))
    assert document.has_fresh_pdf is False

    document = request_printing(document, by=officer, at=NOW)

    assert "Số: 05/TTr-BQLKCN" in words_of(document.pdf)
    assert document.has_fresh_pdf is True


def test_a_long_paper_waits_for_the_worker(draft, officer):
    document = request_printing(draft(samples.consolidated_table(20, 25)), by=officer, at=NOW)
    assert (document.printing, document.pdf) == ("queued", None)

    print_document(document_id=document.pk, key=document.print_key, by_id=officer.pk, at=NOW.isoformat())

    document.refresh_from_db()
    assert (document.printing, document.has_fresh_pdf) == ("done", True)


def test_asking_again_while_it_is_printed_does_not_double_the_work(draft, officer):
    document = request_printing(draft(samples.consolidated_table(20, 25)), by=officer, at=NOW)

    request_printing(document, by=officer, at=NOW + dt.timedelta(minutes=1))

    assert acts().count("request_printing") == 1


def test_a_print_that_was_lost_with_its_worker_is_asked_for_again(draft, officer):
    document = request_printing(draft(samples.consolidated_table(20, 25)), by=officer, at=NOW)

    request_printing(document, by=officer, at=NOW + dt.timedelta(minutes=6))

    assert acts().count("request_printing") == 2


def test_a_print_of_what_has_changed_meanwhile_is_thrown_away(draft, officer):
    document = request_printing(draft(samples.consolidated_table(20, 25)), by=officer, at=NOW)
    old_key = document.print_key
    document = refresh_document(document, paper=samples.consolidated_table(20, 26), by=officer)
    request_printing(document, by=officer, at=NOW)

    print_document(document_id=document.pk, key=old_key, by_id=officer.pk, at=NOW.isoformat())

    document.refresh_from_db()
    assert (document.printing, document.pdf) == ("queued", None)


def test_a_machine_that_cannot_print_leaves_the_sentence_on_the_paper(draft, officer, monkeypatch):
    monkeypatch.setattr(printing, "missing_packages", lambda: ("fonts-liberation2",))

    document = request_printing(draft(), by=officer, at=NOW)

    assert (document.printing, document.pdf) == ("failed", None)
    assert "sudo apt-get install fonts-liberation2" in document.print_error


def test_content_survives_the_database_unchanged(draft):
    document = draft(samples.report(draft=False), kind=Document.Kind.SUMMARY_REPORT)

    document.refresh_from_db()
    assert json.dumps(document.content, sort_keys=True) == json.dumps(
        json.loads(json.dumps(document.content)), sort_keys=True
    )
    assert document.key == Document.objects.get(pk=document.pk).key


@pytest.mark.django_db(transaction=True)
def test_the_worker_prints_what_waits_in_its_queue(draft, officer):
    document = request_printing(draft(samples.consolidated_table(20, 25)), by=officer, at=NOW)

    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)

    document.refresh_from_db()
    assert (document.printing, document.has_fresh_pdf) == ("done", True)
    assert acts() == ["draft_document", "request_printing", "print_document"]
