"""Whom the bloc may propose, and why not: gathered once for a year, read by the board and by the refusal alike."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from awards.conditions import Condition, Kind
from awards.eligibility import Block, Candidate, Objection, Places, Setting, objections, overflow
from awards.models import Award, AwardRule, BlockingCase, Nomination
from awards.queries.earlier import last_given
from awards.queries.neighbours import (
    NO_PLEDGE,
    NO_SELF_SCORE,
    Member,
    Ranking,
    blocking_rules,
    members_without_pledge,
    ranking,
)
from awards.queries.quotas import ONE_ACHIEVEMENT, RULE, awards_of, places_of, provisions_of
from blocs.models import BlocYear, Membership, Provision


@dataclass(frozen=True)
class Eligibility:
    """The awards, places, members and nominations of a year, as the rules see them at this moment."""

    awards: list[Award]
    places: dict[int, Places]
    candidates: dict[int, Candidate]
    nominations: list[Nomination]
    ranking: Ranking
    setting: Setting
    provisions: dict[tuple[str, str], Provision]
    cases: list[BlockingCase]
    conditions: dict[int, tuple[Condition, ...]]

    @property
    def units(self) -> dict[int, int]:
        """The unit of each membership, by primary keys."""
        return {member.membership: member.unit for member in self.ranking.members}

    def why_not(self, membership_id: int, award: Award) -> tuple[Objection, ...]:
        """Return everything that speaks against proposing the member for the award."""
        candidate, others = self.candidates[membership_id], list(self.candidates.values())
        return objections(candidate, self.places[award.pk], others, self.setting, self.conditions.get(award.pk, ()))

    def overflows(self) -> list[Objection]:
        """Return the objections to the list as it is: awards with more nominations than places."""
        return [found for places in self.places.values() if (found := overflow(places, self.setting))]


def eligibility(year: BlocYear, at: dt.datetime) -> Eligibility:
    """Return the year as the rules of nomination see it at a moment, in the same number of queries for any number of members."""
    awards, provisions = awards_of(year), provisions_of(year)
    nominations = list(Nomination.objects.filter(year=year).select_related("award", "membership", "poll__year"))
    order = ranking(year)
    cases = list(BlockingCase.objects.filter(membership__year=year, ended_at=None).select_related("membership"))
    conditions = conditions_of(year, at.date())
    kinds = {row.kind for rows in conditions.values() for row in rows}
    rules, source = blocking_rules(year)
    unsigned = members_without_pledge(year) if NO_PLEDGE in rules or Kind.PLEDGE in kinds else frozenset()
    blocks = _blocks(year, order, cases, at, _Bars(rules, source, unsigned))
    given = last_given(year) if Kind.YEARS_SINCE in kinds else {}
    candidates = _candidates(nominations, order, blocks, unsigned, given)
    one = provisions.get((RULE, ONE_ACHIEVEMENT))
    setting = Setting(
        year=year.year,
        bloc_word=year.bloc.bloc_word,
        authority=str(year.bloc.authority),
        one_achievement_source=one.citation if one else "Luật Thi đua, khen thưởng",
        by_score=year.nomination_order != BlocYear.Order.VOTE,
    )
    places = places_of(awards, nominations, provisions, len(order.members))
    return Eligibility(awards, places, candidates, nominations, order, setting, provisions, cases, conditions)


def conditions_of(year: BlocYear, on: dt.date) -> dict[int, tuple[Condition, ...]]:
    """Return the conditions of each award (by primary key) that hold for a year, as the authority has them on the day."""
    found: dict[int, list[Condition]] = {}
    for rule in AwardRule.objects.in_force(on, year.bloc.authority_id):
        found.setdefault(rule.award_id, []).append(rule.condition)
    return {award: tuple(rows) for award, rows in found.items()}


def why_not(membership: Membership, award: Award, at: dt.datetime) -> tuple[Objection, ...]:
    """Return everything that speaks against proposing the member for the award at the moment."""
    return eligibility(membership.year, at).why_not(membership.pk, award)


@dataclass(frozen=True)
class _Bars:
    """The cases in which the adopted table considers no unit, how it is quoted, and who has not signed the pledge."""

    rules: dict[str, str]
    source: str
    unsigned: frozenset[int]


def _candidates(
    nominations: list[Nomination],
    order: Ranking,
    blocks: dict[int, tuple[Block, ...]],
    unsigned: frozenset[int],
    given: dict[int, dict[str, int]],
) -> dict[int, Candidate]:
    """The members in the order of their final ranks; those without one last, as they were enrolled.

    The order of a ranking that is not final would tell what members claimed before others may see it.
    """
    found = {
        row.membership: replace(
            _candidate(row, nominations, order, blocks.get(row.membership, ())),
            pledged=row.membership not in unsigned,
            given=tuple(given.get(row.unit, {}).items()),
        )
        for row in order.members
    }
    unranked = len(found) + 1
    return dict(sorted(found.items(), key=lambda entry: (entry[1].rank or unranked, entry[0])))


def _candidate(
    member: Member, nominations: Iterable[Nomination], order: Ranking, blocks: tuple[Block, ...]
) -> Candidate:
    mine = [nomination for nomination in nominations if nomination.membership_id == member.membership]
    own = [nomination for nomination in mine if not nomination.person_name]
    place = order.places.get(member.membership)
    return Candidate(
        key=member.membership,
        name=member.name,
        rank=place.rank if place else None,
        total=place.total if place else None,
        grade=place.grade if place else "",
        blocks=blocks,
        held=tuple((row.award.code, row.award.name) for row in own if row.is_held),
        declined=tuple(row.award.code for row in own if row.state == Nomination.State.DECLINED),
    )


def _blocks(
    year: BlocYear, order: Ranking, cases: list[BlockingCase], at: dt.datetime, bars: _Bars
) -> dict[int, tuple[Block, ...]]:
    rules = bars.rules
    if not rules:
        return {}
    found: dict[int, tuple[Block, ...]] = {}
    for key in (member.membership for member in order.members):
        codes = {str(case.condition): case.source for case in cases if case.membership_id == key}
        if key in bars.unsigned and NO_PLEDGE in rules:
            codes[NO_PLEDGE] = ""
        if key in order.silent and not year.accepts_assessments(at):
            codes[NO_SELF_SCORE] = ""
        found[key] = tuple(
            Block(_words(rules[code], paper), bars.source) for code, paper in codes.items() if code in rules
        )
    return found


def _words(words: str, paper: str) -> str:
    return f"{words} ({paper})" if paper else words
