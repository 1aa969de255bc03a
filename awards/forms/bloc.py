"""Input of the bloc: a proposal, the way of voting, a letter, papers, what was asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from awards.actions import Supply
from awards.models import BlockingCase, DossierPaper, RequestForMore
from blocs.forms.fields import DateField
from voting.models import Round
from voting.tally import Conduct, Form

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
PAPER_ONLY = ".pdf,.png,.jpg,.jpeg"
_LINES = forms.Textarea({"rows": 3})


class ProposalForm(forms.Form):
    """A nomination: the name as it is to be printed, why, and why in spite of what was warned of."""

    printed_name = forms.CharField(
        label="Tên tập thể, ghi đúng như in trên Cờ, Bằng",
        max_length=250,
        widget=forms.Textarea({"rows": 2, "maxlength": 250}),
    )
    reason = forms.CharField(label="Tóm tắt thành tích, lý do đề nghị", required=False, max_length=2000, widget=_LINES)
    override_reason = forms.CharField(
        label="Lý do vẫn đề nghị",
        required=False,
        max_length=2000,
        widget=_LINES,
        help_text="Lý do được in trong tờ trình và hiện trong hồ sơ.",
    )

    def __init__(self, *arguments: Any, has_warnings: bool, for_person: bool = False, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        if not has_warnings:
            del self.fields["override_reason"]
        if for_person:
            self.fields["printed_name"].required = False
            self.fields["printed_name"].label = "Tên in trên Bằng (bỏ trống: họ và tên)"
            self.fields["person_name"] = forms.CharField(label="Họ và tên cá nhân", max_length=250)
            self.fields["person_post"] = forms.CharField(
                label="Chức vụ",
                max_length=250,
                help_text="Chỉ ghi họ tên, chức vụ, đơn vị; không ghi thông tin cá nhân khác.",
            )
            self.order_fields(["person_name", "person_post"])

    @property
    def proposal(self) -> dict[str, str]:
        """Return the fields as the act takes them."""
        return {name: self.cleaned_data[name] for name in self.fields}


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=_LINES)


VOTED_ON_THE_SYSTEM = (
    "Bình xét bỏ phiếu kín thực hiện trên hệ thống; bỏ phiếu kín không giơ tay, không dùng phiếu giấy."
)


class VoteForm(forms.Form):
    """How the members vote on the list."""

    FORMS = [(value, label) for value, label in Round.FORMS if value != Form.ACCLAMATION]
    CONDUCTS = [(value, label) for value, label in Round.CONDUCTS if value in {Conduct.SYSTEM, Conduct.HANDS}]

    form = forms.ChoiceField(label="Hình thức", choices=FORMS)
    conduct = forms.ChoiceField(label="Cách thực hiện", choices=reversed(CONDUCTS))

    def clean(self) -> dict[str, Any]:
        """Refuse a secret show of hands."""
        given = super().clean() or {}
        if given.get("form") == Form.SECRET and given.get("conduct") != Conduct.SYSTEM:
            self.add_error("conduct", VOTED_ON_THE_SYSTEM)
        return given

    @property
    def manner(self) -> dict[str, Any]:
        """Return form and conduct as the act takes them."""
        return {"form": Form(self.cleaned_data["form"]), "conduct": Conduct(self.cleaned_data["conduct"])}


class SubmissionForm(forms.Form):
    """The letter of submission; the number stays empty until the records clerk has issued it."""

    number = forms.CharField(label="Số tờ trình", max_length=80, required=False, help_text="Ví dụ: 05/TTr-BQLKCN")
    dated_on = DateField(label="Ngày tờ trình")
    signer_name = forms.CharField(label="Người ký", max_length=250)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=120)
    contact_name = forms.CharField(label="Chuyên viên liên hệ", max_length=250)
    contact_phone = forms.CharField(label="Điện thoại liên hệ", max_length=40, required=False)
    upload = forms.FileField(
        label="Tờ trình đã ký",
        required=False,
        widget=forms.FileInput({"accept": PAPER_ONLY}),
        help_text="PDF hoặc ảnh, không quá 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước.",
    )


class PaperForm(forms.Form):
    """A paper of a dossier."""

    kind = forms.ChoiceField(label="Loại tài liệu", choices=DossierPaper.Kind.choices)
    title = forms.CharField(label="Tên tài liệu", max_length=250, required=False, help_text="Bỏ trống: theo loại")
    number = forms.CharField(label="Số văn bản", max_length=80, required=False)
    dated_on = DateField(label="Ngày văn bản", required=False)
    upload = forms.FileField(
        label="Tệp",
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text="Tệp .pdf, .xlsx, .docx, ảnh; không quá 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước.",
    )


class SupplyForm(forms.Form):
    """Answers to the items that the authority named: words, a file, or both, for each."""

    def __init__(self, request: RequestForMore, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.items = list(request.items.all())
        for item in self.items:
            self.fields[f"answer-{item.pk}"] = forms.CharField(
                label=f"Mục {item.position}: {item.text}", required=False, max_length=2000, widget=_LINES
            )
            self.fields[f"upload-{item.pk}"] = forms.FileField(
                label=f"Tệp bổ sung, mục {item.position}",
                required=False,
                widget=forms.FileInput({"accept": ACCEPTED}),
                help_text="Không quá 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước.",
            )

    @property
    def supplies(self) -> Mapping[int, Supply]:
        """Return the answers as the act takes them."""
        given = self.cleaned_data
        return {item.pk: Supply(given[f"answer-{item.pk}"], given[f"upload-{item.pk}"]) for item in self.items}


class CaseForm(forms.Form):
    """A case in which a member is not considered, with its paper."""

    membership = forms.TypedChoiceField(label="Đơn vị", coerce=int)
    condition = forms.ChoiceField(label="Trường hợp", choices=BlockingCase.Condition.choices)
    source = forms.CharField(label="Căn cứ (số, ngày văn bản)", max_length=300)

    def __init__(self, *arguments: Any, members: Iterable[tuple[int, str]], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["membership"].choices = [("", "Chọn đơn vị"), *members]  # type: ignore[attr-defined]
