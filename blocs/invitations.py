"""One-time links: computed from the site's key, so that the database alone holds none, and mailed by the worker."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac

from blocs import clock, text
from blocs.jobs import job
from blocs.models import Invitation


def token_of(invitation: Invitation) -> str:
    """Return the token of an invitation's link."""
    value = f"{invitation.pk}:{invitation.invited_at.timestamp()}:{invitation.email}"
    return salted_hmac("blocs.invitation", value, algorithm="sha256").hexdigest()


def digest_of_token(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_behind(token: str) -> Invitation | None:
    """Return the invitation that a link belongs to, open or not."""
    rows = Invitation.objects.select_related("unit", "authority")
    return rows.filter(token_digest=digest_of_token(token)).first()


def link_of(token: str) -> str:
    """Return the whole address of a link, as a mail or an operator hands it on."""
    return settings.SITE_URL.rstrip("/") + reverse("blocs:invitation", args=[token])


@job
def mail_invitation(*, invitation_id: int) -> None:
    """Mail an invitation's link, unless it is open no longer; a repeat carries the same Message-ID."""
    invitation = Invitation.objects.select_related("unit", "authority").get(pk=invitation_id)
    if not invitation.is_open(clock.now()) or not invitation.email:
        return
    place = invitation.unit.name if invitation.unit else str(invitation.authority and invitation.authority.name)
    body = (
        f"Kính gửi: {invitation.full_name}.\n\n"
        f"{place} mời tham gia Hệ thống quản lý khối thi đua với chức vụ: {invitation.title} "
        f"({invitation.get_role_display()}).\n\n"
        f"Mở liên kết sau để nhận chức vụ và đặt mật khẩu:\n{link_of(token_of(invitation))}\n\n"
        f"Liên kết chỉ dùng được một lần, có hiệu lực đến {text.moment(invitation.expires_at)}. "
        "Không chuyển liên kết này cho người khác.\n\nTrân trọng.\n"
    )
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    headers = {"Message-ID": f"<invitation-{invitation.pk}@{host}>"}
    EmailMessage("Lời mời tham gia Hệ thống quản lý khối thi đua", body, to=[invitation.email], headers=headers).send()
