"""The threads of an assessment's criteria, as one person may read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from blocs import text
from blocs.models import User
from blocs.rules import may
from scoring.models import Remark, SelfAssessment


@dataclass(frozen=True)
class Said:
    """One remark, ready to print."""

    who: str
    when: str
    text: str
    is_internal: bool


def remarks_of(assessment: SelfAssessment, user: User) -> Mapping[int, list[Said]]:
    """Return the remarks by criterion: all for the unit's people, those meant for the reviewer to reviewer and authority.

    One query.
    """
    own = may(user, "scoring.fill_assessment", assessment)
    reviews = not own and may(user, "scoring.extend_assessment", assessment)
    found: dict[int, list[Said]] = {}
    rows = Remark.objects.filter(assessment=assessment).read_by(own=own, reviews=reviews)
    for remark in rows.select_related("by"):
        who = remark.by.full_name if remark.by else "Hệ thống"
        found.setdefault(remark.criterion_id, []).append(
            Said(who, text.moment(remark.at), remark.text, remark.is_internal)
        )
    return found
