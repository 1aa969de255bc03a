"""Input about meetings: the call, the programme, who comes, votes by hand."""

from typing import Any

from django import forms

from blocs.models import BlocYear, Membership
from conferences.models import AgendaItem, Attendance, BlocPaper, Conference, Guest, Teller

SHARES = (("2/3", "từ hai phần ba"), ("1/2", "từ một nửa"), ("3/4", "từ ba phần tư"), ("1/1", "toàn bộ"))
WHEN = ("held_on", "starts_at", "place", "address", "host", "quorum_share")
PEOPLE = ("chair", "co_chair", "secretary", "reader")


def day_field(label: str, **settings: Any) -> forms.DateField:
    """Return a field for a date as officials type it: dd/mm/yyyy."""
    widget = forms.DateInput({"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}, "%d/%m/%Y")
    messages = {"invalid": "Ngày chưa đúng. Đề nghị nhập theo dạng ngày/tháng/năm, ví dụ 04/01/2025."}
    return forms.DateField(
        label=label, widget=widget, input_formats=["%d/%m/%Y", "%Y-%m-%d"], error_messages=messages, **settings
    )


def hour_field(label: str, **settings: Any) -> forms.TimeField:
    """Return a field for an hour: 08:00, 8:00, 8h30."""
    widget = forms.TimeInput({"placeholder": "hh:mm", "autocomplete": "off"}, "%H:%M")
    messages = {"invalid": "Giờ chưa đúng. Đề nghị nhập theo dạng giờ:phút, ví dụ 08:30."}
    return forms.TimeField(
        label=label, widget=widget, input_formats=["%H:%M", "%Hh%M", "%Hh"], error_messages=messages, **settings
    )


class ConferenceForm(forms.ModelForm):
    """When, where and by whom the meeting is held."""

    held_on = day_field("Ngày họp")
    starts_at = hour_field("Giờ bắt đầu")
    quorum_share = forms.ChoiceField(label="Số đơn vị có mặt tối thiểu", choices=SHARES)
    reply_by = day_field("Gửi danh sách đại biểu trước ngày", required=False)

    class Meta:
        model = Conference
        fields = (
            "held_on", "starts_at", "place", "address", "host", "quorum_share", "reply_by", "contact",
            *(name for person in PEOPLE for name in (person, f"{person}_post")),
        )  # fmt: skip

    def __init__(self, *arguments: Any, units: Any, leader: str = "Trưởng khối", **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["host"].queryset = units  # type: ignore[attr-defined]
        self.fields["host"].empty_label = f"Đơn vị {leader}"  # type: ignore[attr-defined]
        if "quorum_share" not in self.fields:
            return
        share = self.initial.get("quorum_share") or self.instance.quorum_share
        if share not in dict(SHARES):
            self.fields["quorum_share"].choices = [*SHARES, (share, share)]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the row alone: the act changes it."""

    @property
    def when_and_where(self) -> list[forms.BoundField]:
        """Return the first group of fields."""
        return [self[name] for name in (*WHEN, "reply_by", "contact")]

    @property
    def people(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the people, each with the post."""
        return [(self[person], self[f"{person}_post"]) for person in PEOPLE]


class OtherMeetingForm(ConferenceForm):
    """A mid-year or themed meeting."""

    kind = forms.ChoiceField(
        label="Loại hội nghị", choices=[row for row in Conference.Kind.choices if row[0] != Conference.Kind.ANNUAL]
    )
    title = forms.CharField(label="Tên hội nghị (để trống: tên thường dùng)", max_length=300, required=False)
    quorum_share = None  # type: ignore[assignment]
    reply_by = None  # type: ignore[assignment]

    class Meta:
        model = Conference
        fields = ("kind", "title", "held_on", "starts_at", "place", "address", "host", "chair", "secretary", "reader")


class AttendanceForm(forms.Form):
    """Who comes for a unit."""

    state = forms.ChoiceField(
        label="Tình trạng",
        choices=[row for row in Attendance.State.choices if row[0] != Attendance.State.EXPECTED],
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )
    name = forms.CharField(label="Họ và tên người dự", max_length=250, required=False)
    title = forms.CharField(label="Chức vụ", max_length=120, required=False)
    paper = forms.CharField(
        label="Giấy ủy quyền (số, ngày)", max_length=120, required=False, help_text="Khi dự theo ủy quyền."
    )
    reason = forms.CharField(label="Lý do vắng", max_length=300, required=False)


class GuestForm(forms.ModelForm):
    """A delegate of the authority, or a guest."""

    class Meta:
        model = Guest
        fields = ("title", "body", "name", "is_authority", "directs")


class TellerForm(forms.Form):
    """Somebody of the tally team."""

    membership = forms.ModelChoiceField(label="Đơn vị", queryset=Membership.objects.none(), empty_label="Chọn đơn vị")
    role = forms.ChoiceField(label="Nhiệm vụ", choices=Teller.Role.choices)
    name = forms.CharField(label="Họ và tên", max_length=250)
    title = forms.CharField(label="Chức vụ", max_length=120, required=False)

    def __init__(self, *arguments: Any, year: BlocYear, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["membership"].queryset = year.memberships.order_by("position")  # type: ignore[attr-defined]
        self.fields["membership"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]


class BlocPaperForm(forms.Form):
    """A plan, a regulation or a guidance of the bloc."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=BlocPaper.Kind.choices)
    title = forms.CharField(label="Trích yếu", max_length=300)
    number = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    from_on = day_field("Có hiệu lực từ ngày")
    until_on = day_field("Hết hiệu lực sau ngày", required=False)
    paper = forms.FileField(
        label="Tệp (PDF hoặc ảnh chụp)", required=False, help_text="Không tải lên tài liệu có nội dung bí mật nhà nước."
    )


class EndForm(forms.Form):
    """Until when a paper of the bloc is in force."""

    until_on = day_field("Hết hiệu lực sau ngày")


class ItemForm(forms.ModelForm):
    """An item of the programme."""

    time = hour_field("Giờ dự kiến", required=False)

    class Meta:
        model = AgendaItem
        fields = ("time", "title", "performer", "kind")

    def _post_clean(self) -> None:
        """Leave the row alone: the act changes it."""


class NotesForm(forms.Form):
    """The notes of an item."""

    notes = forms.CharField(label="Ghi chép", required=False, widget=forms.Textarea({"rows": 6}))


class HandVoteForm(forms.Form):
    """A vote by hand on the programme, the report, the table or the minutes."""

    votes_for = forms.IntegerField(
        label="Số đơn vị nhất trí", min_value=0, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    votes_of = forms.IntegerField(
        label="Số đơn vị biểu quyết", min_value=1, widget=forms.NumberInput({"inputmode": "numeric"})
    )
