"""Recording, renaming and merging units."""

from django import forms
from django.core.validators import RegexValidator

from blocs.forms.fields import DateField, TextField

UNIT_CODE = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z", "Mã gồm chữ cái không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới."
)


class NamesForm(forms.Form):
    """What a unit is called."""

    name = TextField(label="Tên đầy đủ", max_length=250, help_text="Ghi đúng như in trên văn bản, cờ, bằng khen.")
    short_name = TextField(label="Tên ngắn", max_length=80, help_text="Dùng trong bảng tổng hợp, ví dụ: Thái Nguyên.")
    province = TextField(label="Tỉnh, thành phố", max_length=80, required=False)


class DetailsForm(NamesForm):
    """What is recorded of a unit besides its code."""

    kind = TextField(label="Loại đơn vị", max_length=80, required=False)
    superior = TextField(
        label="Cơ quan chủ quản", max_length=250, required=False, help_text="In ở dòng trên tên đơn vị."
    )
    head_title = TextField(label="Chức vụ người đứng đầu", max_length=80, initial="Trưởng ban")
    symbol = TextField(label="Ký hiệu văn bản", max_length=40, required=False, help_text="Ví dụ: BQLKCN.")


class UnitForm(DetailsForm):
    """A new unit."""

    code = TextField(
        label="Mã đơn vị", max_length=40, validators=[UNIT_CODE], help_text="Giữ nguyên khi đơn vị đổi tên."
    )
    valid_from = DateField(label="Hoạt động từ ngày", required=False, help_text="Bỏ trống nếu không cần ghi.")
    field_order = ("code",)


class RenameForm(NamesForm):
    """A new name from a day on."""

    valid_from = DateField(label="Mang tên mới từ ngày")


class SuccessionForm(forms.Form):
    """Which units were merged into this one, and when."""

    predecessors = forms.CharField(
        label="Các đơn vị được sáp nhập",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một đơn vị: mã, tên đầy đủ hoặc tên ngắn.",
    )
    on = DateField(label="Sáp nhập từ ngày")
