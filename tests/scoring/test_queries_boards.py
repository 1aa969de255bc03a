"""What is shown to whom, and what it costs with 1 and with 68 members."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.gathering import consolidated_tables, score_sheet
from scoring.models import SelfAssessment
from scoring.queries import archive_part, consolidated, review_stage, stage_figures, standings, tasks_for
from scoring.queries import stage as stage_of
from tests.cast import make_cast
from tests.scoring.blocs import CRITERIA, RESULTS, csv_file, make_year, run
from tests.scoring.stage import DUE, LATER, NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def seen_by(user, at):
    rows = SelfAssessment.objects.visible_to(user, at)
    return sorted(rows.values_list("membership__position", flat=True))


def test_claims_of_others_are_hidden_until_the_deadline_and_shown_after(stage):
    stage.send_all()

    assert seen_by(stage.officer(3), DUE) == [3]
    assert seen_by(stage.officer(3), LATER) == [1, 2, 3]


def test_a_year_may_show_claims_at_once(stage):
    stage.send_all()
    stage.year.hides_claims_until_due = False
    stage.year.save()

    assert seen_by(stage.officer(3), NOW) == [1, 2, 3]


def test_leader_deputy_and_authority_see_what_was_sent_and_no_draft(stage):
    stage.send(1)
    stage.fill(3)

    assert seen_by(stage.officer(1), NOW) == [1]
    assert seen_by(stage.officer(2), NOW) == [1]
    assert seen_by(stage.cast.official, NOW) == [1]
    assert seen_by(stage.officer(3), NOW) == [3]


def test_agreed_scores_are_shown_to_all_members(stage):
    stage.finalise_all()

    assert seen_by(stage.officer(3), NOW) == [1, 2, 3]


def test_another_bloc_sees_nothing(stage):
    stage.finalise_all()
    foreign = make_cast(2, prefix="x")

    assert seen_by(foreign.officers["BQL-1"], LATER) == []
    assert seen_by(foreign.official, LATER) == []


def test_a_successor_reads_what_its_predecessor_claimed(stage):
    stage.send(3)
    unit = stage.cast.units["BQL-3"]
    unit.successor = make_cast(1, prefix="y").units["BQL-1"]
    unit.save()

    assert seen_by(unit.successor.posts.first().user, NOW) == [3]


def test_the_board_prints_every_figure_and_adds_up(stage):
    stage.send_all()

    board = consolidated(stage.year, viewer=None, at=NOW)

    rows = {row.code or row.title: row for row in [*board.rows, *board.closing]}
    assert board.label == "Điểm tự chấm"
    assert [member.short_name for member in board.members] == ["Thái Nguyên", "Tuyên Quang", "Bắc Giang"]
    assert rows["I.1"].cells == ("9,00", "9,00", "9,00")
    assert (rows["I"].maximum, rows["I"].depth, rows["I.1"].depth) == ("20,00", 0, 1)
    assert rows["Cộng điểm chuẩn"].cells[0] == "31,00"
    assert rows["Tổng điểm"].cells[0] == "32,00"
    assert rows["Thứ hạng"].cells == ("1 (đồng hạng)",) * 3
    assert rows["Xếp loại"].cells[0] == "Tốt"


def test_the_board_hides_columns_that_the_viewer_may_not_see(stage):
    stage.send_all()

    board = consolidated(stage.year, viewer=stage.officer(3), at=NOW)

    assert [member.is_hidden for member in board.members] == [True, True, False]
    assert board.rows[1].cells == ("", "", "9,00")
    assert board.closing[-2].cells[:2] == ("", "")


def test_a_bonus_above_the_cap_is_noted(stage):
    stage.send(3, III_1={"count": "2"})

    board = consolidated(stage.year, viewer=None, at=NOW)

    rows = {row.code or row.title: row for row in [*board.rows, *board.closing]}
    assert (rows["III"].cells[2], rows["Điểm thưởng"].cells[2]) == ("2,00", "1,00")
    assert "Điểm thưởng tính không quá 1,00 điểm." in board.notes


def test_stages_count_sent_and_reviewed(stage):
    stage.send(1)
    stage.send(2)
    stage.membership(1)

    sent, reviewed = stage_of(stage.year), review_stage(stage.year)

    assert (sent.label, sent.done, sent.of, sent.note) == ("Tự chấm điểm", 2, 3, "2/3, hạn 17:00 ngày 15/12")
    assert (reviewed.label, reviewed.done, reviewed.of, reviewed.state) == ("Thẩm định", 0, 3, "now")


def test_annotated_years_tell_their_stages_without_a_query(stage, django_assert_num_queries):
    year = type(stage.year).objects.annotate(**stage_figures()).get(pk=stage.year.pk)

    with django_assert_num_queries(0):
        assert (stage_of(year).of, review_stage(year).of) == (3, 3)


def titles(user, year):
    return [(task.title, task.button, task.waiting_for) for task in tasks_for(user, year, TODAY)]


def test_tasks_follow_the_way_of_the_table(stage):
    assert titles(stage.officer(3), stage.year) == [("Lập bảng tự chấm điểm năm 2024", "Lập bảng", "")]

    stage.fill(3)
    assert titles(stage.officer(3), stage.year) == [("Hoàn thành bảng tự chấm điểm năm 2024", "Chấm điểm", "")]


def test_a_sent_table_is_a_task_for_its_reviewer_and_waits_for_the_unit(stage):
    stage.send(3)

    assert titles(stage.officer(3), stage.year) == [("Bảng tự chấm điểm năm 2024", "", "đơn vị thẩm định")]
    assert ("Thẩm định: Bắc Giang", "Thẩm định", "") in titles(stage.head(1), stage.year)
    assert ("Thẩm định: Bắc Giang", "Thẩm định", "") in titles(stage.head(2), stage.year)


def test_the_leader_is_told_who_has_not_sent(stage):
    stage.send(2)

    waiting = [task for task in tasks_for(stage.head(1), stage.year, TODAY) if task.waiting_for and not task.button]

    assert [(task.note, task.waiting_for) for task in waiting] == [
        ("Còn 02/03 đơn vị chưa gửi.", "Thái Nguyên, Bắc Giang")
    ]


def test_the_archive_holds_every_layer_and_the_standings(stage):
    stage.finalise_all()

    part = archive_part(stage.year)

    assert len(part["scores"]) == 27
    assert [row["total"] for row in part["standings"]] == ["32.00"] * 3


def test_papers_say_the_same_figures_as_the_standings(stage):
    stage.finalise_all()

    paper, sheet = consolidated_tables(stage.year), score_sheet(stage.membership(3).assessment)

    shown = next(row for row in paper.tables[-1].closing if row.role == "total")
    assert shown.points == tuple(row.printed["total"] for row in standings(stage.year).rows)
    assert (sheet.total, sheet.total_in_words, sheet.grade) == ("32,00", "ba mươi hai", "Tốt")
    assert sheet.lines[1].evidence == ("Báo cáo",)
    assert paper.demo


def big_year(tmp_path, members):
    table = [["1", "", "Nhóm", "", "", "", ""]]
    table += [[f"1.{number}", "1", f"Tiêu chí {number}", "5", "", "RATIO", ""] for number in range(1, 59)]
    table += [["1.59", "1", "So với Khối", "5", "", "RELATIVE", ""], ["1.60", "1", "Chấm", "5", "", "POINTS", ""]]
    units = [f"DV-{members}-{number}" for number in range(members)]
    year = make_year(units)
    run("import_criteria", csv_file(tmp_path, "criteria.csv", CRITERIA, table), year=year)
    rows = [
        [
            unit,
            row[0],
            *(["", "", "", "", "", "", "4"] if row[5] == "POINTS" else ["100", "90", "", "", "", "", ""]),
            "",
            "3",
            "4",
            "lý do",
        ]
        for unit in units
        for row in table[1:]
    ]
    run("import_assessments", csv_file(tmp_path, "results.csv", RESULTS, rows), year=year)
    return year


@pytest.mark.parametrize(
    "read",
    [
        lambda year: standings(year, "agreed"),
        lambda year: consolidated(year, "agreed", viewer=None, at=NOW),
        consolidated_tables,
        lambda year: score_sheet(year.memberships.first().assessment),
    ],
    ids=["standings", "board", "paper", "sheet"],
)
def test_a_bloc_of_68_costs_as_many_queries_as_one_of_1(tmp_path, read):
    counts = []
    for members in (1, 68):
        year = big_year(tmp_path, members)
        with CaptureQueriesContext(connection) as queries:
            read(year)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_standings_cost_four_queries(stage, django_assert_num_queries):
    stage.send_all()

    with django_assert_num_queries(4):
        standings(stage.year)


def test_tasks_cost_the_same_for_every_size(stage, django_assert_max_num_queries):
    stage.send_all()
    user = stage.head(1)
    tasks_for(user, stage.year, TODAY)

    with django_assert_max_num_queries(3):
        tasks_for(user, stage.year, TODAY + dt.timedelta(days=0))
