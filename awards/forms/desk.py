"""Input of the authority's desk: findings, named items, the council's result, the decision."""

from collections.abc import Sequence
from typing import Any

from django import forms

from awards.forms.bloc import PAPER_ONLY
from awards.models import DossierPaper, Nomination
from blocs.forms.fields import DateField

_LINES = forms.Textarea({"rows": 3})
_NOTE = "Ghi chú chỉ cơ quan thẩm định xem."


class FindingForm(forms.Form):
    """Fit for the council, or not yet: the reason is told, the note stays at the desk."""

    reason = forms.CharField(label="Lý do", max_length=2000, required=False, widget=_LINES)
    note = forms.CharField(
        label="Ghi chú nội bộ", max_length=2000, required=False, widget=forms.Textarea({"rows": 2}), help_text=_NOTE
    )

    def __init__(self, *arguments: Any, needs_reason: bool = False, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].help_text = "Lý do được thông báo cho khối."


class AskForm(forms.Form):
    """The items that are wanted: of the usual ones, and in words, one a line; by when."""

    usual = forms.MultipleChoiceField(
        label="Mục cần bổ sung", required=False, choices=(), widget=forms.CheckboxSelectMultiple
    )
    further = forms.CharField(
        label="Mục khác, mỗi dòng một mục", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    due_on = DateField(label="Hạn bổ sung")
    note = forms.CharField(
        label="Nội dung đề nghị", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *arguments: Any, missing: list[str] | None = None, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        labels = [str(label) for label in DossierPaper.Kind.labels[:-1]]
        self.fields["usual"].choices = [(label, label) for label in labels]  # type: ignore[attr-defined]
        self.initial.setdefault("usual", missing or [])

    @property
    def items(self) -> list[str]:
        """Return the items as the act takes them."""
        return [*self.cleaned_data["usual"], *self.cleaned_data["further"].splitlines()]


class ExtendForm(forms.Form):
    """A later day."""

    due_on = DateField(label="Gia hạn đến ngày")


class CouncilForm(forms.Form):
    """What the council found."""

    held_on = DateField(label="Ngày họp Hội đồng")
    passed = forms.ChoiceField(
        label="Kết quả",
        choices=[("yes", "Hội đồng thông qua"), ("no", "Hội đồng chưa thông qua")],
        widget=forms.RadioSelect,
    )
    approve = forms.IntegerField(label="Số phiếu đồng ý", min_value=0, required=False)
    voted_of = forms.IntegerField(label="Tổng số phiếu", min_value=1, required=False)
    reason = forms.CharField(label="Lý do chưa thông qua", max_length=2000, required=False, widget=_LINES)

    def clean(self) -> dict[str, Any]:
        """Refuse more votes for than there were."""
        given = super().clean() or {}
        approve, whole = given.get("approve"), given.get("voted_of")
        if (approve is None) != (whole is None) or (approve is not None and whole is not None and approve > whole):
            self.add_error("approve", "Ghi cả hai số, số phiếu đồng ý không lớn hơn tổng số phiếu.")
        return given

    @property
    def result(self) -> dict[str, Any]:
        """Return the fields as the act takes them."""
        return self.cleaned_data | {"passed": self.cleaned_data["passed"] == "yes"}


class ManyResultsForm(forms.Form):
    """One sitting of the council: its day, and which nominations it passed."""

    held_on = DateField(label="Ngày họp Hội đồng")

    def __init__(self, *arguments: Any, rows: Sequence[Nomination], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.rows = {str(row.pk): row for row in rows}
        choices = [(key, f"{row.award.short_name}: {row.nominee}") for key, row in self.rows.items()]
        self.fields["passed"] = forms.MultipleChoiceField(
            label="Hội đồng thông qua", choices=choices, widget=forms.CheckboxSelectMultiple,
            help_text="Trường hợp không được chọn giữ nguyên; chưa thông qua thì ghi tại từng hồ sơ, kèm lý do.",
        )  # fmt: skip

    @property
    def chosen(self) -> list[Nomination]:
        """Return the nominations that were passed."""
        return [self.rows[key] for key in self.cleaned_data["passed"]]


class DecisionForm(forms.Form):
    """A decision over many nominations: which are awarded, the number, the date, the signer, the file."""

    nominations = forms.ModelMultipleChoiceField(
        label="Đề nghị được tặng", queryset=Nomination.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(label="Số quyết định", max_length=80)
    decided_on = DateField(label="Ngày quyết định")
    signer_name = forms.CharField(label="Người ký", max_length=250)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=120)
    upload = forms.FileField(
        label="Tệp quyết định",
        required=False,
        widget=forms.FileInput({"accept": PAPER_ONLY}),
        help_text="PDF hoặc ảnh, không quá 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước.",
    )

    def __init__(self, *arguments: Any, passed: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["nominations"].queryset = passed  # type: ignore[attr-defined]
