"""What a pledge and its signatures look like as input."""

from collections.abc import Iterable
from typing import Any

from django import forms

from blocs.forms.fields import DateField, TextField, WholeField
from blocs.models import Membership
from pledges.actions import PledgeContent, TargetLine, WetSigner
from pledges.models import Pledge

SPARE_ARTICLES = 2
SPARE_TARGETS = 3


class PledgeForm(forms.Form):
    """The whole draft: its head, the contents of Article 1, the table of targets. Empty rows are left out."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    theme = TextField(label="Chủ đề năm", max_length=250, required=False)
    grounds = forms.CharField(
        label="Căn cứ", required=False, widget=forms.Textarea({"rows": 3}), help_text="Mỗi căn cứ một dòng."
    )
    place = TextField(label="Nơi ký kết", max_length=250, required=False, help_text="In trong câu “Hôm nay, tại …”.")
    place_name = TextField(
        label="Địa danh", max_length=80, required=False, help_text="In trước ngày, ví dụ Thái Nguyên."
    )
    dated_on = DateField(label="Ngày của giao ước", required=False)
    sign_by = DateField(label="Hạn ký", required=False)
    copies = WholeField(label="Số bản", least=1, most=200, required=False)
    with_enterprises = forms.BooleanField(label="Phát động tới doanh nghiệp trong khu công nghiệp", required=False)

    def __init__(self, pledge: Pledge, members: list[Membership], data: Any = None) -> None:
        self.members = members
        articles, targets = list(pledge.articles.all()), list(pledge.targets.prefetch_related("values"))
        self.article_places = range(1, len(articles) + SPARE_ARTICLES + 1)
        self.target_places = range(1, len(targets) + SPARE_TARGETS + 1)
        super().__init__(data, initial=_initial(pledge, articles, targets))
        for place in self.article_places:
            self.fields[f"article-{place}"] = _line(f"Nội dung {place}: tên", 250)
            box = forms.Textarea({"rows": 2})
            label = f"Nội dung {place}: cam kết"
            self.fields[f"commitment-{place}"] = forms.CharField(label=label, required=False, widget=box)
        for place in self.target_places:
            self.fields[f"target-{place}"] = _line(f"Chỉ tiêu {place}: tên", 250)
            self.fields[f"unit-{place}"] = _line(f"Chỉ tiêu {place}: đơn vị tính", 40)
            for member in members:
                label = f"Chỉ tiêu {place}: mức của {member.short_name}"
                self.fields[f"value-{place}-{member.pk}"] = _line(label, 40, "form-control n")

    @property
    def article_rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The rows of Article 1 for the page."""
        return [(place, self[f"article-{place}"], self[f"commitment-{place}"]) for place in self.article_places]

    @property
    def target_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The rows of the table of targets for the page."""
        names = [[f"target-{place}", f"unit-{place}"] for place in self.target_places]
        for place, row in zip(self.target_places, names, strict=True):
            row += [f"value-{place}-{member.pk}" for member in self.members]
        return [(place, [self[name] for name in row]) for place, row in zip(self.target_places, names, strict=True)]

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """The fields of the head, in their order."""
        names = ("theme", "place", "place_name", "dated_on", "sign_by", "copies")
        return [self[name] for name in names]

    @property
    def content(self) -> PledgeContent:
        """The draft as the act takes it."""
        given = self.cleaned_data
        names = ("theme", "grounds", "place", "place_name", "dated_on", "sign_by", "copies", "with_enterprises")
        articles = tuple((given[f"article-{place}"], given[f"commitment-{place}"]) for place in self.article_places)
        return PledgeContent(
            **{name: given[name] for name in names},
            articles=tuple(row for row in articles if row[0]),
            targets=tuple(self._target(place) for place in self.target_places if given[f"target-{place}"]),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a commitment or a value whose row has no name: it would be lost."""
        given = super().clean() or {}
        for place in self.article_places:
            if given.get(f"commitment-{place}") and not given.get(f"article-{place}"):
                self.add_error(f"article-{place}", "Chưa ghi tên nội dung.")
        for place in self.target_places:
            values = [given.get(f"value-{place}-{member.pk}") for member in self.members]
            if any(values) and not given.get(f"target-{place}"):
                self.add_error(f"target-{place}", "Chưa ghi tên chỉ tiêu.")
        return given

    def _target(self, place: int) -> TargetLine:
        given = self.cleaned_data
        values = {member.pk: given[f"value-{place}-{member.pk}"] for member in self.members}
        return TargetLine(given[f"target-{place}"], given[f"unit-{place}"], values)


class WetForm(forms.Form):
    """A scan of the pledge signed on paper, and which of the units signed on it in which capacity."""

    signed_on = DateField(label="Ngày ký")
    scan = forms.FileField(label="Bản chụp có chữ ký và dấu", help_text="Tệp PDF hoặc ảnh, không quá 20 MB.")

    def __init__(self, members: Iterable[Membership], *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.members = list(members)
        for member in self.members:
            title = member.unit.head_title
            self.fields[f"signed-{member.pk}"] = forms.BooleanField(
                label=f"{member.short_name} đã ký",
                required=False,
                initial=len(self.members) == 1,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )
            self.fields[f"capacity-{member.pk}"] = _line(f"{member.short_name}: chức vụ người ký", 120, initial=title)
            self.fields[f"name-{member.pk}"] = _line(f"{member.short_name}: họ và tên", 250, initial=member.head_name)
            self.fields[f"page-{member.pk}"] = _line(f"{member.short_name}: trang có chữ ký", 20, "form-control n")

    @property
    def rows(self) -> list[tuple[Membership, list[forms.BoundField]]]:
        """A row for each unit that may still sign."""
        names = ("signed", "capacity", "name", "page")
        return [(member, [self[f"{name}-{member.pk}"] for name in names]) for member in self.members]

    @property
    def signers(self) -> list[WetSigner]:
        """Who signed, as the act takes it; a deputy is written "KT. TRƯỞNG BAN" over the deputy's own post."""
        given = self.cleaned_data
        return [
            WetSigner(
                membership=member,
                capacity=_capacity(member, given[f"capacity-{member.pk}"] or member.unit.head_title),
                post=given[f"capacity-{member.pk}"] or member.unit.head_title,
                name=given[f"name-{member.pk}"],
                page=given[f"page-{member.pk}"],
            )
            for member in self.members
            if given[f"signed-{member.pk}"]
        ]


class WordsForm(forms.Form):
    """One text: an opinion, a reason."""

    words = forms.CharField(label="Nội dung", widget=forms.Textarea({"rows": 3}))

    def __init__(self, label: str, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.fields["words"].label = label


def _capacity(member: Membership, title: str) -> str:
    """The lines of the signature: a deputy head signs KT. the head."""
    head = member.unit.head_title
    is_deputy = title.casefold() != head.casefold() and title.casefold().startswith("phó")
    return f"KT. {head.upper()}\n{title.upper()}" if is_deputy else title.upper()


def _line(label: str, longest: int, css: str = "form-control", initial: str = "") -> TextField:
    widget = forms.TextInput({"class": css})
    return TextField(label=label, max_length=longest, required=False, widget=widget, initial=initial)


def _initial(pledge: Pledge, articles: list[Any], targets: list[Any]) -> dict[str, Any]:
    names = ("revision", "theme", "grounds", "place", "place_name", "dated_on", "sign_by", "copies", "with_enterprises")
    values = {name: getattr(pledge, name) for name in names}
    for place, article in enumerate(articles, start=1):
        values |= {f"article-{place}": article.title, f"commitment-{place}": article.commitment}
    for place, target in enumerate(targets, start=1):
        values |= {f"target-{place}": target.title, f"unit-{place}": target.unit}
        values |= {f"value-{place}-{row.membership_id}": row.value for row in target.values.all()}
    return values


class SignedFileForm(forms.Form):
    """The PDF that a unit signed in other software."""

    file = forms.FileField(label="Tệp PDF đã ký số")
