"""Who may. Each permission has a predicate and the sentence that a refused person reads.

`require` and `may` ask the predicates themselves, not `user.has_perm`, which is true for every superuser: an act for a
unit needs somebody who represents that unit.
"""

from collections.abc import Callable
from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from blocs.models import Authority, Bloc, BlocYear, Membership, Post, Unit, User
from blocs.standing import leadership_of, standing_of

_SENTENCES: dict[str, str] = {}


def permit(name: str, predicate: Callable[..., bool], sentence: str) -> None:
    """Declare a permission ("app.act_noun"), who has it, and what others are told."""
    rules.add_perm(name, predicate)
    _SENTENCES[name] = sentence


def may(user: User, permission: str, subject: Any = None) -> bool:
    """Whether the user has the permission for the subject."""
    return rules.permissions.has_perm(permission, user, subject)


def require(user: User, permission: str, subject: Any = None) -> None:
    """Raise PermissionDenied (403) with the permission's sentence unless the user has it."""
    if not may(user, permission, subject):
        raise PermissionDenied(_SENTENCES[permission])


@rules.predicate
def represents(user: User, unit: Unit) -> bool:
    """Whether the user acts for the unit today."""
    return standing_of(user).represents(unit.pk)


@rules.predicate
def heads(user: User, unit: Unit) -> bool:
    """Whether the user is, or may act for, the unit's head today."""
    return standing_of(user).heads(unit.pk)


@rules.predicate
def leads(user: User, year: BlocYear) -> bool:
    """Whether the user acts for the unit that leads the year today."""
    return standing_of(user).represents(leadership_of(year).leader)


@rules.predicate
def assists(user: User, year: BlocYear) -> bool:
    """Whether the user acts for the deputy leader of the year today."""
    return standing_of(user).represents(leadership_of(year).deputy)


@rules.predicate
def oversees(user: User, subject: BlocYear | Bloc | Authority) -> bool:
    """Whether the user holds a post today at the authority of the year, of the bloc, or at this authority."""
    bloc = subject.bloc if isinstance(subject, BlocYear) else subject
    authority_id = bloc.authority_id if isinstance(bloc, Bloc) else bloc.pk
    return authority_id in standing_of(user).authorities


@rules.predicate
def is_official(user: User, _subject: Any = None) -> bool:
    """Whether the user holds a post today at any authority."""
    return bool(standing_of(user).authorities)


permit("blocs.oversee", oversees, "Việc này do cơ quan tổ chức khối thực hiện.")
permit("blocs.keep_units", is_official, "Việc này do cơ quan tổ chức khối thực hiện.")
permit("blocs.lead_year", leads, "Việc này do Trưởng khối thực hiện.")
permit("blocs.lead_or_oversee", leads | oversees, "Việc này do Trưởng khối hoặc cơ quan tổ chức khối thực hiện.")
permit("blocs.represent_unit", represents, "Việc này do người của đơn vị thực hiện.")
permit("blocs.head_unit", heads, "Việc này do Thủ trưởng đơn vị hoặc người được ủy quyền thực hiện.")


@rules.predicate
def oversees_unit(user: User, unit: Unit) -> bool:
    """Whether the user holds a post today at an authority with the unit in one of its blocs, or the unit is in none."""
    authorities = standing_of(user).authorities
    if not authorities:
        return False
    members = Membership.objects.filter(unit=unit)
    return members.filter(year__bloc__authority__in=authorities).exists() or not members.exists()


@rules.predicate
def may_close(user: User, post: Post) -> bool:
    """Whether the user may end the post: officials theirs and their units', a head and those under the head the rest."""
    if post.unit is None:
        return post.authority_id in standing_of(user).authorities
    return post.role in {role for role, _ in roles_to_give(user, post.unit, closing=True)}


def roles_to_give(user: User, unit: Unit, *, closing: bool = False) -> list[tuple[str, str]]:
    """Return the roles (value, label) a person may offer at a unit.

    Officials offer all; a head all but the head's own; a deputy or an authorised person the staff's. A head may also
    end the post of a second head (`closing`); the act keeps the last one.
    """
    role = Post.Role
    staff = [role.OFFICER, role.CLERK, role.SECRETARY, role.TALLY]
    offered: list[Post.Role] = staff if heads(user, unit) else []
    if role.HEAD in standing_of(user).units.get(unit.pk, ()):
        offered = [*([role.HEAD] if closing else []), role.DEPUTY_HEAD, *staff]
    if oversees_unit(user, unit):
        offered = list(role)
    return [(each.value, str(each.label)) for each in offered]


_KEEPERS = "Việc này do Thủ trưởng đơn vị hoặc cơ quan tổ chức khối thực hiện."
permit("blocs.keep_people", heads | oversees_unit, _KEEPERS)
permit("blocs.close_post", may_close, _KEEPERS)
