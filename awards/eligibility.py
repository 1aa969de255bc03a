"""Who may be proposed for what: pure rules over plain values, no Django.

The same list of objections is what the board prints under a unit and what the act refuses with. Hard objections refuse;
soft ones warn with their source and yield to a written reason.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from awards.conditions import Condition, Facts, unmet


class Rule(StrEnum):
    """Which rule speaks."""

    ALREADY = "already"
    NO_SCORE = "no_score"
    BLOCKED = "blocked"
    NO_GUIDANCE = "no_guidance"
    QUOTA = "quota"
    ONE_ACHIEVEMENT = "one_achievement"
    ORDER = "order"
    DECLINED = "declined"
    CONDITION = "condition"


@dataclass(frozen=True)
class Objection:
    """One reason against a nomination: the sentence for the user, where the rule stands, whether it refuses."""

    rule: Rule
    sentence: str
    source: str
    hard: bool


@dataclass(frozen=True)
class Places:
    """How many nominations a bloc may make for an award, and how many it has made. `limit` None: nobody has said."""

    award: str
    short_name: str
    limit: int | None
    held: int
    source: str
    for_persons: bool = False

    @property
    def left(self) -> int:
        """How many more may be proposed."""
        return max(0, (self.limit or 0) - self.held)

    @property
    def exceeded(self) -> bool:
        """Whether more are held than may be."""
        return self.held > (self.limit or 0)


@dataclass(frozen=True)
class Block:
    """A case in which a unit is not considered: what the unit did, and where the rule stands."""

    words: str
    source: str


@dataclass(frozen=True)
class Candidate:
    """A member as the rules see it. `held` maps an award's code to its name, `given` to the latest earlier year."""

    key: int
    name: str
    rank: int | None = None
    total: Decimal | None = None
    blocks: tuple[Block, ...] = ()
    held: tuple[tuple[str, str], ...] = ()
    declined: tuple[str, ...] = ()
    grade: str = ""
    pledged: bool = True
    given: tuple[tuple[str, int], ...] = ()

    @property
    def is_considered(self) -> bool:
        """Whether the unit has a final rank and nothing bars it."""
        return self.rank is not None and not self.blocks


@dataclass(frozen=True)
class Setting:
    """What the sentences name: the year, how the bloc calls itself, who gives guidance, the rule of one achievement."""

    year: int
    bloc_word: str = "Khối"
    authority: str = "cơ quan tổ chức khối"
    one_achievement_source: str = ""
    by_score: bool = True


SHARE = re.compile(r"(?P<share>\d+(?:[.,]\d+)?)\s*%\s*(?P<rounding>xuống|lên|gần nhất)?", re.IGNORECASE)


def limit_of(value: str, most_per_bloc: int | None = None, members: int = 0) -> int | None:
    """Return a number of places as the guidance states it, never above what a bloc may ever hold; None if unread.

    A whole number ("2"), or a share of the members with its rounding ("30% xuống", "30% lên", "30% gần nhất"; a half is
    rounded up; without a word the fraction is dropped, so that a share is never exceeded).
    """
    text = value.strip()
    share = SHARE.fullmatch(text)
    if share:
        exact = Fraction(share["share"].replace(",", ".")) * members / 100
        stated = _rounded(exact, (share["rounding"] or "xuống").lower())
    elif text.isdecimal():
        stated = int(text)
    else:
        return None
    return stated if most_per_bloc is None else min(stated, most_per_bloc)


def _rounded(exact: Fraction, rounding: str) -> int:
    if rounding == "lên":
        return math.ceil(exact)
    return math.floor(exact + Fraction(1, 2)) if rounding == "gần nhất" else math.floor(exact)


def objections(
    candidate: Candidate,
    places: Places,
    others: Sequence[Candidate],
    setting: Setting,
    conditions: Sequence[Condition] = (),
) -> tuple[Objection, ...]:
    """Return everything that speaks against proposing the candidate for the award, the refusing rules first."""
    if places.for_persons:
        found = _against(candidate, places, setting, conditions)
        return (*_blocked(candidate), *_beyond_places(places, setting), *found)
    if any(code == places.award for code, _ in candidate.held):
        sentence = f"{candidate.name} đã có trong danh sách đề nghị {places.short_name} năm {setting.year}."
        return (Objection(Rule.ALREADY, sentence, "", hard=True),)
    found = _against(candidate, places, setting, conditions)
    named = any(condition.kind == "not_with" for condition in conditions)
    return (
        *_unranked(candidate, setting),
        *_blocked(candidate),
        *_beyond_places(places, setting),
        *(objection for objection in found if objection.hard),
        *(objection for objection in found if not objection.hard),
        *(() if named else _one_achievement(candidate, setting)),
        *_declined_before(candidate, places, setting),
        *_out_of_order(candidate, others, setting),
    )


def _against(
    candidate: Candidate, places: Places, setting: Setting, conditions: Sequence[Condition]
) -> list[Objection]:
    """What the conditions of the award say: those of rank and score wait until there is a final rank."""
    facts = Facts(
        name=candidate.name,
        year=setting.year,
        rank=candidate.rank,
        total=candidate.total,
        grade=candidate.grade,
        pledged=candidate.pledged,
        last_given=dict(candidate.given).get(places.award),
        held=candidate.held,
        has_case=bool(candidate.blocks),
    )
    by_rank = {"max_rank", "grade", "min_score"}
    asked = [row for row in conditions if candidate.rank is not None or row.kind not in by_rank]
    return [_unmet(candidate, places, condition, lack) for condition in asked if (lack := unmet(condition, facts))]


def _unmet(candidate: Candidate, places: Places, condition: Condition, lack: str) -> Objection:
    start, end = (
        (f"Chưa thể đưa {candidate.name} vào danh sách đề nghị {places.short_name}", "")
        if condition.hard
        else (f"Lưu ý: {candidate.name}", " Nếu vẫn đề nghị, ghi rõ lý do; lý do được in trong tờ trình.")
    )
    joined = ": đơn vị " if condition.hard else " "
    sentence = f"{start}{joined}{lack} ({condition.source}).{end}"
    return Objection(Rule.CONDITION, sentence, condition.source, hard=condition.hard)


def overflow(places: Places, setting: Setting) -> Objection | None:
    """Return the objection to a list that holds more than may be proposed, or None."""
    if not places.exceeded:
        return None
    if places.limit is None:
        return _no_guidance(places, setting)
    return Objection(Rule.QUOTA, _too_many(places, setting, places.held - places.limit, ""), places.source, hard=True)


def _unranked(candidate: Candidate, setting: Setting) -> tuple[Objection, ...]:
    if candidate.rank is not None or not setting.by_score:
        return ()
    sentence = (
        f"Chưa thể đưa {candidate.name} vào danh sách đề nghị: đơn vị chưa có điểm thống nhất và thứ hạng "
        f"năm {setting.year}."
    )
    return (Objection(Rule.NO_SCORE, sentence, "Bảng tổng hợp kết quả chấm điểm", hard=True),)


def _blocked(candidate: Candidate) -> tuple[Objection, ...]:
    return tuple(
        Objection(
            Rule.BLOCKED,
            f"Chưa thể đưa {candidate.name} vào danh sách đề nghị: theo {block.source}, đơn vị {block.words} "
            "không thuộc diện xét.",
            block.source,
            hard=True,
        )
        for block in candidate.blocks
    )


def _beyond_places(places: Places, setting: Setting) -> tuple[Objection, ...]:
    if places.limit is None:
        return (_no_guidance(places, setting),)
    if places.held < places.limit:
        return ()
    room = places.held - places.limit + 1
    return (
        Objection(Rule.QUOTA, _too_many(places, setting, room, " trước khi thêm đơn vị này"), places.source, hard=True),
    )


def _no_guidance(places: Places, setting: Setting) -> Objection:
    sentence = (
        f"Chưa thể đề nghị {places.short_name}: năm {setting.year} chưa ghi số lượng {setting.bloc_word} được đề nghị. "
        f"Đề nghị liên hệ {setting.authority} để ghi văn bản hướng dẫn của năm."
    )
    return Objection(Rule.NO_GUIDANCE, sentence, "", hard=True)


def _too_many(places: Places, setting: Setting, room: int, when: str) -> str:
    return (
        f"{setting.bloc_word} được đề nghị tối đa {places.limit:02d} {places.short_name} ({places.source}). "
        f"Hiện đã có {places.held:02d} đề nghị. Cần rút {room:02d} đề nghị{when}."
    )


def _one_achievement(candidate: Candidate, setting: Setting) -> tuple[Objection, ...]:
    if not candidate.held:
        return ()
    names = ", ".join(name for _, name in candidate.held)
    sentence = (
        f"Lưu ý: {candidate.name} đã được đề nghị {names} cho thành tích năm {setting.year}. Quy định: không khen thưởng "
        "nhiều lần, nhiều hình thức cho một thành tích. Nếu vẫn đề nghị, ghi rõ lý do; lý do được in trong tờ trình."
    )
    return (Objection(Rule.ONE_ACHIEVEMENT, sentence, setting.one_achievement_source, hard=False),)


def _declined_before(candidate: Candidate, places: Places, setting: Setting) -> tuple[Objection, ...]:
    if places.award not in candidate.declined:
        return ()
    sentence = (
        f"Lưu ý: {setting.bloc_word} đã bình xét và không đề nghị {places.short_name} cho {candidate.name} "
        f"năm {setting.year}. Nếu đưa ra bình xét lại, ghi rõ lý do; lý do được in trong tờ trình."
    )
    return (Objection(Rule.DECLINED, sentence, "Kết quả bình xét", hard=False),)


def _out_of_order(candidate: Candidate, others: Sequence[Candidate], setting: Setting) -> tuple[Objection, ...]:
    if not setting.by_score or candidate.rank is None:
        return ()
    ahead = [
        other.name
        for other in others
        if other.is_considered and not other.held and not other.declined and (other.rank or 0) < candidate.rank
    ]
    if not ahead:
        return ()
    sentence = (
        f"Lưu ý: {', '.join(ahead)} xếp trên và chưa có trong danh sách. Đưa vào trước đơn vị xếp trên phải ghi lý do; "
        "lý do được in trong tờ trình."
    )
    return (Objection(Rule.ORDER, sentence, "Thứ hạng của Bảng tổng hợp", hard=False),)
