"""Every verdict as Vietnamese sentences with their arithmetic, ready for the minutes.

Votes are whole: the least number of votes is printed, never half a vote. Shares are exact fractions, rounded half up to
two decimals for print only.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from blocs import text
from voting.tally.ruling import Base, Conduct, Form, Method, Ruling, Threshold, TieBreak
from voting.tally.verdict import OptionVerdict, Outcome, Standing, Verdict

_SHARES = {
    Fraction(1, 2): "một nửa",
    Fraction(1, 3): "một phần ba",
    Fraction(1, 4): "một phần tư",
    Fraction(2, 3): "hai phần ba",
    Fraction(3, 4): "ba phần tư",
    Fraction(3, 5): "ba phần năm",
    Fraction(4, 5): "bốn phần năm",
}
AUTHORITY = "báo cáo cơ quan tổ chức khối xem xét, quyết định"
_ORDINALS = {2: "hai", 3: "ba", 4: "tư", 5: "năm"}


def percent(part: int, whole: int) -> str:
    """The share as printed: "57,14%", "100%"; rounded half up to two decimals; "0%" of nothing."""
    return text.percent(part, whole) if whole else "0%"


def base_name(ruling: Ruling, base: Base) -> str:
    """The denominator in the words of the bloc."""
    if base == Base.CAST and ruling.conduct == Conduct.HANDS:
        return "số đơn vị tham gia biểu quyết"
    return {
        Base.MEMBERS: "số đơn vị có quyền bỏ phiếu",
        Base.PRESENT: "số đơn vị có mặt",
        Base.CAST: "số phiếu thu về",
        Base.VALID: "số phiếu hợp lệ",
    }[base]


def share_phrase(threshold: Threshold, base: str) -> str:
    """The share as a phrase: "quá một nửa số đơn vị có mặt", "từ hai phần ba số phiếu hợp lệ trở lên"."""
    if threshold.share == 1:
        return f"toàn bộ {base}"
    words = _share(threshold.share)
    return f"quá {words} {base}" if threshold.strict else f"từ {words} {base} trở lên"


def missed_phrase(threshold: Threshold, base: str) -> str:
    """The same share, not reached: "chưa quá một nửa số đơn vị có mặt", "chưa đạt hai phần ba số phiếu hợp lệ"."""
    if threshold.share == 1:
        return f"chưa đạt toàn bộ {base}"
    return f"{'chưa quá' if threshold.strict else 'chưa đạt'} {_share(threshold.share)} {base}"


def _share(share: Fraction) -> str:
    exact = (share * 10_000).denominator == 1
    return _SHARES.get(share) or (percent(share.numerator, share.denominator) if exact else str(share))


def rule_sentence(ruling: Ruling, verdict: Verdict | None = None) -> str:
    """The condition for winning, with the least whole number of votes once the denominator is known."""
    phrase = share_phrase(ruling.threshold, base_name(ruling, ruling.threshold.base))
    rows = verdict.options if verdict else ()
    leasts = sorted({(row.least, row.whole) for row in rows})
    if len(leasts) == 1:
        least, whole = leasts[0]
        return f"Điều kiện: {phrase} (tối thiểu {text.count(least)}/{text.count(whole)} {_unit(ruling)})."
    return f"Điều kiện: {phrase}."


def quorum_sentence(ruling: Ruling, verdict: Verdict) -> str:
    """Who was there and whether that was enough; empty where the rules ask for no quorum."""
    if ruling.quorum is None:
        return ""
    members, counted = verdict.count.members, verdict.quorum_counted
    share = Threshold(ruling.quorum.share, ruling.quorum.strict, Base.MEMBERS)
    phrase = share_phrase(share, base_name(ruling, Base.MEMBERS))
    did = "có mặt" if ruling.quorum.counted == Base.PRESENT else "đã bỏ phiếu"
    enough = "đủ" if counted >= verdict.quorum_least else "chưa đủ"
    return (
        f"Có {text.count(counted)}/{text.count(members)} đơn vị {did} ({percent(counted, members)}), {enough} điều kiện"
        f" tiến hành ({phrase}, tối thiểu {text.count(verdict.quorum_least)} đơn vị)."
    )


def turnout_sentence(ruling: Ruling, verdict: Verdict) -> str:
    """What was handed out and came back, in the words of the way it was done."""
    count = verdict.count
    members, cast, valid = text.count(count.members), text.count(count.cast), text.count(count.valid)
    if ruling.conduct == Conduct.HANDS:
        return f"Có {text.count(count.present)}/{members} đơn vị có quyền biểu quyết có mặt."
    if ruling.conduct == Conduct.WRITING:
        return f"Gửi lấy ý kiến {members} đơn vị; nhận được {cast} văn bản trả lời trước thời hạn."
    blank = f" (trong đó phiếu trắng: {text.count(count.blank)})" if count.blank and not ruling.blank_is_valid else ""
    spoilt = (
        f"không hợp lệ {text.count(count.invalid)} phiếu{blank}" if count.invalid else "không có phiếu không hợp lệ"
    )
    return f"Phát ra {members} phiếu, thu về {cast} phiếu, hợp lệ {valid} phiếu, {spoilt}."


def option_sentence(ruling: Ruling, verdict: Verdict, key: str) -> str:
    """One option: votes, share, whether the condition is met, what follows."""
    row = verdict.option(key)
    start = _votes(ruling, row)
    if row.standing == Standing.VOID:
        return f"{start}; chưa đủ điều kiện tiến hành, kết quả không có giá trị."
    base = base_name(ruling, ruling.threshold.base)
    phrase = share_phrase(ruling.threshold, base)
    if not row.reached:
        phrase = f"{missed_phrase(ruling.threshold, base)} (cần tối thiểu {text.count(row.least)} {_unit(ruling)})"
    mark = ";" if ruling.conduct in (Conduct.HANDS, Conduct.WRITING) else ","
    return f"{start}{mark} {phrase}; {_consequence(ruling, verdict, row)}."


def conclusion_sentence(ruling: Ruling, verdict: Verdict, next_number: int = 2, *, with_figures: bool = True) -> str:
    """The end of the verdict: chosen, to be voted on again (and between whom), no result, or for the authority.

    `with_figures` False leaves the number of equal votes out, where only the outcome is published.
    """
    last = ruling.is_last(next_number - 1)
    again = AUTHORITY if last else f"cần {ruling.wording.act} lần thứ {_ORDINALS.get(next_number, next_number)}"
    spent = f" Đã {ruling.wording.act} đủ {text.count(ruling.most_rounds)} lần theo thể lệ." if last else ""
    won = f"{_names(ruling, verdict.elected)} {ruling.wording.won}." if verdict.elected else ""
    match verdict.outcome:
        case Outcome.NO_QUORUM:
            held = again if last else again.replace("cần", "cần tổ chức", 1)
            return f"Chưa đủ số đơn vị theo quy định; {held}.{spent}"
        case Outcome.RUN_OFF:
            return f"{won} {_run_off(ruling, verdict, again, last=last, with_figures=with_figures)}{spent}".strip()
        case Outcome.NO_RESULT:
            return f"Không có đơn vị đạt số phiếu theo quy định; {again}.{spent}"
        case Outcome.PARTLY:
            return f"{won} Còn {text.count(verdict.unfilled)} vị trí chưa có kết quả; {again}.{spent}"
    if verdict.settled_by:
        return f"{_settled(ruling, verdict, with_figures=with_figures)} {won}"
    return won or "Không có đơn vị đạt số phiếu theo quy định."


def verdict_sentences(ruling: Ruling, verdict: Verdict, next_number: int = 2) -> tuple[str, ...]:
    """All sentences of a verdict in the order of the minutes."""
    rows = (option_sentence(ruling, verdict, key) for key in ruling.keys)
    every = (
        turnout_sentence(ruling, verdict),
        quorum_sentence(ruling, verdict),
        rule_sentence(ruling, verdict),
        *rows,
        conclusion_sentence(ruling, verdict, next_number),
    )
    return tuple(sentence for sentence in every if sentence)


def _unit(ruling: Ruling) -> str:
    return "đơn vị" if ruling.conduct in (Conduct.HANDS, Conduct.WRITING) else "phiếu"


def _votes(ruling: Ruling, row: OptionVerdict) -> str:
    label, count = ruling.label(row.count.key), row.count
    share = percent(count.approve, row.whole)
    if ruling.form == Form.ACCLAMATION:
        return f"Hội nghị nhất trí {share} suy tôn {label} ({text.count(count.approve)}/{text.count(row.whole)} đơn vị)"
    if ruling.conduct in (Conduct.HANDS, Conduct.WRITING):
        others = (
            f", {text.count(count.reject)} đơn vị không nhất trí, {text.count(count.abstain)} đơn vị không có ý kiến"
            if ruling.method == Method.EACH
            else ""
        )
        there = " có mặt" if ruling.threshold.base == Base.PRESENT else ""
        return (
            f"{label}: có {text.count(count.approve)}/{text.count(row.whole)} đơn vị{there} biểu quyết nhất trí"
            f" (đạt {share}){others}"
        )
    return f"{label} đạt {count.approve}/{row.whole} phiếu ({share})"


def _consequence(ruling: Ruling, verdict: Verdict, row: OptionVerdict) -> str:
    others = [key for key in verdict.run_off if key != row.count.key]
    match row.standing:
        case Standing.WON:
            return ruling.wording.won
        case Standing.TIED:
            return f"bằng số phiếu với {_names(ruling, others)}, chưa phân định"
        case Standing.RUN_OFF:
            return f"cần {ruling.wording.act} lại"
        case Standing.BEATEN:
            compared = "bằng số phiếu với" if verdict.settled_by and _level(verdict, row) else "ít phiếu hơn"
            return f"{compared} đơn vị được chọn; {ruling.wording.lost}"
    return ruling.wording.lost


def _run_off(ruling: Ruling, verdict: Verdict, again: str, *, last: bool, with_figures: bool) -> str:
    names = _names(ruling, verdict.run_off)
    if not verdict.tied:
        between = "" if last else f" giữa {names}"
        return f"Chưa đủ đơn vị đạt số phiếu theo quy định; {again}{between}."
    votes = text.count(verdict.option(verdict.run_off[0]).count.approve)
    figure = f" ({votes} {_unit(ruling)})" if with_figures else ""
    settle = {
        TieBreak.RUN_OFF: again if last else f"{again} giữa các đơn vị này",
        TieBreak.LOT: f"Hội nghị bốc thăm hoặc {again.removeprefix('cần ')}",
        TieBreak.CHAIR: f"chủ tọa quyết định hoặc {again.removeprefix('cần ')}",
        TieBreak.AUTHORITY: AUTHORITY,
    }[ruling.tie_break]
    return f"{names} có số phiếu bằng nhau{figure}; {settle}."


def _settled(ruling: Ruling, verdict: Verdict, *, with_figures: bool) -> str:
    manner = "Hội nghị bốc thăm" if verdict.settled_by == TieBreak.LOT else "chủ tọa quyết định"
    level = [row for row in verdict.options if row.reached and _level(verdict, row)]
    votes = text.count(level[0].count.approve)
    names = _names(ruling, [row.count.key for row in level])
    figure = f" ({votes} {_unit(ruling)})" if with_figures else ""
    return f"{names} có số phiếu bằng nhau{figure}; {manner}."


def _level(verdict: Verdict, row: OptionVerdict) -> bool:
    """If the option has as many votes as the last one elected."""
    return row.count.approve == min(verdict.option(key).count.approve for key in verdict.elected)


def _names(ruling: Ruling, keys: Collection[str]) -> str:
    labels = [ruling.label(key) for key in keys]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} và {labels[-1]}"
