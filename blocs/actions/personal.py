"""A person's own data: how mail is wanted, and erasure that keeps the records whole."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Invitation, MailChoice, Notice, User


class StillInOffice(Refusal):
    """A person who holds a post or an authorisation is still needed under the own name."""


@transaction.atomic
def choose_mail(user: User, *, manner: str, reminds: bool, by: User | None) -> MailChoice:
    """Keep how a person wants mail: each notice, one a day, or none; and whether to be reminded of what is due."""
    choice, _ = MailChoice.objects.update_or_create(user=user, defaults={"manner": manner, "reminds": reminds})
    record("choose_mail", choice, by=by, manner=manner, reminds=reminds)
    return choice


@transaction.atomic
def erase_person(user: User, *, by: User | None, on: dt.date) -> User:
    """Erase what is known about a person: name, sign-in name, contact, notices, invitations; the account stays shut.

    What the person did stays in every record and in the log, under a pseudonym made of the account's number alone.
    Raises StillInOffice while a post or an authorisation is in force.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.posts.in_force(on).exists() or user.authorisations.in_force(on).exists():
        raise StillInOffice(
            f"{user.full_name} đang giữ chức vụ hoặc được ủy quyền. Kết thúc chức vụ, ủy quyền trước khi xóa dữ liệu cá "
            "nhân. Không có nội dung nào bị thay đổi."
        )
    email = user.email
    user.username, user.full_name = f"da-xoa-{user.pk}", pseudonym(user)
    user.email, user.phone, user.is_active = "", "", False
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    notices, _ = Notice.objects.filter(user=user).delete()
    MailChoice.objects.filter(user=user).delete()
    invitations = Invitation.objects.filter(accepted_by=user)
    if email:
        invitations = invitations | Invitation.objects.filter(email__iexact=email)
    erased = invitations.update(full_name=pseudonym(user), email="")
    record("erase_person", user, by=by, notices=notices, invitations=erased)
    return user


def pseudonym(user: User) -> str:
    """Return what stands for a person whose data was erased."""
    return f"Tài khoản số {user.pk} (đã xóa dữ liệu cá nhân)"
