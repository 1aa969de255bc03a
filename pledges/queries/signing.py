"""Who signs in which capacity, who has not signed, and what a draft lacks before it can be signed."""

import datetime as dt
from dataclasses import dataclass

from blocs.models import Authorisation, BlocYear, Membership, Post, User
from documents.models import Document
from documents.queries import latest_document
from pledges.models import Pledge


@dataclass(frozen=True)
class SigningCapacity:
    """The lines of a signature ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), the post, and the paper of an authorisation."""

    lines: tuple[str, ...]
    post: str
    authorisation: Authorisation | None = None


def signing_capacity(user: User, membership: Membership, on: dt.date) -> SigningCapacity | None:
    """In which capacity the user signs for the unit on the day; None where the user does not sign.

    A head signs as such, a deputy head KT., an authorised person TUQ. with the authorisation's paper.
    """
    head_title = membership.unit.head_title.upper()
    posts = user.posts.in_force(on).filter(unit=membership.unit_id)
    titles = {post.role: post.title for post in posts}
    if Post.Role.HEAD in titles:
        title = titles[Post.Role.HEAD]
        return SigningCapacity((title.upper(),), title)
    if Post.Role.DEPUTY_HEAD in titles:
        title = titles[Post.Role.DEPUTY_HEAD]
        return SigningCapacity((f"KT. {head_title}", title.upper()), title)
    paper = user.authorisations.in_force(on).filter(unit=membership.unit_id).order_by("-dated_on").first()
    if paper is None:
        return None
    return SigningCapacity((f"TUQ. {head_title}", paper.title.upper()), paper.title, paper)


def pledge_of(year: BlocYear) -> Pledge | None:
    """The pledge that binds the year."""
    return Pledge.objects.filter(year=year).select_related("year__bloc__authority").first()


def paper_of(pledge: Pledge) -> Document | None:
    """The filed paper of a pledge that is out for signature or signed, None before it was filed."""
    return latest_document(pledge.year, kind=Document.Kind.PLEDGE, about="giao-uoc")


def unsigned_units(year: BlocYear) -> list[Membership]:
    """The members that have not signed the year's pledge, in their order.

    Empty while the year has no frozen pledge: nobody can be blamed for not signing what cannot be signed.
    """
    pledge = pledge_of(year)
    if pledge is None or not pledge.is_frozen:
        return []
    signed = pledge.signatures.values("membership")
    return list(year.memberships.select_related("unit").exclude(pk__in=signed))


def missing_before_freezing(pledge: Pledge) -> list[str]:
    """What a draft lacks before its text can be fixed for signature, as parts of a sentence."""
    missing = []
    if not pledge.year.memberships.exists():
        missing.append("năm thi đua chưa có đơn vị thành viên")
    articles = list(pledge.articles.all())
    if not articles:
        missing.append("Điều 1 chưa có nội dung thi đua")
    missing += [f"nội dung {row.position} (Điều 1) chưa có cam kết" for row in articles if not row.commitment]
    if not pledge.place_name:
        missing.append("chưa ghi địa danh")
    return missing
