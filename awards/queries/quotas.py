"""The numbers and rules of the year as data: how many nominations for which award, under which vote."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from awards.eligibility import Places, limit_of
from awards.models import Award, Nomination
from blocs.models import BlocYear, Provision
from voting.tally import Base, Quorum, Threshold, share_of

QUOTA, THRESHOLD, QUORUM, RULE = "award_quota", "vote_threshold", "vote_quorum", "award_rule"
PEER_REVIEW, ONE_ACHIEVEMENT = "nomination", "one_achievement"
CUSTOMARY = "Thông lệ, chưa ghi nguồn"
_HALF = Fraction(1, 2)


def awards_of(year: BlocYear) -> list[Award]:
    """Return the awards that the bloc may be proposed for in the year, in the order of the catalogue."""
    last_day = year.conference_on or year.submission_due_on
    if last_day is None:
        return list(Award.objects.filter(Q(authority__isnull=True) | Q(authority=year.bloc.authority_id)))
    return list(Award.objects.in_force(last_day, year.bloc.authority_id))


def provisions_of(year: BlocYear) -> dict[tuple[str, str], Provision]:
    """Return the legal values that rule nominations in the year: its own first, else the latest general one."""
    rows = (
        Provision.objects.filter(topic__in=[QUOTA, THRESHOLD, QUORUM, RULE])
        .filter(Q(year=year) | Q(year__isnull=True, effective_from__year__lte=year.year))
        .exclude(year__isnull=True, effective_to__year__lt=year.year)
        .select_related("guidance")
        .order_by("effective_from", "pk")
    )
    found: dict[tuple[str, str], Provision] = {}
    for row in sorted(rows, key=lambda row: row.year_id is not None):
        found[row.topic, row.key] = row
    return found


def places_of(
    awards: Iterable[Award],
    nominations: Iterable[Nomination],
    provisions: dict[tuple[str, str], Provision],
    members: int,
) -> dict[int, Places]:
    """Return the places of each award (by primary key): the number of the guidance, and how many are held.

    `members` is how many members the bloc has in the year: a share is counted of them.
    """
    held: dict[int, int] = {}
    for nomination in nominations:
        if nomination.is_held:
            held[nomination.award_id] = held.get(nomination.award_id, 0) + 1
    return {
        award.pk: _places(award, held.get(award.pk, 0), provisions.get((QUOTA, award.code)), members)
        for award in awards
    }


def _places(award: Award, held: int, provision: Provision | None, members: int) -> Places:
    persons = award.is_for_persons
    if provision is None:
        return Places(award.code, award.short_name, None, held, "", persons)
    stated = limit_of(provision.value, members=members)
    limit = limit_of(provision.value, award.most_per_bloc, members)
    source = _source(provision, members) if stated == limit else award.legal_basis
    return Places(award.code, award.short_name, limit, held, source, persons)


def _source(provision: Provision, members: int) -> str:
    """Where the number stands; a share also says of how many."""
    citation = _within(provision.citation)
    if "%" not in provision.value:
        return citation
    return f"{citation}: {provision.value} của {members:02d} đơn vị"


def _within(citation: str) -> str:
    """A citation that ends in parentheses, written so that it can stand within parentheses itself."""
    return re.sub(r"\s*\(([^()]*)\)$", r", \1", citation)


@dataclass(frozen=True)
class PeerReviewRules:
    """Under which rules the members vote on nominations, and where they stand."""

    threshold: Threshold
    quorum: Quorum
    source: str


def peer_review_rules(provisions: dict[tuple[str, str], Provision]) -> PeerReviewRules:
    """Return threshold and quorum of the vote on nominations: of the roll, as the year states them.

    A share of one half must be passed, a larger one reached. Where nobody has stated them, the customary ones.
    """
    stated = provisions.get((THRESHOLD, PEER_REVIEW))
    quorum = provisions.get((QUORUM, PEER_REVIEW))
    share = share_of(stated.value) if stated else _HALF
    least = share_of(quorum.value) if quorum else Fraction(2, 3)
    return PeerReviewRules(
        Threshold(share, strict=share <= _HALF, base=Base.MEMBERS),
        Quorum(least, strict=False, counted=Base.CAST),
        stated.citation if stated else CUSTOMARY,
    )
