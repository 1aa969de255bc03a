"""Papers as values: broken lines, packing, digests."""

import json

import pytest

from documents.papers import Letterhead, centred_lines, digest_of, pack, unpack
from tests.documents import samples

EVERY_PAPER = [
    samples.report,
    lambda: samples.report(draft=False),
    samples.consolidated_table,
    samples.score_sheet,
    samples.pledge,
    samples.minutes,
    samples.letter,
]


@pytest.mark.parametrize("sample", EVERY_PAPER)
def test_a_paper_kept_as_json_comes_back_the_same(sample):
    paper = sample()

    assert unpack(json.loads(json.dumps(pack(paper)))) == paper


def test_the_digest_changes_with_one_figure_and_with_nothing_else():
    first, second = pack(samples.score_sheet()), pack(samples.score_sheet())
    changed = json.loads(json.dumps(first))
    changed["total"] = "94,74"

    assert digest_of(first) == digest_of(second) == digest_of(json.loads(json.dumps(first)))
    assert digest_of(changed) != digest_of(first)


def test_a_long_title_is_broken_between_compounds():
    lines = centred_lines(samples.report().subject, 62)

    assert lines == (
        "Tổng kết công tác thi đua, khen thưởng năm 2023;",
        "phương hướng, nhiệm vụ năm 2024 của Khối thi đua Ban Quản lý",
        "các Khu công nghiệp các tỉnh Trung du và Miền núi phía Bắc",
    )


def test_an_agency_is_broken_before_its_province():
    assert centred_lines(samples.BOARD.format("Thái Nguyên"), 24) == (
        "Ban Quản lý",
        "các Khu công nghiệp",
        "tỉnh Thái Nguyên",
    )


def test_a_word_longer_than_the_line_is_left_whole():
    assert centred_lines("Nghĩa" * 20, 10) == ("Nghĩa" * 20,)


def test_nothing_to_break_is_nothing():
    assert centred_lines("", 10) == ()


def test_the_letterhead_leaves_room_for_what_is_not_known():
    head = Letterhead(issuer="Ban Quản lý", symbol="BC-BQLKCN", place="Thái Nguyên")

    assert head.number_line == "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-BQLKCN"
    assert head.date_line.split() == ["Thái", "Nguyên,", "ngày", "tháng", "năm"]


def test_a_paper_without_symbol_carries_no_number():
    assert Letterhead(issuer="Khối thi đua").number_line == ""


def test_issuing_fills_in_number_date_and_signer_and_nothing_else():
    paper = samples.report(draft=False)

    issued = paper.issued(number="05", dated="ngày 08 tháng 01 năm 2024", signer=samples.DEPUTY)

    assert issued.letterhead.number_line == "Số: 05/BC-BQLKCN"
    assert issued.signers == (samples.DEPUTY,)
    assert pack(issued) | {"letterhead": 0, "signers": 0} == pack(paper) | {"letterhead": 0, "signers": 0}


def test_a_report_counts_the_cells_of_its_annexes():
    assert (
        samples.report().cells
        == samples.score_table().cells + samples.targets_table().cells + samples.awards_table().cells
    )
