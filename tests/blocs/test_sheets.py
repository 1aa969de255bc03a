"""Reading the tables people bring and writing those they take."""

import datetime as dt
import io
import unicodedata
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from blocs.sheets import Column, Sheet, SheetRefused, read_table, template, write_csv, write_xlsx

COLUMNS = (
    Column("code", "Mã", (), "code", required=True, longest=10),
    Column("title", "Tên đơn vị", ()),
    Column("amount", "Điểm tối đa", ("max points",), "number"),
    Column("plus", "Số lần", (), "whole"),
    Column("wanted", "Bắt buộc", (), "yes_no"),
    Column("on", "Ngày", (), "date"),
)


def csv_reading(text, name="bang.csv", encoding="utf-8"):
    return read_table(io.BytesIO(text.encode(encoding)), name, COLUMNS)


def xlsx_reading(*rows, name="bang.xlsx", formulas=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, formula in (formulas or {}).items():
        book.active[place] = formula
    out = io.BytesIO()
    book.save(out)
    return read_table(out, name, COLUMNS)


def faults(reading):
    return [(fault.row, fault.column, fault.problem) for fault in reading.faults]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_under_which_the_headers_are_known(delimiter):
    reading = csv_reading(delimiter.join(["Mã", "Tên đơn vị"]) + "\n" + delimiter.join(["I", "Một"]) + "\n")

    assert reading.lines[0].values["title"] == "Một"


def test_semicolons_inside_a_comma_file_do_not_mislead():
    reading = csv_reading('code,title\nI,"a;b;c"\n')

    assert reading.lines[0]["title"] == "a;b;c"


def test_a_sep_line_names_the_delimiter():
    assert csv_reading("sep=;\r\ncode;title\r\nI;a\r\n").lines[0]["title"] == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_or_without_a_mark(encoding):
    assert csv_reading("Mã,Tên đơn vị\nI,Hòa Bình\n", encoding=encoding).lines[0]["title"] == "Hòa Bình"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_another_encoding_is_refused_with_what_to_do(encoding):
    with pytest.raises(SheetRefused, match="Lưu lại dạng CSV UTF-8 hoặc xlsx"):
        csv_reading("code,title\nI,khí tài\n", encoding=encoding)


def test_quotes_and_line_breaks_in_cells_follow_rfc_4180():
    reading = csv_reading('code,title\nI,"dòng một\r\n""dòng hai"""\nII,b\n')

    assert [line["title"] for line in reading.lines] == ['dòng một\n"dòng hai"', "b"]
    assert [line.row for line in reading.lines] == [2, 3]


def test_headers_are_known_without_case_spaces_or_one_form_of_letters():
    header = unicodedata.normalize("NFD", " TÊN\u00a0đơn  vị ")

    assert csv_reading(f"MÃ,{header}\nI,a\n").lines[0]["title"] == "a"


def test_text_is_kept_in_one_form_of_letters():
    reading = csv_reading(f"code,title\nI,{unicodedata.normalize('NFD', 'Tuyên Quang')}\n")

    assert reading.lines[0]["title"] == "Tuyên Quang"


def test_unknown_columns_are_named_and_left_aside():
    reading = csv_reading("code,Ghi chú,title\nI,x,a\n")

    assert reading.unknown == ["Ghi chú"]
    assert reading.lines[0]["title"] == "a"


def test_a_missing_column_is_a_fault_of_the_header_row():
    assert faults(csv_reading("title,Ngày\na,\n")) == [(1, "Mã", "thiếu cột này")]


def test_a_column_given_twice_is_a_fault():
    assert faults(csv_reading("code,Mã,title\nI,I,a\n")) == [(1, "Mã", "cột này có hai lần")]


def test_a_file_without_known_headers_is_refused():
    with pytest.raises(SheetRefused, match="Không thấy dòng tiêu đề"):
        csv_reading("a,b\n1,2\n")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("9,5", "9.5"), ("9.5", "9.5"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("0,500", "0.500"), ("1500", "1500"),
     ("-2", "-2"), ("1.234.567", "1234567")],
)  # fmt: skip
def test_numbers_take_a_comma_or_a_point(typed, amount):
    assert csv_reading(f'code,amount\nI,"{typed}"\n').lines[0]["amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "word"), [("1.500", "viết 1500 hoặc 1,5"), ("1,500", "viết 1500"), ("mười", "không phải là số")]
)
def test_a_number_that_reads_two_ways_or_none_is_a_fault_of_its_cell(typed, word):
    fault = csv_reading(f'code,amount\nI,"{typed}"\n').faults[0]

    assert (fault.row, fault.column) == (2, "Điểm tối đa")
    assert word in fault.problem


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("có", True), ("X", True), ("1", True), ("yes", True), ("", False), ("Không", False), ("0", False)],
)
def test_yes_and_no_are_said_in_many_ways(typed, wanted):
    assert csv_reading(f"code,wanted\nI,{typed}\n").lines[0]["wanted"] is wanted


@pytest.mark.parametrize("typed", ["05/12/2024", "5/12/2024", "2024-12-05"])
def test_dates_are_vietnamese_or_iso(typed):
    assert csv_reading(f"code,Ngày\nI,{typed}\n").lines[0]["on"] == dt.date(2024, 12, 5)


@pytest.mark.parametrize(
    ("header", "typed", "problem"),
    [("Ngày", "31/02/2024", "“31/02/2024” không phải là ngày"), ("Số lần", "1.5", "“1,5” không phải là số nguyên"),
     ("Bắt buộc", "có lẽ", "“có lẽ” không rõ là có hay không"), ("Mã", "I.1.2.3.4.5.6", "dài 13 ký tự")],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_and_column(header, typed, problem):
    other = "Tên đơn vị" if header == "Mã" else "Mã"

    reading = csv_reading(f"{header},{other}\n{typed},I\n")

    assert faults(reading) == [(2, header, problem)]


def test_number_cells_are_the_decimals_that_excel_shows():
    reading = xlsx_reading(["code", "amount"], ["I", 0.1 + 0.2], ["II", 1 / 3], ["III", 1500])

    assert [line["amount"] for line in reading.lines] == [Decimal("0.3"), Decimal("0.333333333333333"), Decimal(1500)]


def test_a_code_in_a_number_cell_is_a_fault_because_1_10_became_1_1():
    assert faults(xlsx_reading(["code", "title"], [1.10, "a"])) == [(2, "Mã", "mã “1.1” là ô số hoặc ô ngày")]


def test_a_formula_without_a_kept_value_is_a_fault():
    reading = xlsx_reading(["code", "amount"], ["I", None], formulas={"B2": "=1+1"})

    assert faults(reading) == [(2, "Điểm tối đa", "ô công thức chưa có giá trị")]


def test_text_that_looks_like_a_formula_is_text():
    book = Workbook()
    book.active.append(["code", "title"])
    book.active.append(["I", "x"])
    book.active["B2"].value = "=1+1"
    book.active["B2"].data_type = "s"
    out = io.BytesIO()
    book.save(out)

    assert read_table(out, "a.xlsx", COLUMNS).lines[0]["title"] == "=1+1"


def test_a_date_cell_where_a_number_is_expected_is_a_fault():
    reading = xlsx_reading(["code", "amount"], ["I", dt.date(2024, 2, 1)])

    assert faults(reading) == [(2, "Điểm tối đa", "“01/02/2024” là ngày, không phải là số")]


def test_title_lines_above_the_header_and_empty_rows_do_not_matter():
    reading = xlsx_reading(["Bảng tiêu chí năm 2024"], [], ["code", "title"], ["I", "a"], [], ["II", "b"])

    assert [(line.row, line["code"]) for line in reading.lines] == [(4, "I"), (6, "II")]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("bang.xlsm", b"PK\x03\x04", "macro"),
        ("bang.xls", b"\xd0\xcf\x11\xe0", "Excel cũ"),
        ("bang.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel cũ"),
        ("bang.xlsx", b"code,title\n", "nội dung không phải Excel"),
        ("bang.xlsx", b"PK\x03\x04 hong", "bị hỏng"),
        ("bang.csv", b'code,title\n"I,a\n', "dấu ngoặc kép"),
    ],
)
def test_a_file_of_the_wrong_kind_gets_a_sentence(name, content, word):
    with pytest.raises(SheetRefused, match=word):
        read_table(io.BytesIO(content), name, COLUMNS)


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * (101 * 1024 * 1024)})

    with pytest.raises(SheetRefused, match="giải nén quá lớn"):
        read_table(bomb, "bang.xlsx", COLUMNS)


def test_a_macro_inside_an_xlsx_is_refused():
    with pytest.raises(SheetRefused, match="macro"):
        read_table(zipped({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), "bang.xlsx", COLUMNS)


def test_more_rows_than_anybody_needs_are_refused():
    with pytest.raises(SheetRefused, match="quá 20000 dòng"):
        csv_reading("code,title\n" + "I,a\n" * 20_001)


def test_what_we_write_reads_back_and_is_never_a_formula():
    content = write_xlsx(
        [Sheet("Bảng", ["code", "title", "amount"], [("I", "=HYPERLINK(1)", Decimal("9.50"))], decimals=2)]
    )

    cell = load_workbook(io.BytesIO(content)).active["B2"]
    reading = read_table(io.BytesIO(content), "a.xlsx", COLUMNS)

    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")
    assert (reading.lines[0]["title"], reading.lines[0]["amount"]) == ("=HYPERLINK(1)", Decimal("9.5"))


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5 xã", "@ai", "\tthụt"])
def test_csv_text_that_a_spreadsheet_would_run_is_guarded_and_read_back(text):
    written = write_csv(["code", "title"], [("I", text)])

    assert f"'{text}" in written
    assert csv_reading(written).lines[0]["title"] == text.strip()


def test_a_template_is_read_by_its_own_columns():
    reading = read_table(io.BytesIO(template(COLUMNS, "Mẫu")), "mau.xlsx", COLUMNS)

    assert (reading.faults, reading.unknown, len(reading.present)) == ([], [], 6)


def test_the_one_required_column_is_enough_of_a_header():
    columns = (Column("unit", "Đơn vị", required=True), Column("role", "Vai trò"))

    reading = read_table(io.BytesIO("Danh sách năm 2024\nĐơn vị\nBQL-1\nBQL-2\n".encode()), "don-vi.csv", columns)

    assert [line["unit"] for line in reading.lines] == ["BQL-1", "BQL-2"]
