"""Input about elections: who is proposed, how the vote is held, what was counted, how a tie was settled."""

from typing import Any

from django import forms

from blocs.models import Membership
from conferences.actions.rulings import RoundSettings
from conferences.forms.meetings import day_field
from voting.models import Round
from voting.queries import ANSWERS
from voting.tally import Answer, Base, Conduct, Form, Mark, share_of

SHARES = (
    ("1/2+", "quá một nửa"),
    ("2/3", "từ hai phần ba trở lên"),
    ("3/4", "từ ba phần tư trở lên"),
    ("1/1", "toàn bộ"),
    ("other", "tỷ lệ khác (ghi ở ô bên)"),
)
ROUNDS = ((0, "không giới hạn"), (1, "01 lần"), (2, "02 lần"), (3, "03 lần"))
QUORUMS = (("2/3", "từ hai phần ba số đơn vị"), ("1/2", "từ một nửa số đơn vị"), ("", "không quy định"))
OTHER = "other"
UNFIT = {(Form.SECRET, Conduct.HANDS), (Form.SECRET, Conduct.WRITING)}


def share_value(share: str) -> str:
    """Return the choice of SHARES for a stored share: "1/2" means more than half."""
    return "1/2+" if share == "1/2" else share


class ProposalForm(forms.Form):
    """Which member is proposed."""

    membership = forms.ModelChoiceField(
        label="Đơn vị được giới thiệu", queryset=Membership.objects.none(), empty_label="Chọn đơn vị"
    )

    def __init__(self, *arguments: Any, members: Any, label: str = "", **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["membership"].label = label or self.fields["membership"].label
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]
        self.fields["membership"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]


class RoundForm(forms.Form):
    """How the vote is held; the settings are copied into the round and stay as they are."""

    form = forms.ChoiceField(label="Hình thức", choices=Round.FORMS)
    conduct = forms.ChoiceField(label="Cách thực hiện", choices=Round.CONDUCTS)
    threshold = forms.ChoiceField(label="Được bầu khi đạt", choices=SHARES)
    other = forms.CharField(
        label="Tỷ lệ khác",
        max_length=10,
        required=False,
        help_text="Từ tỷ lệ này trở lên, ví dụ 60%, 66,5% hoặc 3/5.",
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    base = forms.ChoiceField(label="Tính trên", choices=Round.BASES, initial=Base.MEMBERS)
    quorum = forms.ChoiceField(label="Số đơn vị tham gia tối thiểu", choices=QUORUMS, required=False)
    tie_break = forms.ChoiceField(label="Khi bằng phiếu", choices=Round.TIES)
    most_rounds = forms.TypedChoiceField(label="Số lần bầu tối đa", choices=ROUNDS, coerce=int, required=False)
    publishes = forms.ChoiceField(label="Nội dung công bố", choices=Round.Publishes.choices)
    may_change = forms.BooleanField(
        label="Được đổi phiếu đến khi kết thúc (biểu quyết công khai trên hệ thống)", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be secret."""
        given = super().clean() or {}
        if (given.get("form"), given.get("conduct")) in UNFIT:
            self.add_error("conduct", "Bỏ phiếu kín chỉ thực hiện trên hệ thống hoặc bằng phiếu giấy.")
        if given.get("form") == Form.SECRET and given.get("publishes") == Round.Publishes.NAMES:
            self.add_error("publishes", "Bỏ phiếu kín không công bố lựa chọn của từng đơn vị.")
        if given.get("may_change") and (given.get("form"), given.get("conduct")) != (Form.OPEN, Conduct.SYSTEM):
            self.add_error("may_change", "Chỉ đổi được phiếu khi biểu quyết công khai trên hệ thống.")
        if given.get("threshold") == OTHER:
            self._check_other(given.get("other", ""))
        return given

    def _check_other(self, typed: str) -> None:
        """A share of one's own lies above nothing and within the whole."""
        try:
            fits = 0 < share_of(typed) <= 1
        except (ValueError, ZeroDivisionError):
            fits = False
        if not fits:
            self.add_error("other", "Tỷ lệ chưa đúng. Đề nghị nhập ví dụ 60%, 66,5% hoặc 3/5, không quá 100%.")

    @property
    def settings(self) -> RoundSettings:
        """Return the settings as the act takes them."""
        given = self.cleaned_data
        share = given["other"] if given["threshold"] == OTHER else given["threshold"]
        return RoundSettings(
            form=given["form"],
            conduct=given["conduct"],
            threshold=share.rstrip("+"),
            strict=share.endswith("+"),
            base=given["base"],
            quorum=given["quorum"],
            tie_break=given["tie_break"],
            publishes=given["publishes"],
            may_change=given["may_change"],
            most_rounds=int(given["most_rounds"] or 0),
        )


class PaperCountForm(forms.Form):
    """The count of paper ballots or written opinions."""

    def __init__(self, round_: Round, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.options = list(round_.options.all())
        self.each = round_.method == "each"
        most = round_.roll.count()
        for name, label in (
            ("returned", "Số phiếu thu về"),
            ("invalid", "Số phiếu không hợp lệ (không kể phiếu trắng)"),
            ("blank", "Số phiếu trắng"),
        ):
            self.fields[name] = _count(label, most)
        for option in self.options:
            self.fields[f"approve-{option.key}"] = _count(f"{option.label}: đồng ý", most)
            if self.each:
                self.fields[f"reject-{option.key}"] = _count(f"{option.label}: không đồng ý", most)
                self.fields[f"abstain-{option.key}"] = _count(f"{option.label}: không có ý kiến", most)

    @property
    def votes(self) -> dict[str, tuple[int, int, int | None]]:
        """Return the votes as the act takes them."""
        given = self.cleaned_data
        return {
            row.key: (
                given[f"approve-{row.key}"],
                given.get(f"reject-{row.key}", 0),
                given.get(f"abstain-{row.key}", 0),
            )
            for row in self.options
        }


class ReplyForm(forms.Form):
    """A unit's signed opinion: what it says about each option, its number and date, the paper."""

    member = forms.ModelChoiceField(
        label="Đơn vị trả lời", queryset=Membership.objects.none(), empty_label="Chọn đơn vị"
    )
    number = forms.CharField(label="Số, ký hiệu văn bản", max_length=60, required=False)
    dated_on = day_field("Ngày văn bản")
    paper = forms.FileField(
        label="Văn bản trả lời (PDF hoặc ảnh chụp)",
        required=False,
        help_text="Không tải lên tài liệu có nội dung bí mật nhà nước.",
    )

    def __init__(self, round_: Round, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.options, self.each = list(round_.options.all()), round_.method == "each"
        members = Membership.objects.filter(pk__in=round_.roll.values("membership")).order_by("position")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]
        if self.each:
            answers = [(answer.value, label) for answer, label in ANSWERS.items()]
            for option in self.options:
                self.fields[f"answer-{option.key}"] = forms.ChoiceField(label=option.label, choices=answers)
            return
        choices = [("", "Không chọn đơn vị nào"), *((option.key, option.label) for option in self.options)]
        self.fields["choice"] = forms.ChoiceField(label="Đơn vị được chọn", choices=choices, required=False)

    @property
    def marks(self) -> list[Mark]:
        """Return the opinion as the act takes it."""
        given = self.cleaned_data
        if self.each:
            return [(option.key, Answer(given[f"answer-{option.key}"])) for option in self.options]
        return [(given["choice"], Answer.APPROVE)] if given["choice"] else []


def _count(label: str, most: int) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, initial=0, widget=widget)


class TieForm(forms.Form):
    """On whom the lot fell, or whom the chair chose; who settled it and why."""

    chosen = forms.ModelChoiceField(
        label="Đơn vị được chọn", queryset=Membership.objects.none(), empty_label="Chọn đơn vị"
    )
    who = forms.CharField(label="Người thực hiện", max_length=250)
    reason = forms.CharField(label="Lý do, căn cứ", max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *arguments: Any, tied: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["chosen"].queryset = tied  # type: ignore[attr-defined]
        self.fields["chosen"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]
