"""What input looks like: shape and type only; rules are the acts'."""

from django import forms

from blocs.models import Unit


class LoadForm(forms.Form):
    """A file to read, with or without its settings."""

    file = forms.FileField(
        label="Tệp .xlsx hoặc .csv (UTF-8)", help_text="Không tải lên tài liệu có nội dung bí mật nhà nước."
    )


class EvidenceForm(forms.Form):
    """A document that proves a claim: a file or a link, with its number and date."""

    name = forms.CharField(label="Tên tài liệu", max_length=300, required=False)
    number = forms.CharField(label="Số văn bản", max_length=120, required=False)
    dated_on = forms.DateField(
        label="Ngày văn bản",
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"}),
        error_messages={"invalid": "Viết ngày theo dạng dd/mm/yyyy, ví dụ 05/12/2024."},
    )
    file = forms.FileField(label="Tệp", required=False)
    link = forms.URLField(
        label="hoặc liên kết",
        max_length=1000,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Viết liên kết đầy đủ, ví dụ https://tinh.gov.vn/van-ban."},
    )


class ReasonForm(forms.Form):
    """An act that must say why."""

    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))


class SignedCopyForm(forms.Form):
    """The scan of the signed self-assessment, with who signed and when."""

    scan = forms.FileField(label="Bản chụp có chữ ký (.pdf, .jpg, .png)")
    signed_by = forms.CharField(label="Người ký, chức vụ", max_length=250)
    signed_on = forms.DateField(
        label="Ngày ký",
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"}),
        error_messages={"invalid": "Viết ngày theo dạng dd/mm/yyyy, ví dụ 05/12/2024."},
    )


class AnswerForm(forms.Form):
    """The unit's explanation to a request for completion."""

    answer = forms.CharField(label="Giải trình của đơn vị", widget=forms.Textarea(attrs={"rows": 4}))


class CompletionForm(forms.Form):
    """Which criteria are to be completed, why, and until when."""

    criteria = forms.MultipleChoiceField(
        label="Tiêu chí",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn tiêu chí nào: đề nghị hoàn thiện cả bảng.",
    )
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))
    due_at = forms.DateTimeField(
        label="Hạn hoàn thiện",
        required=False,
        input_formats=["%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"placeholder": "dd/mm/yyyy 17:00", "autocomplete": "off"}),
        error_messages={"invalid": "Viết thời điểm theo dạng dd/mm/yyyy giờ:phút, ví dụ 12/12/2024 17:00."},
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["criteria"].choices = choices  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    """A later deadline for one member, with the reason."""

    until = forms.DateTimeField(
        label="Gia hạn đến",
        input_formats=["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"placeholder": "dd/mm/yyyy 17:00", "autocomplete": "off"}),
        error_messages={"invalid": "Viết thời điểm theo dạng dd/mm/yyyy giờ:phút, ví dụ 18/12/2024 17:00."},
    )
    reason = forms.CharField(label="Lý do gia hạn", widget=forms.Textarea(attrs={"rows": 2}))


class CommentForm(forms.Form):
    """What a member says about the draft table."""

    text = forms.CharField(label="Ý kiến của đơn vị", widget=forms.Textarea(attrs={"rows": 3}))


class CommentUntilForm(forms.Form):
    """Until when members may comment on the draft table."""

    until = forms.DateTimeField(
        label="Lấy ý kiến đến",
        input_formats=["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"placeholder": "dd/mm/yyyy 17:00", "autocomplete": "off"}),
        error_messages={"invalid": "Viết thời điểm theo dạng dd/mm/yyyy giờ:phút, ví dụ 12/12/2024 17:00."},
    )


class ReviewerForm(forms.Form):
    """Which unit reviews the leader's own assessment; empty means the deputy."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị thẩm định", required=False)


class DueForm(forms.Form):
    """Until when the assigned peers may score."""

    due_at = forms.DateTimeField(
        label="Hạn chấm chéo",
        required=False,
        input_formats=["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"placeholder": "dd/mm/yyyy 17:00", "autocomplete": "off"}),
        help_text="Sau hạn, đơn vị chấm chéo không ghi điểm được nữa; Trưởng khối gia hạn hoặc tự thẩm định.",
        error_messages={"invalid": "Viết thời điểm theo dạng dd/mm/yyyy giờ:phút, ví dụ 20/12/2024 17:00."},
    )
