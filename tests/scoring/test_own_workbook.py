"""The self-assessment by Excel: what is taken along comes back unchanged, and only chosen cells are written."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from scoring.actions.filling import record_figure, start_assessment
from scoring.actions.merging import ChangedSincePreview, merge_own_file
from scoring.models import FieldChange, Score
from scoring.queries.claims import claim_book
from scoring.sheets.own import own_workbook, read_own, texts_of
from tests.scoring.stage import NOW
from tests.scoring.wide import fill_every_field, wide_assessment

pytestmark = pytest.mark.django_db


def every_text(assessment):
    book = claim_book(assessment)
    return {row.code: texts_of(book, row) for row in book.leaves}


def edited(content, **cells):
    """Return the workbook with cells of the first sheet replaced: {"1.1.1": {"Thực hiện": 5}}."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    headers = [cell.value for cell in page[1]]
    for line in page.iter_rows(min_row=2):
        for header, value in cells.get(line[0].value, {}).items():
            cell = line[headers.index(header)]
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type  # text, whatever it begins with
    out = io.BytesIO()
    book.save(out)
    return out


def merge_all(assessment, file):
    return merge_own_file(assessment, file, chosen={cell.key for cell in file.cells}, basis=file.basis, by=None, at=NOW)


def test_forty_criteria_with_every_field_come_back_unchanged():
    _, _, assessment = wide_assessment(40)
    fill_every_field(assessment)
    before = every_text(assessment)

    file = read_own(io.BytesIO(own_workbook(assessment)), "bang.xlsx", assessment, None)

    assert (file.faults, file.cells, file.criteria) == ((), (), 40)
    assert every_text(assessment) == before


def test_an_empty_sheet_filled_in_offline_gives_every_field_as_typed():
    cast, _, filled = wide_assessment(40)
    fill_every_field(filled)
    empty = start_assessment(cast.memberships["BQL-2"], by=None, at=NOW)
    page = load_workbook(io.BytesIO(own_workbook(filled))).worksheets[0]
    headers = [cell.value for cell in page[1]]
    typed = {
        line[0]: dict(zip(headers[6:], line[6:], strict=True)) for line in page.iter_rows(min_row=2, values_only=True)
    }

    file = read_own(edited(own_workbook(empty), **typed), "bang.xlsx", empty, None)
    merge_all(empty, file)

    assert file.faults == ()
    assert every_text(empty) == every_text(filled)


def test_a_changed_cell_is_shown_beside_what_stands_on_the_site_and_then_written(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "3,5")
    upload = edited(own_workbook(assessment), **{"I.2": {"Điểm": 4.25}, "I.3": {"Mức": "không"}})

    file = read_own(upload, "bang.xlsx", assessment, None)
    merge_all(assessment, file)

    assert [(cell.criterion.code, cell.label, *cell.shown) for cell in file.cells] == [
        ("I.2", "Điểm tự chấm", "3,5", "4,25"),
        ("I.3", "Mức đạt được", "(trống)", "Không đạt"),
    ]
    assert Score.objects.get(criterion=stage.criteria["I.2"]).points == Decimal("4.25")
    assert FieldChange.objects.filter(field="points").last().before == "3,5"


def test_an_empty_cell_keeps_what_stands_on_the_site(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "3,5")

    file = read_own(edited(own_workbook(assessment), **{"I.2": {"Điểm": None}}), "bang.xlsx", assessment, None)

    assert file.cells == ()


def test_a_cell_that_changed_on_the_site_too_is_a_conflict_and_one_untouched_in_the_file_is_left(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "3,5")
    stage.type(assessment, "II.2", "count", "3")
    upload = edited(own_workbook(assessment), **{"I.2": {"Điểm": 4}})
    record_figure(assessment, stage.criteria["I.2"], field="points", typed="5", by=None, at=NOW)
    record_figure(assessment, stage.criteria["II.2"], field="count", typed="4", by=None, at=NOW)

    file = read_own(upload, "bang.xlsx", assessment, None)

    assert [(cell.criterion.code, cell.present, cell.typed, cell.is_conflict) for cell in file.cells] == [
        ("I.2", "5", "4", True)
    ]


def test_only_chosen_cells_are_written(stage):
    assessment = stage.start(3)
    upload = edited(own_workbook(assessment), **{"I.2": {"Điểm": 4, "Giải trình": "Theo báo cáo"}})
    file = read_own(upload, "bang.xlsx", assessment, None)
    chosen = [cell.key for cell in file.cells if cell.field == "explanation"]

    written = merge_own_file(assessment, file, chosen=chosen, basis=file.basis, by=None, at=NOW)

    score = Score.objects.get(criterion=stage.criteria["I.2"])
    assert (written, score.points, score.explanation) == (1, None, "Theo báo cáo")


def test_a_change_between_preview_and_merge_stops_the_merge(stage):
    assessment = stage.start(3)
    content = edited(own_workbook(assessment), **{"I.2": {"Điểm": 4}})
    shown = read_own(content, "bang.xlsx", assessment, None)
    stage.type(assessment, "I.2", "points", "2")

    again = read_own(content, "bang.xlsx", assessment, None)

    with pytest.raises(ChangedSincePreview):
        merge_own_file(assessment, again, chosen=[cell.key for cell in again.cells], basis=shown.basis, by=None, at=NOW)


@pytest.mark.parametrize(
    ("cells", "row", "column", "word"),
    [
        ({"I.2": {"Điểm": 3.1}}, 3, "Điểm", "bội số"),
        ({"I.2": {"Điểm": "nhiều"}}, 3, "Điểm", "không phải là số"),
        ({"I.2": {"Thực hiện": 3}}, 3, "Thực hiện", "không dùng ô này"),
        ({"I.1": {"Kế hoạch": 50}}, 2, "Kế hoạch", "đã được duyệt là 100"),
        ({"II.1": {"Mức": "9"}}, 5, "Mức", "mức phải từ 1 đến 3"),
        ({"II.1": {"Mức": "cao"}}, 5, "Mức", "không phải một mức"),
        ({"I.2": {"Mã tiêu chí": "IX.9"}}, 3, "Mã tiêu chí", "bảng không có tiêu chí"),
        ({"I.2": {"Mã tiêu chí": "I.1"}}, 3, "Mã tiêu chí", "đã có ở dòng 2"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(stage, cells, row, column, word):
    assessment = stage.start(3)

    file = read_own(edited(own_workbook(assessment), **cells), "bang.xlsx", assessment, None)

    assert [(fault.row, fault.column) for fault in file.faults] == [(row, column)]
    assert word in file.faults[0].problem
    assert file.cells == ()


def test_a_locked_criterion_is_not_changed_by_a_file(stage):
    assessment = stage.start(3)
    upload = edited(own_workbook(assessment), **{"I.2": {"Điểm": 4}})

    file = read_own(upload, "bang.xlsx", assessment, frozenset({stage.criteria["I.1"].pk}))

    assert "đang khóa" in file.faults[0].problem
