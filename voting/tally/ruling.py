"""By which rules a round is decided: method, threshold with its named denominator, quorum, seats, ties."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Method(StrEnum):
    """What one ballot says."""

    ONE = "one"
    UP_TO = "up_to"
    EACH = "each"


class Answer(StrEnum):
    """What a mark says about one option; BLANK stands for a whole ballot without a mark."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"
    BLANK = "blank"


class Base(StrEnum):
    """The denominator of a share: the roll, those present, the ballots returned, the valid ones."""

    MEMBERS = "members"
    PRESENT = "present"
    CAST = "cast"
    VALID = "valid"


class Form(StrEnum):
    """Hình thức: open vote, secret ballot, acclamation."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a form of voting
    ACCLAMATION = "acclamation"


class Conduct(StrEnum):
    """Cách thực hiện: hands, on the system, paper ballots, signed opinions in writing."""

    HANDS = "hands"
    SYSTEM = "system"
    PAPER = "paper"
    WRITING = "writing"


class TieBreak(StrEnum):
    """What settles a tie when the rules say more than voting again."""

    RUN_OFF = "run_off"
    LOT = "lot"
    CHAIR = "chair"
    AUTHORITY = "authority"


SETTLED = (TieBreak.LOT, TieBreak.CHAIR)


def share_of(written: str) -> Fraction:
    """The share as a provision writes it: "2/3", "70%", "66,5%". Raises ValueError for anything else."""
    bare = written.strip().replace(",", ".")
    return Fraction(bare[:-1]) / 100 if bare.endswith("%") else Fraction(bare)


@dataclass(frozen=True)
class Threshold:
    """A share of a named denominator: more than it (`strict`) or at least it."""

    share: Fraction
    strict: bool
    base: Base

    def __post_init__(self) -> None:
        """Refuse a share that no number of votes, or every number of votes, would reach."""
        if not 0 < self.share <= 1 or (self.strict and self.share == 1):
            message = "a threshold lies above 0 and at most at the whole"
            raise ValueError(message)

    def least(self, whole: int) -> int:
        """The least whole number of votes that reaches the share of `whole`; never less than one."""
        exact = self.share * whole
        return max(1, math.floor(exact) + 1 if self.strict else math.ceil(exact))


@dataclass(frozen=True)
class Quorum:
    """How many of the roll must be present (or have cast) for the round to count at all."""

    share: Fraction
    strict: bool = False
    counted: Base = Base.PRESENT

    def __post_init__(self) -> None:
        """Only presence and casting can be counted against the roll."""
        if self.counted not in (Base.PRESENT, Base.CAST):
            message = "a quorum counts those present or those who cast"
            raise ValueError(message)

    def least(self, members: int) -> int:
        """The least number of units that makes the quorum of a roll of `members`."""
        return Threshold(self.share, self.strict, Base.MEMBERS).least(members)


@dataclass(frozen=True)
class Choice:
    """An option: a key for the arithmetic, a label for the sentences."""

    key: str
    label: str


@dataclass(frozen=True)
class Wording:
    """The owner's words for what winning and losing mean, and for the act of voting."""

    won: str = "được chọn"
    lost: str = "không được chọn"
    act: str = "bỏ phiếu"


@dataclass(frozen=True)
class Ruling:
    """Everything that decides a round, fixed when it opens.

    `seats` None: every option is decided on its own. `abstention_is_valid`: an abstention stays in the denominator
    "valid". `blank_is_valid`: a blank ballot is valid and abstains from everything; otherwise it is invalid.
    `most_rounds` 0: as many rounds as the meeting wants; after the last one without result the authority is asked.
    """

    method: Method
    options: tuple[Choice, ...]
    threshold: Threshold
    quorum: Quorum | None = None
    up_to: int = 1
    seats: int | None = 1
    abstention_is_valid: bool = True
    blank_is_valid: bool = False
    tie_break: TieBreak = TieBreak.RUN_OFF
    most_rounds: int = 0
    form: Form = Form.OPEN
    conduct: Conduct = Conduct.SYSTEM
    wording: Wording = field(default_factory=Wording)

    def __post_init__(self) -> None:
        """Refuse rules that contradict themselves."""
        for wrong, why in self._contradictions():
            if wrong:
                raise ValueError(why)

    def _contradictions(self) -> tuple[tuple[bool, str], ...]:
        keys = [option.key for option in self.options]
        return (
            (not keys or "" in keys or len(set(keys)) != len(keys), "options need distinct keys"),
            (not 1 <= self.up_to <= max(1, len(keys)), "up_to lies between one and the number of options"),
            (self.method != Method.UP_TO and self.up_to != 1, "up_to belongs to choosing up to k"),
            (self.seats is not None and self.seats < 1, "at least one seat"),
            (self.most_rounds < 0, "most_rounds counts rounds"),
            (self.seats is None and self.tie_break in SETTLED, "a lot or the chair fills seats only"),
            (self.seats is None and self.method == Method.ONE, "choosing one needs seats"),
            (self.form == Form.ACCLAMATION and len(keys) != 1, "acclamation is of one option"),
            (self.form == Form.SECRET and self.conduct in (Conduct.HANDS, Conduct.WRITING), "not secret"),
        )

    def is_last(self, number: int) -> bool:
        """If no round may follow the round of this number."""
        return 0 < self.most_rounds <= number

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the ballot."""
        return tuple(option.key for option in self.options)

    def label(self, key: str) -> str:
        """The label of an option, for sentences."""
        return next(option.label for option in self.options if option.key == key)
