"""Inviting, accepting, authorising."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from blocs.forms.fields import DateField, TextField
from blocs.models import Invitation, MailChoice, Unit, User

SIGN_IN_NAME = RegexValidator(
    r"\A[a-zA-Z0-9][a-zA-Z0-9._-]{2,79}\Z",
    "Tên đăng nhập gồm ít nhất 03 chữ cái không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới.",
)


class InviteForm(forms.Form):
    """Whom, as what."""

    full_name = TextField(label="Họ và tên", max_length=250)
    email = forms.EmailField(label="Thư điện tử công vụ", help_text="Liên kết mời được gửi đến địa chỉ này.")
    role = forms.ChoiceField(label="Vai trò trên hệ thống")
    title = TextField(label="Chức vụ", max_length=120, help_text="Ghi như in trên văn bản, ví dụ: Phó Trưởng ban.")

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """A new account: sign-in name and password."""

    username = TextField(label="Tên đăng nhập", max_length=80, validators=[SIGN_IN_NAME])
    password1 = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 10 ký tự, không chỉ gồm chữ số, không phải mật khẩu phổ biến.",
    )
    password2 = forms.CharField(
        label="Nhập lại mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["username"].initial = invitation.email.partition("@")[0]
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}

    def clean(self) -> dict[str, Any]:
        """Check that both passwords are the same and good enough for this person."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập mật khẩu chưa giống nhau.")
        elif first:
            person = User(
                username=cleaned.get("username", ""), full_name=self.invitation.full_name, email=self.invitation.email
            )
            try:
                validate_password(first, person)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class AuthorisationForm(forms.Form):
    """A written authorisation as it stands on the paper."""

    holder = forms.ModelChoiceField(label="Người được ủy quyền", queryset=User.objects.none(), empty_label="Chọn người")
    title = TextField(label="Chức vụ người được ủy quyền", max_length=120)
    number = TextField(label="Số giấy ủy quyền", max_length=80, required=False)
    dated_on = DateField(label="Ngày giấy ủy quyền")
    from_on = DateField(label="Có hiệu lực từ ngày")
    until_on = DateField(label="Đến hết ngày")
    paper = forms.FileField(
        label="Bản chụp giấy ủy quyền",
        required=False,
        help_text="Tệp .pdf hoặc ảnh, không quá 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước.",
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(posts__unit=unit, posts__until_on=None, is_active=True).distinct()
        self.fields["holder"].queryset = people.order_by("full_name")  # type: ignore[attr-defined]


class HeadNameForm(forms.Form):
    """The name of the unit's head as printed under its papers."""

    head_name = TextField(label="Họ và tên Thủ trưởng in trên văn bản", max_length=250, required=False)


class ContactForm(forms.Form):
    """One's own name and work contact."""

    full_name = TextField(label="Họ và tên", max_length=250)
    email = forms.EmailField(label="Thư điện tử công vụ", required=False)
    phone = TextField(label="Điện thoại công vụ", max_length=40, required=False)


class MailForm(forms.Form):
    """How the person wants mail."""

    manner = forms.ChoiceField(label="Cách nhận thư", choices=MailChoice.Manner.choices, widget=forms.RadioSelect)
    reminds = forms.BooleanField(label="Nhắc việc sắp đến hạn", required=False)
