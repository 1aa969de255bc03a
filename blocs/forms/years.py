"""Blocs and their years: founding, members, leadership, dates and settings, guidance."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from blocs.forms.fields import DateField, MomentField, TextField, WholeField
from blocs.models import BlocYear, LeadershipTerm, Membership

BLOC_CODE = RegexValidator(r"\A[a-zA-Z0-9][a-zA-Z0-9-]{1,39}\Z", "Mã gồm chữ cái không dấu, chữ số, gạch ngang.")
PAPER_HELP = "Tệp .pdf hoặc ảnh, không quá 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước."


class BlocForm(forms.Form):
    """A bloc, its founding decision, its own words."""

    name = TextField(label="Tên khối", max_length=250, help_text="Ghi đúng như quyết định thành lập.")
    founding_number = TextField(label="Số quyết định thành lập", max_length=80, required=False)
    founding_on = DateField(label="Ngày quyết định thành lập", required=False)
    paper = forms.FileField(label="Quyết định thành lập", required=False, help_text=PAPER_HELP)
    bloc_word = TextField(label="Cách gọi khối", max_length=40, initial="Khối", help_text="Khối hoặc Cụm.")
    leader_word = TextField(label="Cách gọi Trưởng khối", max_length=40, initial="Trưởng khối")
    deputy_word = TextField(label="Cách gọi Phó Trưởng khối", max_length=40, initial="Phó Trưởng khối")
    person_word = TextField(label="Cách xưng hô trong khối", max_length=20, initial="đồng chí")


class NewBlocForm(BlocForm):
    """A bloc to be founded; its code stands in the addresses of its pages."""

    code = TextField(
        label="Mã khối", max_length=40, validators=[BLOC_CODE], help_text="Ví dụ: mnpb. Có trong địa chỉ trang."
    )
    field_order = ("code",)


class MembersForm(forms.Form):
    """The members in the order of the founding decision, one a line."""

    members = forms.CharField(
        label="Đơn vị thành viên",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Theo thứ tự trong văn bản thành lập, mỗi dòng một đơn vị: mã hoặc tên đầy đủ.",
    )


class NewYearForm(MembersForm):
    """A year to be opened."""

    year = WholeField(label="Năm thi đua", least=1948, most=2100)
    field_order = ("year",)


class SettingsForm(forms.Form):
    """Dates and settings of a year."""

    assessments_open_on = DateField(label="Bắt đầu tự chấm điểm", required=False, help_text="")
    assessments_due_at = MomentField(label="Hạn gửi bảng tự chấm điểm", required=False, help_text="")
    review_due_on = DateField(label="Hạn thẩm định", required=False, help_text="")
    midyear_on = DateField(label="Sơ kết", required=False, help_text="")
    conference_on = DateField(label="Hội nghị tổng kết", required=False, help_text="")
    submission_due_on = DateField(label="Hạn trình khen thưởng", required=False, help_text="")
    results_on = DateField(label="Dự kiến có kết quả", required=False, help_text="")
    handover_on = DateField(label="Bàn giao nhiệm vụ Trưởng khối năm sau", required=False, help_text="")
    nomination_order = forms.ChoiceField(label="Cách xếp thứ tự đề nghị khen thưởng", choices=BlocYear.Order.choices)
    letterhead = forms.ChoiceField(
        label="Tiêu đề văn bản", choices=[("A", "Của đơn vị Trưởng khối"), ("B", "Của Khối, có số riêng")]
    )
    hides_claims_until_due = forms.BooleanField(
        label="Chỉ hiện điểm của đơn vị khác sau hạn gửi bảng tự chấm điểm", required=False
    )
    may_vote_on_itself = forms.BooleanField(label="Đơn vị được biểu quyết về chính mình", required=False)

    def dates(self) -> list[forms.BoundField]:
        """The dates, in the order of the year."""
        return [self[name] for name in list(self.fields)[:8]]

    def rules(self) -> list[forms.BoundField]:
        """What holds in the year besides dates."""
        return [self[name] for name in list(self.fields)[8:]]


def unit_of_year(members: Sequence[Membership], *, label: str, empty: str, required: bool = True) -> forms.Field:
    """Return a field that gives one of the members' units, shown under its name of the year."""
    units = {str(row.unit_id): row.unit for row in members}
    choices = [("", empty), *((row.unit_id, row.name) for row in members)]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=units.__getitem__, empty_value=None, required=required
    )


class LeaderForm(forms.Form):
    """Who leads or assists, from when, by which paper."""

    role = forms.ChoiceField(label="Nhiệm vụ")
    from_on = DateField(label="Từ ngày")
    source = TextField(
        label="Căn cứ", max_length=300, help_text="Văn bản hoặc kết quả bầu, ví dụ: Công văn số … ngày …."
    )
    field_order = ("role", "unit")

    def __init__(self, *args: Any, year: BlocYear, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (LeadershipTerm.Role.LEADER.value, year.bloc.leader_word),
            (LeadershipTerm.Role.DEPUTY.value, year.bloc.deputy_word),
        ]
        self.fields["unit"] = unit_of_year(members, label="Đơn vị", empty="Chọn đơn vị")
        self.order_fields(self.field_order)


class ReviewerForm(forms.Form):
    """Who reviews the leader's own scores."""

    def __init__(self, *args: Any, year: BlocYear, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = f"{year.bloc.deputy_word} (không chỉ định riêng)"
        self.fields["unit"] = unit_of_year(members, label="Đơn vị thẩm định", empty=nobody, required=False)


NUMBER_OF_AWARDS = re.compile(r"\d{1,3}|\d{1,3}([.,]\d+)?\s*%(\s+(xuống|lên|gần nhất))?")


class NumberOfAwards(TextField):
    """How many of an award a bloc may propose: a whole number, or a share of its members with the rounding."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(max_length=40, **settings)

    def clean(self, value: Any) -> str:
        """Refuse what the rules could not read."""
        stated = super().clean(value)
        if stated and not NUMBER_OF_AWARDS.fullmatch(stated):
            raise forms.ValidationError("Ghi số nguyên (2), hoặc tỷ lệ kèm cách làm tròn (30% xuống).")
        return stated


class GuidanceForm(forms.Form):
    """The authority's letter of the year."""

    title = TextField(
        label="Trích yếu", max_length=300, help_text="Ví dụ: Công văn hướng dẫn tổng kết công tác thi đua."
    )
    number = TextField(
        label="Số văn bản", max_length=80, required=False, help_text="Bỏ trống nếu chưa biết; in là “số …”."
    )
    dated_on = DateField(label="Ngày văn bản", required=False)
    issuer = TextField(label="Cơ quan ban hành", max_length=250, required=False)
    flags = NumberOfAwards(label="Số Cờ thi đua được đề nghị", required=False, help_text="Ví dụ: 1")
    certificates = NumberOfAwards(
        label="Số Bằng khen được đề nghị",
        required=False,
        help_text="Số nguyên, hoặc tỷ lệ trên số đơn vị kèm cách làm tròn: 30% xuống, 30% lên, 30% gần nhất.",
    )
    others = forms.CharField(
        label="Danh hiệu, hình thức khác",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Mỗi dòng một mục: mã trong danh mục, dấu hai chấm, số lượng. Ví dụ: BANGKHEN-CN: 3",
    )
    submission_due_on = DateField(label="Hạn trình khen thưởng", required=False)
    paper = forms.FileField(label="Văn bản", required=False, help_text=PAPER_HELP)

    def clean_others(self) -> dict[str, str]:
        """Return the further numbers by award code."""
        found = {}
        for line in filter(None, map(str.strip, self.cleaned_data["others"].splitlines())):
            code, colon, stated = line.partition(":")
            if not colon or not code.strip() or not NUMBER_OF_AWARDS.fullmatch(stated.strip()):
                raise forms.ValidationError(f"Không đọc được dòng “{line}”. Ví dụ đúng: BANGKHEN-CN: 3")
            found[code.strip().upper()] = stated.strip()
        return found

    def quotas(self) -> dict[str, str]:
        """Return the numbers of awards by award code, as stated: a whole number or a share with its rounding."""
        given = self.cleaned_data
        named = {"FLAG": given.get("flags"), "CERTIFICATE": given.get("certificates")} | given.get("others", {})
        return {code: stated for code, stated in named.items() if stated}
