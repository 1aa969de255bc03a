"""Input of the catalogue: an award, what it rests on, its conditions."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from awards.models import Award, AwardRule, DossierPaper
from blocs.forms.fields import DateField, TextField, WholeField

CODE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9_-]{1,39}\Z", "Mã gồm chữ cái không dấu, chữ số, gạch ngang.")
PAPERS = [(kind, label) for kind, label in DossierPaper.Kind.choices if kind != DossierPaper.Kind.OTHER]


class _Papers(forms.MultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Tài liệu bắt buộc của hồ sơ", choices=PAPERS, required=False, widget=forms.CheckboxSelectMultiple
        )


class AmendAwardForm(forms.Form):
    """What an award rests on, its papers, and who has confirmed it."""

    legal_basis = TextField(label="Căn cứ", max_length=300)
    valid_to = DateField(label="Hết hiệu lực", required=False)
    most_per_bloc = WholeField(label="Số đề nghị tối đa của một khối", required=False, least=1, most=100)
    confirmed_by = TextField(
        label="Người xác nhận",
        max_length=250,
        required=False,
        help_text="Bỏ trống khi chưa đối chiếu văn bản hiện hành.",
    )

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["required_papers"] = _Papers()


class AwardForm(forms.Form):
    """A new award of the authority."""

    code = forms.CharField(label="Mã", max_length=40, validators=[CODE], help_text="Ví dụ: BANGKHEN-CN")
    name = TextField(label="Tên", max_length=250)
    short_name = TextField(label="Tên ngắn", max_length=80)
    kind = forms.ChoiceField(label="Loại", choices=Award.Kind.choices)
    level = forms.ChoiceField(label="Cấp", choices=Award.Level.choices, initial=Award.Level.MINISTRY)
    recipient = forms.ChoiceField(label="Dành cho", choices=Award.Recipient.choices)
    legal_basis = TextField(label="Căn cứ", max_length=300)
    valid_from = DateField(label="Có hiệu lực từ")
    most_per_bloc = WholeField(label="Số đề nghị tối đa của một khối", required=False, least=1, most=100)

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["required_papers"] = _Papers()


class RuleForm(forms.Form):
    """A condition: what it asks, whether it refuses, by which text, since when."""

    kind = forms.ChoiceField(label="Điều kiện", choices=AwardRule.Kind.choices)
    value = TextField(
        label="Giá trị", max_length=250, required=False, help_text="Ví dụ: 3; 90,5; Xuất sắc; Tốt; hoặc mã FLAG."
    )
    hard = forms.BooleanField(
        label="Bắt buộc (không đáp ứng thì không đề nghị được)", required=False,
        help_text="Không chọn: hệ thống lưu ý, đề nghị được khi ghi lý do.",
    )  # fmt: skip
    source = TextField(label="Căn cứ", max_length=300, help_text="Văn bản, điều khoản.")
    effective_from = DateField(label="Có hiệu lực từ")
    confirmed_by = TextField(label="Người xác nhận", max_length=250, required=False)


class EndRuleForm(forms.Form):
    """The last day of a condition."""

    until = DateField(label="Hết hiệu lực từ hết ngày")


class ConfirmRuleForm(forms.Form):
    """Who has checked a condition."""

    confirmed_by = TextField(label="Người xác nhận", max_length=250)
