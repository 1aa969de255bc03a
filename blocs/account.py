"""Sign-in by allauth, in the words of this site: limits by account and address, forms, mails."""

import datetime as dt
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from blocs.models import User
from blocs.text import count

_LIMIT = {"app": "allauth.account", "action": "login_failed"}


class AccountAdapter(DefaultAccountAdapter):
    """How accounts behave here: nobody signs up, failed sign-ins count per account and address together."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này không còn được đăng nhập. Đề nghị liên hệ Thủ trưởng đơn vị.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "email_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "enter_current_password": "Mật khẩu hiện tại chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "invalid_password_reset": "Liên kết đặt lại mật khẩu không còn hiệu lực.",
        "unknown_email": "Không có tài khoản nào dùng địa chỉ thư này.",
        "same_as_current": "Nội dung mới phải khác nội dung hiện tại.",
        "rate_limited": "Có quá nhiều yêu cầu trong thời gian ngắn. Đợi một phút rồi thử lại.",
        "too_many_login_attempts": "Đã đăng nhập sai quá nhiều lần. Đợi ít phút rồi thử lại.",
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Accounts come by invitation only."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures of an account from one address: a stranger elsewhere cannot lock its holder out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}|{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse, saying for how long, when too many sign-ins failed."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            seconds = self._seconds_until_allowed(request, **credentials)
            raise ValidationError(_locked_out(seconds), code="too_many_login_attempts") from refused

    def _seconds_until_allowed(self, request: HttpRequest, **credentials: Any) -> int:
        """Return how long the strictest full limit still holds."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        waits = [0.0]
        for rate in ratelimit.get_rates(**_LIMIT):
            failures = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, **_LIMIT), [])
            if len(failures) >= rate.amount:
                waits.append(failures[rate.amount - 1] + rate.duration - time.time())
        return max(1, round(max(waits)))

    def set_password(self, user: User, password: str) -> None:
        """Set the password; the failures counted for the account from this address are forgotten."""
        super().set_password(user, password)
        if context.request is not None:
            for login in filter(None, (user.username, user.email)):
                key = self._get_login_attempts_cache_key(context.request, username=login)
                ratelimit.clear(context.request, key=key, **_LIMIT)

    def format_email_subject(self, subject: str) -> str:
        """Subjects stand as written."""
        return subject

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the holder at the work address that the account changed."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


def _locked_out(seconds: int) -> str:
    """Return the sentence for a person who must wait so many seconds."""
    until = timezone.localtime() + dt.timedelta(seconds=seconds)
    minutes = -(-seconds // 60)
    return (
        f"Đã đăng nhập sai quá nhiều lần. Việc đăng nhập từ máy này tạm dừng {count(minutes)} phút, đến "
        f"{until:%H:%M}. Sau thời điểm đó đăng nhập lại bình thường; nếu quên mật khẩu, dùng mục Quên mật khẩu."
    )


def site(_request: HttpRequest) -> dict[str, Any]:
    """Return what pages before sign-in say about the site: its name, and whether it is a demonstration."""
    return {"site_name": settings.SITE_NAME, "demo_site": bool(settings.DEMO_TODAY)}


class SignInForm(LoginForm):
    """Sign-in by name or work mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login="Tên đăng nhập hoặc thư điện tử công vụ", password="Mật khẩu")  # noqa: S106 - a label
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }


class NewPasswordForm(ChangePasswordForm):
    """Change one's own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword="Mật khẩu hiện tại", password1="Mật khẩu mới", password2="Nhập lại mật khẩu mới")


class ForgottenPasswordForm(ResetPasswordForm):
    """Ask for a one-time link by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email="Thư điện tử công vụ của tài khoản")


class PasswordByLinkForm(ResetPasswordKeyForm):
    """Set a password after a one-time link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1="Mật khẩu mới", password2="Nhập lại mật khẩu mới")


class ConfirmIdentityForm(ReauthenticateForm):
    """Confirm once more who is at the keyboard."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password="Mật khẩu")  # noqa: S106 - a label


def _say(form: Any, **labels: str) -> None:
    """Label the fields; a label is not repeated as a placeholder, nor followed by a link inside the field."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)
        if name in {"password", "oldpassword"}:
            field.help_text = ""
