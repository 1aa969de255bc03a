"""The year of a bloc, told by its people at their browsers: from one account of the authority to the next year's pledge.

Everything after that one account is made through pages, in all roles; once with scripts, once without.
"""

import io
import json
import re
from typing import Any

import pytest
from django.core.management import call_command

from tests.browser.acts import awards, founding, meeting, papers, scoring
from tests.browser.acts.founding import DEPUTY, LEADER, NAME, UNITS, head_of, officer_of
from tests.browser.acts.hands import BLOC, OFFICIAL, YEAR, Site

WHY = "Lý do điều chỉnh (bắt buộc khi sửa)"


def standings() -> dict[str, dict[str, Any]]:
    """Return what the command `standings` says, by unit code."""
    printed = io.StringIO()
    call_command("standings", bloc=BLOC, year=YEAR, format="json", stdout=printed)
    return {row["unit"]: row for row in json.loads(printed.getvalue())}


def the_authority_founds_the_bloc(site: Site, settings: Any) -> None:
    settings.DEMO_TODAY = "2024-12-05"
    official = founding.first_official(site)
    official.open("/quan-ly/don-vi/nhap-tu-tep/")
    founding.load_file(official, "don-vi.csv", founding.ROSTER)
    official.sees("04 đơn vị")

    founding.found_bloc(official)
    founding.open_year(official)
    founding.set_dates(official)
    founding.name_leadership(official, "Trưởng khối", LEADER)
    founding.name_leadership(official, "Phó Trưởng khối", DEPUTY)
    founding.record_guidance(official)
    official.sees("tối đa 02")


def heads_and_officers_come_by_one_time_links(site: Site, _settings: Any) -> None:
    for code in UNITS:
        link = founding.invite_head(site.as_(OFFICIAL), code)
        head = founding.accept(site, link, head_of(code))
        link = founding.invite_officer(head, code)
        founding.accept(site, link, officer_of(code))

    late = site.stranger("nguoi-den-sau")
    late.page.goto(link)
    late.sees("Liên kết mời không còn hiệu lực")


def the_leader_brings_the_criteria_table(site: Site, _settings: Any) -> None:
    leader = site.as_(officer_of(LEADER))
    scoring.load_criteria(leader)
    scoring.adopt_criteria(leader)

    for code in UNITS:
        scoring.state_targets(site.as_(officer_of(code)), code)
    scoring.approve_targets(leader, "8")


def the_members_score_themselves(site: Site, _settings: Any) -> None:
    officer = site.as_(officer_of("BQL-BG"))
    points = scoring.fill_in(site, officer, "BQL-BG")
    assert points == {"I.1": "27,00", "I.2": "18,00", "I.3": "10,00", "II.1": "11,25", "II.2": "12,50", "T.1": "0,00"}
    scoring.go_to_sending(officer)
    officer.press("Trình lãnh đạo đơn vị")
    head = site.as_(head_of("BQL-BG"))
    scoring.open_own_check(head)
    head.press("Gửi Trưởng khối")
    head.sees("Đã gửi Trưởng khối lúc")

    officer = site.as_(officer_of("BQL-HB"))
    scoring.fill_in(site, officer, "BQL-HB")
    scoring.go_to_sending(officer)
    scoring.send_signed_copy(officer, "BQL-HB")
    officer.sees("Đã gửi Trưởng khối theo bản đã ký.")

    for head in (site.as_(head_of(LEADER)), site.as_(head_of(DEPUTY))):
        scoring.fill_in(site, head, f"BQL-{head.name[-2:].upper()}")
        scoring.go_to_sending(head)
        head.press("Gửi Trưởng khối")


def the_leader_reviews_and_the_deputy_reviews_the_leader(site: Site, settings: Any) -> None:
    settings.DEMO_TODAY = "2024-12-20"
    leader = site.as_(officer_of(LEADER))
    scoring.open_review(leader, "BQL-BG")
    scoring.review(leader, "I.1", "Giữ nguyên điểm")
    reason = "Báo cáo quý III gửi chậm 05 ngày"
    scoring.review(leader, "I.2", "Điều chỉnh điểm", {"hoặc ghi thẳng số điểm": "17", WHY: reason})
    scoring.conclude_review(leader, "BQL-BG")
    scoring.conclude_review(leader, DEPUTY)

    scoring.open_review(leader, "BQL-HB")
    scoring.ask_for_completion(leader, "I.2", "Chấp hành chế độ báo cáo", "Chưa nêu số báo cáo đã gửi")
    unit = site.as_(officer_of("BQL-HB"))
    scoring.open_own_check(unit)
    unit.sees("Chưa nêu số báo cáo đã gửi")
    unit.write({"Giải trình của đơn vị": "Đã gửi 11/12 báo cáo tháng, 04/04 báo cáo quý."})
    unit.press("Gửi giải trình")
    unit.sees("Đã gửi giải trình.")
    scoring.conclude_review(leader, "BQL-HB")

    scoring.conclude_review(site.as_(officer_of(DEPUTY)), LEADER)


def everybody_reads_the_consolidated_table(site: Site, _settings: Any) -> None:
    ranks = scoring.ranking(site.as_(officer_of("BQL-HB")))

    assert [row[:2] + row[5:] for row in ranks] == [
        ["1", "Tuyên Quang", "100,25", "Xuất sắc"],
        ["2", "Thái Nguyên", "93,25", "Xuất sắc"],
        ["3", "Bắc Giang", "77,75", "Khá"],
        ["4", "Hòa Bình", "53,75", "Trung bình"],
    ]


def the_conference_is_called_and_its_report_drafted(site: Site, settings: Any) -> None:
    settings.DEMO_TODAY = "2024-12-26"
    leader = site.as_(officer_of(LEADER))
    meeting.call_conference(leader)
    meeting.confirm_attendance(site)
    leader.open_year("hoi-nghi/dai-bieu/")
    leader.sees("04/04")

    meeting.write_report(leader, "1. Ưu điểm", "Các đơn vị hoàn thành kế hoạch, gửi báo cáo đầy đủ.")
    words = papers.text_of(meeting.print_draft(leader))

    table = standings()
    assert "Các đơn vị hoàn thành kế hoạch, gửi báo cáo đầy đủ." in words
    assert papers.figures_after(words, "Tổng điểm") == [table[code]["total"].replace(".", ",") for code in UNITS]
    assert papers.figures_after(words, "Thứ hạng") == [str(table[code]["rank"]) for code in UNITS]


def the_meeting_agrees_the_scores_and_proposes(site: Site, settings: Any) -> None:
    settings.DEMO_TODAY = "2025-01-08"
    leader = site.as_(officer_of(LEADER))
    meeting.begin_meeting(leader)
    meeting.go_on_to(leader, "Trình bày dự thảo Báo cáo tổng kết năm 2024")
    meeting.adopt(leader, 4)
    meeting.go_on_to(leader, "Trình bày Bảng tổng hợp kết quả chấm điểm")
    meeting.adopt(leader, 4)
    leader.open_year("cham-diem/")
    leader.confirm("Ghi điểm thống nhất")

    second_tab = leader.another_tab()
    awards.begin_proposal(second_tab, "Cờ thi đua", "BQL-BG")
    awards.propose(leader, "Cờ thi đua", DEPUTY)
    awards.propose(leader, "Bằng khen", LEADER)
    awards.finish_proposal(second_tab)
    second_tab.sees("Hiện đã có 01 đề nghị. Cần rút 01 đề nghị trước khi thêm đơn vị này.")
    awards.propose(leader, "Bằng khen", "BQL-BG")


def the_members_vote_on_the_nominations(site: Site, _settings: Any) -> None:
    leader = site.as_(officer_of(LEADER))
    meeting.go_on_to(leader, "Bình xét thi đua")
    awards.put_to_vote(leader)
    meeting.cast_ballots(site, "Đồng ý", "khen-thuong/")
    leader.open_year("khen-thuong/")
    leader.press("Kết thúc bỏ phiếu")
    leader.sees("Đã kết thúc bình xét.")


def next_years_leader_is_elected_by_secret_ballot(site: Site, _settings: Any) -> None:
    leader = site.as_(officer_of(LEADER))
    meeting.go_on_to(leader, "Bầu Trưởng khối")
    meeting.open_secret_election(leader, DEPUTY)
    meeting.cast_ballots(site, "Đồng ý", "hoi-nghi/bau/truong-khoi/")

    leader.open_year("hoi-nghi/bau/truong-khoi/")
    leader.sees("4/4")
    meeting.conclude_election(leader)
    assert leader.reads("h1") == f"{NAME.format(UNITS[DEPUTY])} được bầu làm Trưởng khối năm 2025"

    leader.open_year(year=2025)
    assert leader.fact("Trưởng khối") == UNITS[DEPUTY]


def every_unit_signs_next_years_pledge(site: Site, _settings: Any) -> None:
    coming = site.as_(officer_of(DEPUTY))
    meeting.draft_pledge(coming)

    for signed, code in enumerate(UNITS, start=1):
        head = site.as_(head_of(code))
        meeting.sign_pledge(head)
        assert head.reads("h1").endswith(f"{signed:02}/04 đơn vị đã ký")


def the_meeting_ends_and_the_scores_are_locked(site: Site, _settings: Any) -> None:
    leader = site.as_(officer_of(LEADER))
    meeting.go_on_to(leader, "Thông qua biên bản")
    meeting.adopt(leader, 4)
    leader.confirm("Bế mạc hội nghị")
    leader.sees("đã bế mạc")

    leader.open_year("cham-diem/")
    leader.confirm("Khóa số liệu")
    assert {row["layer"] for row in standings().values()} == {"agreed"}
    assert leader.page.get_by_text("Ghi điểm thống nhất").count() == 0


def the_nominations_go_to_the_authority_and_are_decided(site: Site, settings: Any) -> None:
    settings.DEMO_TODAY = "2025-01-09"
    leader, official = site.as_(officer_of(LEADER)), site.as_(OFFICIAL)
    awards.submit(leader)
    awards.receive(official)
    awards.ask_for_more(official, LEADER, "Quyết định khen thưởng năm 2023")
    awards.supply(leader, LEADER, "Quyết định khen thưởng năm 2023")

    awards.find_fit(official, LEADER)
    awards.find_fit(official, DEPUTY)
    awards.find_not_yet(official, "BQL-BG", "Chưa có báo cáo thành tích")
    settings.DEMO_TODAY = "2025-01-22"
    awards.record_council(official, LEADER)
    awards.record_council(official, DEPUTY)
    awards.draw_up_the_councils_list(official)
    awards.record_decision(official)

    awards.register_and_statistics_agree(official, 2)
    awards.register_and_statistics_agree(leader, 2)
    awards.told_of_the_award(leader)
    leader.open_year("khen-thuong/")
    assert leader.page.locator(".noms .state").all_inner_texts() == ["Được tặng", "Được tặng", "Chưa đủ điều kiện"]


def the_record_holds(_site: Site, _settings: Any) -> None:
    printed = io.StringIO()

    call_command("verify_chain", stdout=printed)

    assert re.fullmatch(r"Số dòng: \d+\. Mã của dòng cuối: [0-9a-f]{64}\n", printed.getvalue())


CHAPTERS = [
    the_authority_founds_the_bloc,
    heads_and_officers_come_by_one_time_links,
    the_leader_brings_the_criteria_table,
    the_members_score_themselves,
    the_leader_reviews_and_the_deputy_reviews_the_leader,
    everybody_reads_the_consolidated_table,
    the_conference_is_called_and_its_report_drafted,
    the_meeting_agrees_the_scores_and_proposes,
    the_members_vote_on_the_nominations,
    next_years_leader_is_elected_by_secret_ballot,
    every_unit_signs_next_years_pledge,
    the_meeting_ends_and_the_scores_are_locked,
    the_nominations_go_to_the_authority_and_are_decided,
    the_record_holds,
]


@pytest.mark.django_db(transaction=True)
def test_a_year_of_a_bloc(site: Site, settings: Any) -> None:
    for chapter in CHAPTERS:
        chapter(site, settings)
