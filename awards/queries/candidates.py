"""Whom the bloc may propose, and why not: gathered once for a year, read by the board and by the refusal alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.eligibility import Block, Candidate, Objection, Places, Setting, objections, overflow
from awards.models import Award, BlockingCase, Nomination
from awards.queries.neighbours import NO_PLEDGE, NO_SELF_SCORE, Ranking, blocking_rules, members_without_pledge, ranking
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
    units: dict[int, int]

    def why_not(self, membership_id: int, award: Award) -> tuple[Objection, ...]:
        """Return everything that speaks against proposing the member for the award."""
        candidate = self.candidates[membership_id]
        return objections(candidate, self.places[award.pk], list(self.candidates.values()), self.setting)

    def overflows(self) -> list[Objection]:
        """Return the objections to the list as it is: awards with more nominations than places."""
        return [found for places in self.places.values() if (found := overflow(places, self.setting))]


def eligibility(year: BlocYear) -> Eligibility:
    """Return the year as the rules of nomination see it, in the same number of queries for any number of members."""
    awards, provisions = awards_of(year), provisions_of(year)
    nominations = list(Nomination.objects.filter(year=year).select_related("award", "membership"))
    order = ranking(year)
    members = list(year.memberships.all())
    candidates = _candidates(year, members, nominations, order)
    one = provisions.get((RULE, ONE_ACHIEVEMENT))
    setting = Setting(
        year=year.year,
        bloc_word=year.bloc.bloc_word,
        authority=str(year.bloc.authority),
        one_achievement_source=one.citation if one else "Luật Thi đua, khen thưởng",
        by_score=year.nomination_order != BlocYear.Order.VOTE,
    )
    places = places_of(awards, nominations, provisions)
    units = {member.pk: member.unit_id for member in members}
    return Eligibility(awards, places, candidates, nominations, order, setting, provisions, units)


def why_not(membership: Membership, award: Award) -> tuple[Objection, ...]:
    """Return everything that speaks against proposing the member for the award now."""
    return eligibility(membership.year).why_not(membership.pk, award)


def _candidates(
    year: BlocYear, members: list[Membership], nominations: list[Nomination], order: Ranking
) -> dict[int, Candidate]:
    """The members in the order of their ranks, those without one last."""
    blocks = _blocks(year, members, order)
    found = {member.pk: _candidate(member, nominations, order, blocks.get(member.pk, ())) for member in members}
    unranked = len(members) + 1
    return dict(sorted(found.items(), key=lambda entry: entry[1].rank or unranked))


def _candidate(
    member: Membership, nominations: Iterable[Nomination], order: Ranking, blocks: tuple[Block, ...]
) -> Candidate:
    own = [nomination for nomination in nominations if nomination.membership_id == member.pk]
    place = order.places.get(member.pk)
    return Candidate(
        key=member.pk,
        name=member.short_name,
        rank=place.rank if place else None,
        total=place.total if place else None,
        blocks=blocks,
        held=tuple((row.award.code, row.award.name) for row in own if row.is_held),
        declined=tuple(row.award.code for row in own if row.state == Nomination.State.DECLINED),
    )


def _blocks(year: BlocYear, members: list[Membership], order: Ranking) -> dict[int, tuple[Block, ...]]:
    rules, source = blocking_rules(year)
    if not rules:
        return {}
    unsigned = members_without_pledge(year) if NO_PLEDGE in rules else frozenset()
    cases = _cases(year)
    found: dict[int, tuple[Block, ...]] = {}
    for member in members:
        codes = dict(cases.get(member.pk, {}))
        if member.pk in unsigned:
            codes[NO_PLEDGE] = ""
        if member.pk in order.silent:
            codes[NO_SELF_SCORE] = ""
        found[member.pk] = tuple(
            Block(_words(rules[code], paper), source) for code, paper in codes.items() if code in rules
        )
    return found


def _words(words: str, paper: str) -> str:
    return f"{words} ({paper})" if paper else words


def _cases(year: BlocYear) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for case in BlockingCase.objects.filter(membership__year=year, ended_at__isnull=True):
        found.setdefault(case.membership_id, {})[case.condition] = case.source
    return found
