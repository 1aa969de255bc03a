"""What a paper needs before it goes out: sums that add up, a capacity that exists, the next number, grounds of its day."""

import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps

from blocs.models import Provision
from documents.actions import (
    FiguresDiffer,
    Signature,
    SignatureRefused,
    record_signature,
    request_printing,
    submit_for_signature,
)
from documents.forms import SignatureForm
from documents.papers import capacity_lines, faults, wrong_capacity
from documents.papers.wording import SHIPPED, compose, unknown_fields
from documents.printing import paper_html
from documents.queries import grounds_for, next_number
from tests.cast import TODAY
from tests.documents import samples
from tests.documents.conftest import NOW
from tests.documents.test_actions import issued, signed


def wrong_total():
    table = samples.consolidated_table(3, 5)
    (scores,) = table.tables
    closing = tuple(
        replace(row, points=("108,00", *row.points[1:])) if row.role == "total" else row for row in scores.closing
    )
    return replace(table, tables=(replace(scores, closing=closing),))


def test_a_table_that_adds_up_has_no_faults():
    assert [faults(sample()) for sample in samples.EVERY_PAPER] == [()] * len(samples.EVERY_PAPER)


def test_a_total_that_is_not_the_sum_is_named():
    assert faults(wrong_total()) == ("Đơn vị 01: tổng điểm 108,00 khác 101,50 (điểm chuẩn + điểm thưởng - điểm trừ)",)


def test_a_group_that_is_not_the_sum_of_its_leaves_is_named():
    table = samples.consolidated_table(3, 5)
    (scores,) = table.tables
    rows = (replace(scores.rows[0], points=("99,99", *scores.rows[0].points[1:])), *scores.rows[1:])

    (fault,) = faults(replace(table, tables=(replace(scores, rows=rows),)))

    assert fault.startswith("Đơn vị 01: nhóm N1 ghi 99,99")


def test_figures_that_do_not_add_up_are_neither_printed_nor_sent_for_signature(draft):
    document = draft(wrong_total())

    with pytest.raises(FiguresDiffer, match="108,00"):
        request_printing(document, by=None, at=NOW)
    with pytest.raises(FiguresDiffer, match="108,00"):
        submit_for_signature(document, by=None)


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        ("head", ("TRƯỞNG BAN",)),
        ("deputy", ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        ("acting", ("Q. TRƯỞNG BAN",)),
        ("office", ("TL. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG")),
        ("office_deputy", ("TL. TRƯỞNG BAN", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")),
        ("special", ("TUQ. TRƯỞNG BAN", "TRƯỞNG PHÒNG")),
        ("bloc", ("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI")),
        ("bloc_deputy", ("TM. KHỐI THI ĐUA", "KT. TRƯỞNG KHỐI", "PHÓ TRƯỞNG KHỐI")),
    ],
)
def test_the_block_of_each_capacity(case, lines):
    assert capacity_lines(case, post="Trưởng phòng") == lines
    assert wrong_capacity(lines, "B" if "bloc" in case else "A") == ""


def test_a_board_never_signs_on_behalf_of_itself(draft):
    document = submit_for_signature(draft(), by=None)
    signature = Signature(capacity="TM. BAN QUẢN LÝ\nTRƯỞNG BAN", signed_on=TODAY)

    with pytest.raises(SignatureRefused, match="chế độ thủ trưởng"):
        record_signature(document, signature=signature, by=None, at=NOW)


def test_a_chosen_case_fills_in_the_lines():
    form = SignatureForm({"case": "deputy", "signed_on": "05/12/2024", "manner": "by_hand"}, head="Giám đốc")

    assert form.is_valid()
    assert form.signature.lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


def test_the_next_number_counts_on_in_its_own_series(draft):
    first = next_number(draft(), TODAY)
    issued(draft(about="a"), "7")
    other = replace(samples.letter(), letterhead=samples.letterhead("TB-BQLKCN"))

    assert (first, next_number(draft(about="b"), TODAY)) == ("01", "08")
    assert next_number(draft(other, about="c"), TODAY) == "01"
    assert next_number(signed(draft(about="d")), dt.date(2025, 1, 2)) == "01"


def test_grounds_are_those_in_force_on_the_date_of_the_paper(db):
    Provision.objects.filter(topic="grounds").delete()
    import_module("documents.migrations.0004_first_grounds").write(apps, None)  # what a new place is given

    assert grounds_for("pledge", dt.date(2023, 6, 1)) == (
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003.",
    )
    assert grounds_for("pledge", TODAY) == ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022.",)


def letter(key, body=None, **facts):
    wording = SHIPPED[key]
    return compose(wording, wording.body if body is None else body, facts, letterhead=samples.letterhead("BQLKCN-VP"))


def test_the_smaller_letters_say_what_the_field_says():
    reminder = letter("reminder", thoi_diem="ngày 16", ho_so="bảng tự chấm điểm", han="ngày 15", han_moi="ngày 18")
    notice = letter("decision_notice", nam="2023", khoi="Khối", chua_duoc="Ban D; lý do: hết số lượng")
    bare = letter("decision_notice", nam="2023", khoi="Khối")

    assert reminder.about == "V/v đôn đốc gửi bảng tự chấm điểm"
    assert "chưa nhận được bảng tự chấm điểm của quý đơn vị (thời hạn: ngày 15)" in reminder.sections[0].paragraphs[0]
    assert notice.subject == "Kết quả khen thưởng năm 2023 đối với Khối"
    assert (len(notice.sections[0].paragraphs), len(bare.sections[0].paragraphs)) == (3, 2)
    assert bare.sections[0].paragraphs[-1] == "Trân trọng thông báo đến các đơn vị./."


def test_every_shipped_text_names_only_fields_it_has():
    assert [unknown_fields(one.subject + one.body, one) for one in SHIPPED.values()] == [()] * len(SHIPPED)


def test_what_stands_in_a_fact_is_never_a_field_and_markup_is_text():
    hostile = "{don_vi} [nếu: nam]x[hết] {{ settings.SECRET_KEY }} {% load x %} <img src=http://example.test/x>"

    body = letter("reminder", "{ho_so}", ho_so=hostile, don_vi="BÍ MẬT").sections[0].paragraphs[0]
    html = paper_html(letter("reminder", hostile, don_vi="Ban A", nam="2023"))

    assert body == hostile
    assert "&lt;img src=http://example.test/x&gt;" in html
    assert "{{ settings.SECRET_KEY }}" in html


def test_a_field_nobody_knows_is_named():
    assert unknown_fields("{nam} {mat_khau} [nếu: la]x[hết]", SHIPPED["request"]) == ("mat_khau", "la")
