"""People come by one-time link and go by closing their posts; the record of both stays."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from blocs.audit import record
from blocs.errors import Refusal
from blocs.invitations import digest_of_token, mail_invitation, token_of
from blocs.jobs import enqueue
from blocs.models import Authority, Invitation, Post, Unit, User
from blocs.text import nfc

DAYS_OPEN = 14


class InvitationVoid(Refusal):
    """The link was used, withdrawn, or is too old."""


class NameTaken(Refusal):
    """Another account has the sign-in name or the mail address."""

    status = 422


class LastHead(Refusal):
    """The unit would be left without a head, or the authority without an official."""


class AlreadyInvited(Refusal):
    """The same person has an open invitation to the same role at the same place."""


class WrongRole(Refusal):
    """The role is not one of the place's roles."""

    status = 422


class PostEnded(Refusal):
    """The post has ended already."""


@transaction.atomic
def invite(
    place: Unit | Authority, *, full_name: str, email: str, role: str, title: str, by: User | None, at: dt.datetime
) -> tuple[Invitation, str]:
    """Offer a person a post at a unit or at the authority by a one-time link, and have it mailed.

    Returns the invitation and the link's token, which is shown once: only its digest is kept, and the mail computes it
    anew from the site's key. The link is open for DAYS_OPEN days. Raises WrongRole, AlreadyInvited.
    """
    unit, authority = (place, None) if isinstance(place, Unit) else (None, place)
    if authority is not None and role not in {Post.Role.OFFICER, Post.Role.HEAD, Post.Role.DEPUTY_HEAD}:
        message = "Vai trò này chỉ có ở đơn vị thành viên. Không có nội dung nào bị thay đổi."
        raise WrongRole(message)
    whom = {"unit": unit, "authority": authority, "role": role, "email": email.strip().lower()}
    _refuse_second_invitation(whom, at)
    invitation = Invitation.objects.create(
        **whom, token_digest=get_random_string(64), title=nfc(title), full_name=nfc(full_name), invited_by=by,
        invited_at=at, expires_at=at + dt.timedelta(days=DAYS_OPEN),
    )  # fmt: skip
    token = token_of(invitation)
    invitation.token_digest = digest_of_token(token)
    invitation.save(update_fields=["token_digest"])
    enqueue(mail_invitation, invitation_id=invitation.pk)
    record(
        "invite", invitation, by=by, unit=invitation.unit_id, authority=invitation.authority_id, role=role,
        expires_at=invitation.expires_at,
    )  # fmt: skip
    return invitation, token


def _refuse_second_invitation(whom: Mapping[str, Any], at: dt.datetime) -> None:
    if any(earlier.is_open(at) for earlier in Invitation.objects.filter(**whom).select_for_update()):
        message = (
            f"Đã có lời mời đang chờ nhận gửi đến {whom['email']} với vai trò này. "
            "Nếu liên kết bị thất lạc, thu hồi lời mời cũ rồi mời lại."
        )
        raise AlreadyInvited(message)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User | None, at: dt.datetime) -> Invitation:
    """Take an open invitation back: its link is void from now on. Raises InvitationVoid when it is no longer open."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open(at):
        message = "Lời mời này đã được nhận, đã thu hồi hoặc đã hết hạn. Không có nội dung nào bị thay đổi."
        raise InvitationVoid(message)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("withdraw_invitation", invitation, by=by, unit=invitation.unit_id, authority=invitation.authority_id)
    return invitation


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, at: dt.datetime, by: User | None = None, username: str = "", password: str = ""
) -> Post:
    """Take the offered post, with the account of the signed-in person (`by`) or with a new one.

    The link works once. Raises InvitationVoid; NameTaken when a new account's sign-in name or mail address is in use
    (its holder signs in first, then takes the post).
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open(at):
        message = (
            "Liên kết mời không còn hiệu lực: đã được sử dụng, đã thu hồi hoặc đã quá hạn. "
            "Đề nghị liên hệ nơi gửi lời mời để nhận liên kết mới."
        )
        raise InvitationVoid(message)
    user = by or _new_account(invitation, username, password)
    post = Post.objects.create(
        user=user,
        unit=invitation.unit,
        authority=invitation.authority,
        role=invitation.role,
        title=invitation.title,
        from_on=at.date(),
        given_by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        "accept_invitation",
        post,
        by=user,
        unit=post.unit_id,
        authority=post.authority_id,
        role=post.role,
        invitation=invitation.pk,
        new_account=by is None,
    )
    return post


@transaction.atomic
def close_post(post: Post, *, by: User | None, on: dt.date) -> Post:
    """End a post; from the day `on` the person holds it no longer. The record stays.

    Only the authority ends the post of a unit's last head, and only the operator that of the authority's last official.
    Raises PostEnded, LastHead.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.until_on is not None and post.until_on < on:
        message = f"Chức vụ này đã kết thúc ngày {post.until_on:%d/%m/%Y}. Không có nội dung nào bị thay đổi."
        raise PostEnded(message)
    _refuse_last(post, by, on)
    post.until_on = max(on, post.from_on) - dt.timedelta(days=1)
    post.save(update_fields=["until_on"])
    post.user.__dict__.pop("_standings", None)
    record(
        "close_post",
        post,
        by=by,
        unit=post.unit_id,
        authority=post.authority_id,
        role=post.role,
        until_on=post.until_on,
    )
    return post


@transaction.atomic
def change_contact(user: User, *, full_name: str, email: str, phone: str, by: User | None) -> User:
    """Correct a person's name and work contact. Raises NameTaken when another account has the mail address."""
    address = email.strip().lower()
    if address and User.objects.exclude(pk=user.pk).filter(email__iexact=address).exists():
        message = "Địa chỉ thư này đã được dùng cho một tài khoản khác. Nội dung đã nhập vẫn còn trên trang."
        raise NameTaken(message)
    before = {"full_name": user.full_name, "email": user.email, "phone": user.phone}
    user.full_name, user.email, user.phone = nfc(full_name), address, nfc(phone)
    user.save(update_fields=["full_name", "email", "phone"])
    record(
        "change_contact", user, by=by, changed=[name for name, value in before.items() if getattr(user, name) != value]
    )
    return user


def _new_account(invitation: Invitation, username: str, password: str) -> User:
    name = username.strip().lower()
    if User.objects.filter(username__iexact=name).exists():
        message = f"Tên đăng nhập “{name}” đã thuộc tài khoản khác. Đề nghị chọn tên khác."
        raise NameTaken(message)
    if User.objects.filter(email__iexact=invitation.email).exists():
        message = "Địa chỉ thư của lời mời đã có tài khoản. Đề nghị đăng nhập bằng tài khoản đó rồi nhận lời mời."
        raise NameTaken(message)
    return User.objects.create_user(name, password, full_name=invitation.full_name, email=invitation.email)


def _refuse_last(post: Post, by: User | None, on: dt.date) -> None:
    """Hold the posts of the place in view, so that two heads cannot close each other at the same moment."""
    others = Post.objects.select_for_update().in_force(on).exclude(pk=post.pk)
    if by is None:
        return
    if post.authority_id is not None:
        if not list(others.filter(authority=post.authority_id)):
            message = "Đây là chuyên viên cuối cùng của cơ quan tổ chức khối. Đề nghị mời người thay trước khi kết thúc chức vụ."
            raise LastHead(message)
        return
    if post.role != Post.Role.HEAD or by.posts.in_force(on).filter(authority__isnull=False).exists():
        return
    if not list(others.filter(unit=post.unit_id, role=Post.Role.HEAD)):
        message = (
            "Đơn vị không còn Thủ trưởng nào khác nên chức vụ này do cơ quan tổ chức khối kết thúc. "
            "Không có nội dung nào bị thay đổi."
        )
        raise LastHead(message)
