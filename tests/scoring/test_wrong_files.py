"""A wrong file of criteria, on the page and to the command: each row named, a plain sentence, nothing written."""

import csv
import io
import unicodedata
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import CommandError
from django.test import Client
from openpyxl import Workbook

from blocs.models import LogEntry
from scoring.models import CriteriaTable, Criterion
from tests.cast import make_cast
from tests.scoring.blocs import CRITERIA, run
from tests.scoring.test_import_criteria import three_levels

pytestmark = pytest.mark.django_db
URL = "/khoi/mnpb/2024/cham-diem/bang-tieu-chi/nhap/"
HEADERS = "Mã,Mã cha,Tên,Điểm tối đa,Loại,Cách chấm,Tham số"


def text_file(text, encoding="utf-8"):
    return text.encode(encoding)


def workbook(*rows, formulas=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, formula in (formulas or {}).items():
        book.active[place] = formula
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb():
    """A workbook whose sheet says it unpacks to 200 MB of zeros."""
    plain, packed = io.BytesIO(workbook(HEADERS.split(","))), io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part, source.read(part))
        target.writestr("xl/media/zeros.bin", bytes(200 * 1024 * 1024))
    return packed.getvalue()


def with_macros():
    plain, packed = io.BytesIO(workbook(HEADERS.split(","))), io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            target.writestr(part, source.read(part))
        target.writestr("xl/vbaProject.bin", b"macro")
    return packed.getvalue()


def ten_thousand_rows():
    return text_file(HEADERS + "\n" + "\n".join(f"T{number},,Tiêu chí,1,,," for number in range(10_000)))


WRONG = {
    "a column is missing": ("bang.csv", text_file("Mã,Tên\nI,Một\n"), ["Điểm tối đa"]),
    "a code stands twice": (
        "bang.csv", text_file(f"{HEADERS}\nI,,Một,1,,,\nI,,Hai,1,,,\n"), ["Dòng 2", "mã I có 02 lần"],
    ),
    "text in a number": (
        "bang.csv", text_file(f"{HEADERS}\nI,,Một,mười,,,\nII,,Hai,1,,,\nIII,,Ba,hai mươi,,,\n"),
        ["Dòng 2", "“mười” không phải là số", "Dòng 4", "“hai mươi” không phải là số"],
    ),
    "a group is not the sum of its rows": (
        "bang.csv", text_file(f"{HEADERS}\nI,,Nhóm,10,,,\nI.1,I,Một,4,,,\nI.2,I,Hai,5,,,\n"),
        ["Dòng 2", "điểm tối đa của nhóm (10) khác tổng các tiêu chí con (9)"],
    ),
    "ten thousand rows": ("bang.csv", ten_thousand_rows(), ["quá 1000 dòng"]),
    "a bomb": ("bang.xlsx", bomb(), ["dung lượng sau khi giải nén quá lớn"]),
    "a workbook for macros": ("bang.xlsm", with_macros(), ["có thể chứa macro"]),
    "macros under another name": ("bang.xlsx", with_macros(), ["có chứa macro"]),
    "a formula without a value": (
        "bang.xlsx", workbook(HEADERS.split(","), ["I", "", "Một", 1, "", "", ""], formulas={"D2": "=1+1"}),
        ["Dòng 2", "Điểm tối đa", "công thức"],
    ),
    "another encoding": ("bang.csv", text_file("code,title,max_points\nI,Khí tài,1\n", "cp1252"), ["không phải UTF-8"]),
    "an old Excel": ("bang.xls", b"\xd0\xcf\x11\xe0" + bytes(600), ["dạng Excel cũ"]),
    "not Excel at all": ("bang.xlsx", b"%PDF-1.7\n", ["không phải Excel"]),
}  # fmt: skip


@pytest.fixture
def cast(settings):
    """It is 05/12/2024; the year has no table yet."""
    settings.DEMO_TODAY = "2024-12-05"
    return make_cast(3)


@pytest.fixture
def page(cast):
    """The browser of an officer of the unit that leads."""
    client = Client()
    client.force_login(cast.officers["BQL-1"])
    return client


def upload(page, name, content):
    return page.post(URL, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("wrong", WRONG)
def test_the_page_names_what_is_wrong_and_writes_nothing(page, wrong):
    name, content, sentences = WRONG[wrong]
    lines = LogEntry.objects.count()

    answer = upload(page, name, content)

    said = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert [sentence for sentence in sentences if sentence.removeprefix("Dòng ") not in said] == []
    assert "kept" not in answer.context or not answer.context["token"]
    assert (CriteriaTable.objects.count(), LogEntry.objects.count()) == (0, lines)


@pytest.mark.parametrize("wrong", WRONG)
def test_the_command_names_what_is_wrong_and_writes_nothing(cast, tmp_path, wrong):
    name, content, sentences = WRONG[wrong]
    (tmp_path / name).write_bytes(content)
    lines = LogEntry.objects.count()

    with pytest.raises(CommandError) as refused:
        run("import_criteria", str(tmp_path / name), year=cast.year)

    assert [sentence for sentence in sentences if sentence not in str(refused.value)] == []
    assert refused.value.returncode == 1
    assert (CriteriaTable.objects.count(), LogEntry.objects.count()) == (0, lines)


def test_decomposed_letters_are_taken_and_kept_composed(page):
    rows = unicodedata.normalize("NFD", f"{HEADERS}\nI,,Xúc tiến đầu tư và hậu kiểm,5,,,\n")

    preview = upload(page, unicodedata.normalize("NFD", "bảng tiêu chí.csv"), rows.encode())
    saved = page.post(URL, {"kept": preview.context["token"]})

    assert (preview.status_code, saved.status_code) == (200, 303)
    assert Criterion.objects.get().title == unicodedata.normalize("NFC", "Xúc tiến đầu tư và hậu kiểm")


def test_a_table_of_three_levels_sixty_leaves_and_every_method_comes_in_through_the_page(page):
    out = io.StringIO()
    csv.writer(out).writerows([CRITERIA, *three_levels()])

    preview = upload(page, "bang-1000-diem.csv", out.getvalue().encode())
    page.post(URL, {"kept": preview.context["token"]})

    leaves = Criterion.objects.exclude(method="")
    assert preview.status_code == 200
    assert (leaves.count(), sum(leaf.max_points for leaf in leaves)) == (60, 1000)
    assert leaves.values("method").distinct().count() == 7
    assert {leaf.parent.parent.code for leaf in leaves.select_related("parent__parent")} == {"1", "2", "3", "4", "5"}


def test_a_file_that_was_faultless_in_the_preview_is_read_anew_before_it_is_saved(page, cast):
    preview = upload(page, "bang.csv", text_file(f"{HEADERS}\nI,,Một,1,,,\n"))
    other = Client()
    other.force_login(cast.officers["BQL-2"])

    foreign = other.post(URL, {"kept": preview.context["token"]})
    forged = page.post(URL, {"kept": preview.context["token"] + "x"})

    assert (foreign.status_code, forged.status_code) == (403, 409)
    assert not CriteriaTable.objects.exists()
