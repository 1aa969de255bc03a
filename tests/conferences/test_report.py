import datetime as dt

import pytest

from awards.models import Award
from blocs.actions.years import YearClosed
from blocs.clock import at
from blocs.models import BlocYear, Guidance, LogEntry
from blocs.text import number
from conferences.actions.elections import conclude_election
from conferences.actions.reports import (
    AlreadySent,
    ChangedMeanwhile,
    NoSuchSection,
    ScoresStillHidden,
    draft_report,
    issue_report,
    write_section,
)
from conferences.gathering import checks_of, editor_parts, gather_report
from conferences.papers import chapters, named_together
from conferences.queries.reports import report_papers
from documents.actions import submit_for_signature
from documents.models import Document
from documents.papers import digest_of, pack
from scoring.queries.standings import standings
from tests.awards.stage import propose
from tests.awards.stage import vote as vote_on_awards
from tests.conferences.stage import HELD_ON, LATER, begin, make_conference, make_election, seat, vote
from tests.scoring.stage import DUE, NOW, Stage

pytestmark = pytest.mark.django_db

AFTER = DUE + dt.timedelta(days=1)


@pytest.fixture
def scored():
    stage = Stage(3)
    stage.send(1)
    stage.send(2, I_1={"actual": "120"}, I_2={"points": "5"})
    stage.send(3, I_1={"actual": "60"})
    return stage


@pytest.fixture
def finalised():
    stage = Stage(3)
    stage.finalise_all()
    return stage


def test_the_figures_of_the_report_equal_the_standings(scored):
    report = gather_report(scored.year, final=False)

    table = standings(scored.year)
    totals = [row.total for row in table.rows]
    summary = report.scoring
    assert (summary.submitted, summary.members, summary.in_time) == ("03", "03", "03")
    assert summary.highest == number(max(totals), 2)
    assert summary.lowest == number(min(totals), 2)
    assert summary.mean == number(sum(totals) / 3, 2)


def test_the_annexed_table_prints_the_totals_and_ranks_of_the_standings(scored):
    report = gather_report(scored.year, final=False)

    scores = report.annexes[0].scores
    closing = {row.role: row.points for row in scores.closing}
    printed = {row.short_name: row.printed for row in standings(scored.year).rows}
    assert closing["total"] == tuple(printed[name]["total"] for name in scores.members)
    assert closing["rank"] == tuple(printed[name]["rank"] for name in scores.members)


def test_one_annex_stands_for_each_layer_that_the_bloc_has_reached(finalised):
    report = gather_report(finalised.year, final=True)

    assert [(row.number, row.scores.layer) for row in report.annexes if row.scores] == [
        ("I.1", "Điểm tự chấm"),
        ("I.2", "Điểm thẩm định"),
        ("I.3", "Điểm thống nhất"),
    ]


def test_the_indicators_add_up_plan_and_result_over_the_bloc(scored):
    report = gather_report(scored.year, final=False)

    assert report.groups[0].figures == (
        (
            "Theo tỷ lệ: toàn Khối đạt 270,00 vụ việc, bằng 90% kế hoạch; 01/03 đơn vị hoàn thành hoặc vượt chỉ tiêu "
            "(chi tiết tại Phụ lục II)."
        ),
    )
    annex = next(row for row in report.annexes if row.number == "II")
    assert annex.table.rows[0] == ("1", "Theo tỷ lệ", "vụ việc", "", "300,00", "270,00", "90", "")


def test_the_same_data_gather_the_same_object(scored):
    first = digest_of(pack(gather_report(scored.year, final=False)))

    assert digest_of(pack(gather_report(BlocYear.objects.get(pk=scored.year.pk), final=False))) == first


def test_the_draft_has_neither_peer_review_nor_next_leaders(finalised):
    decide(finalised)

    report = gather_report(finalised.year, final=False)

    assert (report.draft, report.peer_review, report.next_leaders) == (True, None, None)


def test_the_final_paper_names_the_nominations_their_votes_and_the_next_leader(finalised):
    decide(finalised)

    report = gather_report(finalised.year, final=True)

    flag = Award.objects.get(code="FLAG").printed_name
    assert report.peer_review.held_on == "ngày 04 tháng 01 năm 2025"
    assert report.peer_review.decided_by == "Bộ trưởng Bộ Kế hoạch và Đầu tư"
    assert report.peer_review.proposals == (
        f"{flag} cho Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên (03/03 đơn vị nhất trí, đạt 100%)",
    )
    assert report.next_leaders.leader == "Ban Quản lý các Khu công nghiệp tỉnh Tuyên Quang"
    assert [row.number for row in report.annexes][-1] == "IV"


def decide(stage):
    """Hold the peer review and the election at the conference."""
    cast = stage.cast
    seat(make_conference(cast))
    propose(cast, "BQL-1", "FLAG")
    vote_on_awards(cast)
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(cast.memberships, "BQL-2"))
    conclude_election(election, by=None, at=LATER, on=HELD_ON)


def test_invented_figures_are_marked_in_the_paper(scored):
    assert gather_report(scored.year, final=False).demo is True


def test_the_report_carries_out_the_guidance_of_the_year(scored):
    Guidance.objects.create(
        year=scored.year, title="Công văn hướng dẫn tổng kết", number="", dated_on=dt.date(2024, 11, 5)
    )

    report = gather_report(scored.year, final=False)

    assert report.basis == "Công văn hướng dẫn tổng kết (số … ngày 05/11/2024) và Giao ước thi đua năm 2024"


def test_members_of_one_kind_are_named_together():
    names = [(f"Ban Quản lý các Khu công nghiệp tỉnh {name}", name) for name in ("Hòa Bình", "Bắc Kạn", "Phú Thọ")]

    assert named_together(names) == "Ban Quản lý các Khu công nghiệp các tỉnh Hòa Bình, Bắc Kạn và Phú Thọ"


def test_members_of_several_kinds_are_listed_by_their_full_names():
    names = [("Ban Quản lý Khu kinh tế tỉnh Lào Cai", "Lào Cai"), ("Sở Công Thương tỉnh Phú Thọ", "Phú Thọ")]

    assert named_together(names) == "Ban Quản lý Khu kinh tế tỉnh Lào Cai và Sở Công Thương tỉnh Phú Thọ"


def test_each_group_of_criteria_has_its_section():
    found = chapters(
        groups=[("I", "Đầu tư"), ("II", "Quy hoạch")], basis="", authority="Bộ", year=2024, bloc_word="Khối"
    )

    keys = [section.key for chapter in found for section in chapter.sections]
    assert [key for key in keys if key.startswith("group:")] == ["group:I", "group:II"]


def test_written_prose_takes_the_place_of_the_sentence_it_began_with(scored):
    write_section(scored.year, key="limits", text="Một số chỉ tiêu chưa đạt.", by=None, at=NOW)
    write_section(scored.year, key="strengths", text="", by=None, at=NOW)

    prose = gather_report(scored.year, final=False).prose

    assert (prose.limits, prose.strengths) == ("Một số chỉ tiêu chưa đạt.", "")


def test_the_log_keeps_the_digest_of_a_section_and_not_its_words(scored):
    write_section(scored.year, key="limits", text="Một số chỉ tiêu chưa đạt.", by=None, at=NOW)

    details = LogEntry.objects.get(act="write_section").details
    assert sorted(details) == ["digest", "key"]


def test_a_section_that_the_report_does_not_have_is_refused(scored):
    with pytest.raises(NoSuchSection):
        write_section(scored.year, key="gossip", text="…", by=None, at=NOW)


def test_a_section_that_another_wrote_meanwhile_is_not_overwritten(scored):
    write_section(scored.year, key="limits", text="Bản của Trưởng ban.", by=scored.head(1), at=NOW)

    with pytest.raises(ChangedMeanwhile, match="vừa được Tài khoản head1 sửa lúc 09:00"):
        write_section(scored.year, key="limits", text="Bản khác.", by=scored.officer(1), at=NOW, seen="")


def test_the_draft_is_handed_to_documents_and_kept_for_the_members(scored):
    document = draft_report(scored.year, by=scored.head(1), at=AFTER)

    assert (document.kind, document.about, document.audience) == ("summary_report", "draft", "year")
    assert report_papers(scored.year) == (document, None)


def test_a_second_draft_refreshes_the_first(scored):
    first = draft_report(scored.year, by=None, at=AFTER)
    write_section(scored.year, key="limits", text="Một số chỉ tiêu chưa đạt.", by=None, at=AFTER)

    second = draft_report(scored.year, by=None, at=AFTER)

    assert (second.pk, second.edition) == (first.pk, 2)


def test_no_draft_goes_out_while_members_may_not_see_each_others_points(scored):
    with pytest.raises(ScoresStillHidden, match="đến hết thời hạn gửi"):
        draft_report(scored.year, by=None, at=NOW)
    assert Document.objects.count() == 0


def test_a_final_paper_that_is_being_signed_is_not_drawn_up_again(finalised):
    document = issue_report(finalised.year, by=None, at=AFTER)
    submit_for_signature(document, by=None)

    with pytest.raises(AlreadySent, match="Trình ký"):
        issue_report(finalised.year, by=None, at=AFTER)


def test_the_report_of_a_past_year_is_not_written(scored):
    BlocYear.objects.update(state=BlocYear.State.CLOSED)

    with pytest.raises(YearClosed):
        write_section(BlocYear.objects.get(pk=scored.year.pk), key="limits", text="…", by=None, at=NOW)


def test_the_review_before_printing_names_what_is_blank_and_checks_the_sums(scored):
    report = gather_report(scored.year, final=False)

    checks = checks_of(scored.year, report, editor_parts(scored.year, report))

    texts = [row.text for row in checks]
    assert "Tổng các thành phần khớp (03 phép cộng)." in texts
    assert "Mục III.2. Hạn chế còn để trống; in ra sẽ có dòng chấm." in texts


def test_without_last_years_figure_nothing_is_compared(scored):
    BlocYear.objects.create(bloc=scored.cast.bloc, year=2023, assessments_due_at=at(dt.date(2023, 12, 15), 17))

    report = gather_report(scored.year, final=False)

    assert "so với năm trước" not in report.groups[0].figures[0]
