"""From ballots, marks or counted hands to figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from voting.tally.ruling import Answer, Base, Method, Ruling

Mark = tuple[str, Answer]
BLANK: Mark = ("", Answer.BLANK)


class InvalidBallot(ValueError):
    """The ballot breaks the rules of its round and counts as invalid."""


class CountMismatch(ValueError):
    """The figures entered by hand do not add up; the message is Vietnamese and for the tally team."""


@dataclass(frozen=True)
class Barred:
    """How many units may not vote on one option (their own), by denominator.

    Where each option is answered, those units leave that option's denominators. Where one is chosen among several, they
    vote on another option and stay.
    """

    option: str
    members: int
    present: int
    cast: int


@dataclass(frozen=True)
class Turnout:
    """Who could vote, who was there, what came back."""

    members: int
    present: int
    cast: int
    invalid: int = 0
    blank: int = 0


@dataclass(frozen=True)
class OptionCount:
    """The figures of one option with its own denominators."""

    key: str
    approve: int
    reject: int
    abstain: int
    members: int
    present: int
    cast: int
    valid: int

    def whole(self, base: Base) -> int:
        """The denominator of the named base."""
        return {
            Base.MEMBERS: self.members,
            Base.PRESENT: self.present,
            Base.CAST: self.cast,
            Base.VALID: self.valid,
        }[base]


@dataclass(frozen=True)
class Count:
    """The counted round. `invalid` includes blank ballots unless the rules call them valid."""

    members: int
    present: int
    cast: int
    valid: int
    invalid: int
    blank: int
    options: tuple[OptionCount, ...]


def normalise(ruling: Ruling, ballot: Collection[Mark], barred: Collection[str] = ()) -> tuple[Mark, ...]:
    """The marks a ballot adds to the urn: sorted, complete, without the options its unit may not vote on.

    An empty ballot gives one BLANK mark. When each option is answered, an option without a mark is an abstention.
    Raises InvalidBallot for an unknown or barred option, two answers to one option, or too many choices.
    """
    marks = sorted(set(ballot))
    if not marks or marks == [BLANK]:
        return (BLANK,)
    keys = [key for key, _ in marks]
    if len(set(keys)) != len(keys) or not set(keys) <= set(ruling.keys) - set(barred):
        raise InvalidBallot
    if ruling.method == Method.EACH:
        open_keys = set(ruling.keys) - set(keys) - set(barred)
        marks = sorted([*marks, *((key, Answer.ABSTAIN) for key in open_keys)])
    elif len(marks) > ruling.up_to or any(answer != Answer.APPROVE for _, answer in marks):
        raise InvalidBallot
    return tuple(marks)


def count_ballots(ruling: Ruling, ballots: Iterable[Collection[Mark]], members: int, present: int) -> Count:
    """Count whole ballots; those that break the rules are invalid."""
    marks: list[Mark] = []
    cast = invalid = 0
    for ballot in ballots:
        cast += 1
        try:
            marks.extend(normalise(ruling, ballot))
        except InvalidBallot:
            invalid += 1
    return count_marks(ruling, marks, Turnout(members, present, cast, invalid))


def count_marks(
    ruling: Ruling,
    marks: Iterable[Mark],
    turnout: Turnout,
    barred: Collection[Barred] = (),
) -> Count:
    """Count the marks of an urn; `turnout.blank` is read from the marks."""
    tallied = Counter(marks)
    blank = tallied[BLANK]
    votes = {
        key: (tallied[key, Answer.APPROVE], tallied[key, Answer.REJECT], tallied[key, Answer.ABSTAIN])
        for key in ruling.keys
    }
    full = Turnout(turnout.members, turnout.present, turnout.cast, turnout.invalid, blank)
    return _count(ruling, votes, full, barred)


def count_by_hand(
    ruling: Ruling,
    votes: Mapping[str, tuple[int, int, int]],
    turnout: Turnout,
    barred: Collection[Barred] = (),
) -> Count:
    """Take the figures of the tally team (hands, paper, letters) after checking that they add up.

    `votes` maps a key to (approve, reject, abstain); `turnout.invalid` leaves blank ballots out.
    Raises CountMismatch with the sum that does not agree.
    """
    if turnout.cast > turnout.members:
        message = f"Số phiếu thu về ({turnout.cast}) lớn hơn số đơn vị có quyền bỏ phiếu ({turnout.members})."
        raise CountMismatch(message)
    count = _count(ruling, _without_blank(ruling, votes, turnout), turnout, barred)
    if count.valid < 0:
        message = f"Số phiếu không hợp lệ và phiếu trắng lớn hơn số phiếu thu về ({turnout.cast})."
        raise CountMismatch(message)
    _check_sums(ruling, count)
    return count


def _without_blank(
    ruling: Ruling,
    votes: Mapping[str, tuple[int, int, int]],
    turnout: Turnout,
) -> dict[str, tuple[int, int, int]]:
    """Blank ballots that are valid are added to the abstentions later; the team enters them once, as blank."""
    if min((number for row in votes.values() for number in row), default=0) < 0 or turnout.cast < 0:
        message = "Số phiếu không được là số âm."
        raise CountMismatch(message)
    return {key: votes.get(key, (0, 0, 0)) for key in ruling.keys}


def _check_sums(ruling: Ruling, count: Count) -> None:
    spoken = count.cast - (count.invalid if not ruling.blank_is_valid else count.invalid + count.blank)
    if ruling.method == Method.EACH:
        for option in count.options:
            _check_option(ruling, option, count)
        return
    chosen = sum(option.approve for option in count.options)
    most = max((option.approve for option in count.options), default=0)
    if most > spoken or not spoken <= chosen <= spoken * ruling.up_to:
        message = f"Tổng số phiếu của các lựa chọn ({chosen}) không khớp với {spoken} phiếu có lựa chọn."
        raise CountMismatch(message)


def _check_option(ruling: Ruling, option: OptionCount, count: Count) -> None:
    answered = option.approve + option.reject + option.abstain
    expected = option.cast - count.invalid
    if answered != expected:
        message = (
            f"{ruling.label(option.key)}: tổng {option.approve} + {option.reject} + {option.abstain} = {answered}"
            f" khác số phiếu hợp lệ ({expected})."
        )
        raise CountMismatch(message)


def _count(
    ruling: Ruling,
    votes: Mapping[str, tuple[int, int, int]],
    turnout: Turnout,
    barred: Collection[Barred],
) -> Count:
    invalid = turnout.invalid + (0 if ruling.blank_is_valid else turnout.blank)
    whole = Count(turnout.members, turnout.present, turnout.cast, turnout.cast - invalid, invalid, turnout.blank, ())
    outside = {row.option: row for row in barred}
    rows = tuple(_option_count(ruling, key, votes[key], whole, outside.get(key)) for key in ruling.keys)
    return Count(whole.members, whole.present, whole.cast, whole.valid, whole.invalid, whole.blank, rows)


def _option_count(
    ruling: Ruling,
    key: str,
    row: tuple[int, int, int],
    whole: Count,
    outside: Barred | None,
) -> OptionCount:
    approve, reject, abstain = row
    off = outside if outside and ruling.method == Method.EACH else Barred(key, 0, 0, 0)
    if ruling.method == Method.EACH:
        abstain += whole.blank if ruling.blank_is_valid else 0
        valid = approve + reject + (abstain if ruling.abstention_is_valid else 0)
    else:
        valid = whole.valid
    return OptionCount(
        key,
        approve,
        reject,
        abstain,
        members=whole.members - off.members,
        present=whole.present - off.present,
        cast=whole.cast - off.cast,
        valid=valid,
    )
