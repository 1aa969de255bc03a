"""The sentences of the minutes, word for word."""

from fractions import Fraction

from voting.tally import (
    Answer,
    Base,
    Choice,
    Conduct,
    Form,
    Method,
    Quorum,
    Ruling,
    Threshold,
    TieBreak,
    Turnout,
    Wording,
    conclusion_sentence,
    count_ballots,
    count_by_hand,
    decide,
    option_sentence,
    quorum_sentence,
    rule_sentence,
    settle_tie,
    turnout_sentence,
    verdict_sentences,
)

LEADER = Wording("được bầu làm Trưởng khối", "chưa được bầu làm Trưởng khối", "bầu")
TWO = (Choice("a", "Tuyên Quang"), Choice("b", "Phú Thọ"))
MAJORITY_OF_ROLL = Threshold(Fraction(1, 2), strict=True, base=Base.MEMBERS)
A, B = [("a", Answer.APPROVE)], [("b", Answer.APPROVE)]


def contested(threshold: Threshold = MAJORITY_OF_ROLL, **settings: object) -> Ruling:
    return Ruling(Method.ONE, TWO, threshold, form=Form.SECRET, wording=LEADER, **settings)  # type: ignore[arg-type]


def test_four_of_seven_is_a_majority_and_is_printed_without_half_a_vote() -> None:
    rules = contested()
    verdict = decide(rules, count_ballots(rules, [A] * 4 + [B] * 3, 7, 7))

    sentence = option_sentence(rules, verdict, "a")

    assert sentence == (
        "Tuyên Quang đạt 4/7 phiếu (57,14%), quá một nửa số đơn vị có quyền bỏ phiếu; được bầu làm Trưởng khối."
    )
    assert rule_sentence(rules, verdict) == (
        "Điều kiện: quá một nửa số đơn vị có quyền bỏ phiếu (tối thiểu 04/07 phiếu)."
    )


def test_three_of_seven_says_what_was_missing() -> None:
    rules = contested()
    verdict = decide(rules, count_ballots(rules, [A] * 4 + [B] * 3, 7, 7))

    sentence = option_sentence(rules, verdict, "b")

    assert sentence == (
        "Phú Thọ đạt 3/7 phiếu (42,86%), chưa quá một nửa số đơn vị có quyền bỏ phiếu (cần tối thiểu 04 phiếu);"
        " chưa được bầu làm Trưởng khối."
    )


def test_no_majority_asks_for_a_second_vote_between_the_two() -> None:
    rules = contested()
    verdict = decide(rules, count_ballots(rules, [A] * 3 + [B] * 3 + [[]], 7, 7))

    assert conclusion_sentence(rules, verdict) == (
        "Chưa đủ đơn vị đạt số phiếu theo quy định; cần bầu lần thứ hai giữa Tuyên Quang và Phú Thọ."
    )
    assert turnout_sentence(rules, verdict) == (
        "Phát ra 07 phiếu, thu về 07 phiếu, hợp lệ 06 phiếu, không hợp lệ 01 phiếu (trong đó phiếu trắng: 01)."
    )


def test_a_tie_names_both_and_a_lot_is_said_to_be_a_lot() -> None:
    rules = contested(Threshold(Fraction(1, 2), strict=False, base=Base.VALID), tie_break=TieBreak.LOT)
    verdict = decide(rules, count_ballots(rules, [A] * 3 + [B] * 3 + [[]], 7, 7))

    settled = settle_tie(rules, verdict, ["b"], TieBreak.LOT)

    assert option_sentence(rules, verdict, "a") == (
        "Tuyên Quang đạt 3/6 phiếu (50%), từ một nửa số phiếu hợp lệ trở lên; bằng số phiếu với Phú Thọ, chưa phân định."
    )
    assert conclusion_sentence(rules, settled) == (
        "Tuyên Quang và Phú Thọ có số phiếu bằng nhau (03 phiếu); Hội nghị bốc thăm. Phú Thọ được bầu làm Trưởng khối."
    )


def test_quorum_is_counted_against_the_roll_and_says_if_it_was_enough() -> None:
    rules = contested(quorum=Quorum(Fraction(2, 3)))
    verdict = decide(rules, count_ballots(rules, [A] * 4, 7, 4))

    assert quorum_sentence(rules, verdict) == (
        "Có 04/07 đơn vị có mặt (57,14%), chưa đủ điều kiện tiến hành"
        " (từ hai phần ba số đơn vị có quyền bỏ phiếu trở lên, tối thiểu 05 đơn vị)."
    )
    assert conclusion_sentence(rules, verdict) == ("Chưa đủ số đơn vị theo quy định; cần tổ chức bầu lần thứ hai.")


def test_show_of_hands_counts_units_present_in_the_words_of_the_minutes() -> None:
    rules = Ruling(
        Method.EACH,
        TWO[:1],
        Threshold(Fraction(1, 2), strict=True, base=Base.PRESENT),
        seats=None,
        conduct=Conduct.HANDS,
        wording=Wording("Khối nhất trí đề nghị", "không đề nghị", "biểu quyết"),
    )
    verdict = decide(rules, count_by_hand(rules, {"a": (5, 1, 1)}, Turnout(7, 7, 7)))

    assert option_sentence(rules, verdict, "a") == (
        "Tuyên Quang: có 05/07 đơn vị có mặt biểu quyết nhất trí (đạt 71,43%), 01 đơn vị không nhất trí,"
        " 01 đơn vị không có ý kiến; quá một nửa số đơn vị có mặt; Khối nhất trí đề nghị."
    )


def test_acclamation_is_printed_as_acclamation_and_needs_everybody() -> None:
    everybody = Threshold(Fraction(1), strict=False, base=Base.PRESENT)
    rules = Ruling(
        Method.EACH,
        TWO[:1],
        everybody,
        form=Form.ACCLAMATION,
        conduct=Conduct.HANDS,
        wording=Wording("là đơn vị dẫn đầu Khối năm 2023", "chưa được suy tôn", "biểu quyết"),
    )
    all_for = decide(rules, count_by_hand(rules, {"a": (7, 0, 0)}, Turnout(7, 7, 7)))
    one_against = decide(rules, count_by_hand(rules, {"a": (6, 1, 0)}, Turnout(7, 7, 7)))

    assert option_sentence(rules, all_for, "a") == (
        "Hội nghị nhất trí 100% suy tôn Tuyên Quang (07/07 đơn vị); toàn bộ số đơn vị có mặt;"
        " là đơn vị dẫn đầu Khối năm 2023."
    )
    assert one_against.elected == ()


def test_no_sentence_prints_half_a_vote_or_a_raw_code() -> None:
    rules = contested(quorum=Quorum(Fraction(2, 3)))
    verdict = decide(rules, count_ballots(rules, [A] * 3 + [B] * 3 + [[]], 7, 7))

    text = " ".join(verdict_sentences(rules, verdict))

    assert "3,5" not in text
    assert not {"a", "b", "members", "valid"} & set(text.replace(".", " ").split())
