"""The rules of nomination over plain values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.conditions import Condition, Kind, is_readable
from awards.eligibility import Block, Candidate, Places, Rule, Setting, limit_of, objections, overflow

SETTING = Setting(year=2024, authority="Bộ KH&ĐT", one_achievement_source="Luật Thi đua, khen thưởng")
TWO = Places("CERTIFICATE", "Bằng khen", 2, 0, "Công văn số 1")


def rules_of(found):
    return [objection.rule for objection in found]


def test_nothing_speaks_against_the_first_of_the_ranking():
    candidate = Candidate(1, "Tuyên Quang", rank=1)

    assert objections(candidate, TWO, [candidate], SETTING) == ()


def test_a_full_list_is_refused_with_the_number_and_its_source():
    candidate = Candidate(3, "Thái Nguyên", rank=1)

    (found,) = objections(candidate, Places("CERTIFICATE", "Bằng khen", 2, 2, "Công văn số 1"), [candidate], SETTING)

    assert found.hard
    assert found.sentence == (
        "Khối được đề nghị tối đa 02 Bằng khen (Công văn số 1). Hiện đã có 02 đề nghị. "
        "Cần rút 01 đề nghị trước khi thêm đơn vị này."
    )


def test_an_award_without_a_number_cannot_be_proposed():
    candidate = Candidate(1, "Tuyên Quang", rank=1)

    (found,) = objections(candidate, Places("FLAG", "Cờ thi đua", None, 0, ""), [candidate], SETTING)

    assert (found.rule, found.hard) == (Rule.NO_GUIDANCE, True)
    assert "chưa ghi số lượng" in found.sentence


def test_a_blocked_member_is_refused_with_the_rule_quoted():
    candidate = Candidate(
        1, "Yên Bái", rank=1, blocks=(Block("chưa ký giao ước thi đua", "Bảng tiêu chí chấm điểm thi đua năm 2024"),)
    )

    (found,) = objections(candidate, TWO, [candidate], SETTING)

    assert found.hard
    assert found.sentence == (
        "Chưa thể đưa Yên Bái vào danh sách đề nghị: theo Bảng tiêu chí chấm điểm thi đua năm 2024, "
        "đơn vị chưa ký giao ước thi đua không thuộc diện xét."
    )


def test_a_member_without_a_final_rank_is_refused():
    candidate = Candidate(1, "Yên Bái")

    assert rules_of(objections(candidate, TWO, [candidate], SETTING)) == [Rule.NO_SCORE]


def test_a_second_award_for_one_achievement_is_a_warning_with_its_source():
    candidate = Candidate(1, "Bắc Giang", rank=1, held=(("FLAG", "Cờ thi đua của Bộ"),))

    (found,) = objections(candidate, TWO, [candidate], SETTING)

    assert (found.rule, found.hard, found.source) == (Rule.ONE_ACHIEVEMENT, False, "Luật Thi đua, khen thưởng")
    assert "đã được đề nghị Cờ thi đua của Bộ cho thành tích năm 2024" in found.sentence


def test_passing_over_a_better_rank_is_a_warning_that_names_it():
    first, second = Candidate(1, "Tuyên Quang", rank=1), Candidate(2, "Bắc Giang", rank=2)

    (found,) = objections(second, TWO, [first, second], SETTING)

    assert (found.rule, found.hard) == (Rule.ORDER, False)
    assert found.sentence.startswith("Lưu ý: Tuyên Quang xếp trên")


def test_nobody_is_passed_over_who_is_barred_or_on_a_list():
    barred = Candidate(1, "Yên Bái", rank=1, blocks=(Block("bị kỷ luật", "Bảng tiêu chí"),))
    listed = Candidate(2, "Tuyên Quang", rank=2, held=(("FLAG", "Cờ thi đua"),))
    third = Candidate(3, "Bắc Giang", rank=3)

    assert objections(third, TWO, [barred, listed, third], SETTING) == ()


def test_where_the_vote_makes_the_order_nobody_is_passed_over():
    first, second = Candidate(1, "Tuyên Quang", rank=1), Candidate(2, "Bắc Giang", rank=2)

    assert objections(second, TWO, [first, second], Setting(year=2024, by_score=False)) == ()


def test_a_member_is_on_the_list_of_an_award_once():
    candidate = Candidate(1, "Bắc Giang", rank=1, held=(("CERTIFICATE", "Bằng khen"),))

    assert rules_of(objections(candidate, TWO, [candidate], SETTING)) == [Rule.ALREADY]


def test_what_the_bloc_declined_comes_back_only_with_a_reason():
    candidate = Candidate(1, "Bắc Giang", rank=1, declined=("CERTIFICATE",))

    (found,) = objections(candidate, TWO, [candidate], SETTING)

    assert (found.rule, found.hard) == (Rule.DECLINED, False)


def test_a_number_is_whole_or_a_share_of_the_members_with_its_rounding():
    assert [limit_of("2"), limit_of(" 03 "), limit_of(""), limit_of("hai")] == [2, 3, None, None]
    shares = ("30%", "30% xuống", "30% lên", "30% gần nhất", "35,7% gần nhất")
    assert [limit_of(share, members=7) for share in shares] == [2, 2, 3, 2, 2]


@given(st.integers(0, 100), st.integers(1, 70))
def test_a_share_without_a_word_is_never_exceeded(share: int, members: int):
    found = limit_of(f"{share}%", members=members)

    assert found is not None
    assert found * 100 <= share * members < (found + 1) * 100


def conditions_of(kind: str, value: str = "", *, hard: bool = True) -> tuple[Condition, ...]:
    return (Condition(kind, value, hard, "Công văn số 9"),)


@pytest.mark.parametrize(
    ("kind", "value", "met", "unmet", "word"),
    [
        ("max_rank", "2", {"rank": 2}, {"rank": 3}, "từ hạng 2 trở lên"),
        ("min_score", "90,5", {"total": Decimal("90.50")}, {"total": Decimal("90.49")}, "từ 90,5 trở lên"),
        ("grade", "Xuất sắc; Tốt", {"grade": "Tốt"}, {"grade": "Khá"}, "Xuất sắc hoặc Tốt"),
        ("years_since", "2", {"given": (("CERTIFICATE", 2022),)}, {"given": (("CERTIFICATE", 2023),)}, "năm 2023"),
        ("not_with", "FLAG", {}, {"held": (("FLAG", "Cờ thi đua"),)}, "Cờ thi đua"),
        ("pledge", "", {"pledged": True}, {"pledged": False}, "chưa ký giao ước"),
    ],
)
def test_a_condition_speaks_exactly_when_it_is_not_met(kind, value, met, unmet, word):
    fine = Candidate(1, "Yên Bái", **{"rank": 1} | met)
    lacking = Candidate(1, "Yên Bái", **{"rank": 1} | unmet)
    conditions = conditions_of(kind, value)

    assert objections(fine, TWO, [fine], SETTING, conditions) == ()
    (found,) = objections(lacking, TWO, [lacking], SETTING, conditions)
    assert (found.rule, found.hard, found.source) == (Rule.CONDITION, True, "Công văn số 9")
    assert word in found.sentence
    assert "Công văn số 9" in found.sentence


def test_where_the_order_comes_from_a_vote_no_rank_is_asked_for():
    candidate = Candidate(1, "Yên Bái")

    assert objections(candidate, TWO, [candidate], Setting(year=2024, by_score=False)) == ()


def test_a_soft_condition_warns_and_says_what_to_do():
    candidate = Candidate(1, "Yên Bái", rank=3)

    (found,) = objections(candidate, TWO, [candidate], SETTING, conditions_of("max_rank", "1", hard=False))

    assert not found.hard
    assert found.sentence == (
        "Lưu ý: Yên Bái xếp hạng 3, điều kiện là từ hạng 1 trở lên (Công văn số 9). "
        "Nếu vẫn đề nghị, ghi rõ lý do; lý do được in trong tờ trình."
    )


@given(st.sampled_from(list(Kind)), st.text(max_size=6))
def test_a_condition_that_cannot_be_read_is_never_passed_over(kind: Kind, value: str):
    candidate = Candidate(1, "Yên Bái", rank=1, total=Decimal(99), grade="Tốt")

    if not is_readable(kind, value.strip()):
        (found,) = objections(candidate, TWO, [candidate], SETTING, conditions_of(kind, value))
        assert "chưa kiểm tra được" in found.sentence


def test_an_award_for_persons_asks_nothing_of_the_units_rank():
    candidate = Candidate(1, "Yên Bái", held=(("CERTIFICATE", "Bằng khen"),))
    places = Places("PERSON", "Bằng khen cá nhân", 1, 0, "Công văn số 1", for_persons=True)

    assert objections(candidate, places, [candidate], SETTING) == ()


def test_a_bloc_never_has_more_places_than_the_award_allows_one():
    assert limit_of("3", most_per_bloc=1) == 1


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_list_overflows_exactly_when_more_are_held_than_allowed(limit: int, held: int):
    found = overflow(Places("CERTIFICATE", "Bằng khen", limit, held, "Công văn số 1"), SETTING)

    assert (found is not None) == (held > limit)
