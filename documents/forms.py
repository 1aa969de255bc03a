"""What is typed about a paper: reason, signature, number, replacement."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from blocs import text
from blocs.models import User
from blocs.rules import may
from documents.actions import Signature
from documents.models import Document
from documents.papers import CASES, capacity_lines, read_code
from documents.papers.wording import Wording
from documents.queries import next_number

DATE = forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"})
DATE_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


class ReasonForm(forms.Form):
    """Why a paper goes back to draft."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class SignatureForm(forms.Form):
    """Who signed, in which capacity, when and how."""

    case = forms.ChoiceField(
        label="Tư cách ký",
        choices=[("", "Ghi theo các dòng dưới đây"), *CASES.items()],
        help_text="Chọn để lấy các dòng theo mẫu; chọn dòng đầu để tự ghi.",
        required=False,
    )
    capacity = forms.CharField(
        label="Quyền hạn, chức vụ của người ký",
        required=False,
        help_text="Từ 01 đến 04 dòng, ví dụ dòng 1 “KT. TRƯỞNG BAN”, dòng 2 “PHÓ TRƯỞNG BAN”.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = forms.CharField(label="Họ và tên người ký", max_length=250, required=False)
    post = forms.CharField(
        label="Chức vụ tại đơn vị",
        help_text="Chỉ ghi khi ký thay mặt Khối (tiêu đề của Khối).",
        max_length=250,
        required=False,
    )
    signed_on = forms.DateField(label="Ngày ký", input_formats=DATE_FORMATS, widget=DATE)
    manner = forms.ChoiceField(label="Cách ký", choices=Document.Manner.choices)
    copy = forms.FileField(
        label="Bản đã ký (nếu có)",
        help_text="PDF hoặc ảnh, đến 20 MB. Không tải lên tài liệu có nội dung bí mật nhà nước.",
        required=False,
    )

    def __init__(self, *args: Any, head: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.head = head or "Trưởng ban"

    @property
    def signature(self) -> Signature:
        """The signature as the act takes it; a chosen case gives the lines of its block."""
        typed = self.cleaned_data
        fields = {name: typed[name] for name in ("capacity", "name", "post", "signed_on", "manner")}
        if typed["case"]:
            fields["capacity"] = "\n".join(capacity_lines(typed["case"], head=self.head, post=typed["post"]))
        return Signature(**fields)


class NumberForm(forms.Form):
    """The number and date the records clerk gives."""

    number = forms.CharField(label="Số văn bản", max_length=10, required=False)
    issued_on = forms.DateField(label="Ngày ban hành", input_formats=DATE_FORMATS, widget=DATE)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if document.symbol:
            self.fields["number"].help_text = f"Số theo sổ văn bản đi; ký hiệu /{document.symbol}."
            self.fields["number"].required = True
        else:
            del self.fields["number"]


class PaperChoice(forms.ModelChoiceField):
    """A choice among papers, by number and title."""

    def label_from_instance(self, obj: Document) -> str:
        """What is read in the list."""
        return f"{obj.reference} {obj.title}".strip()


class ReplacementForm(forms.Form):
    """Which issued paper takes the place of this one, and why."""

    replacement = PaperChoice(label="Văn bản thay thế", queryset=Document.objects.none())
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["replacement"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Document.objects.filter(
                year=document.year_id, unit=document.unit_id, kind=document.kind, state=Document.State.ISSUED
            ).exclude(pk=document.pk)

    @property
    def has_choice(self) -> bool:
        """Whether there is a paper to choose."""
        field = self.fields["replacement"]
        return isinstance(field, forms.ModelChoiceField) and bool(field.queryset and field.queryset.exists())


class WordingForm(forms.Form):
    """The bloc's own text of a letter."""

    body = forms.CharField(
        label="Nội dung mẫu", max_length=20000, widget=forms.Textarea(attrs={"rows": 12}), strip=False,
        help_text="Mỗi dòng là một đoạn. {tên_trường} được thay bằng số liệu; [nếu: tên_trường] … [hết] chỉ in khi có số liệu.",
    )  # fmt: skip


class FactsForm(forms.Form):
    """The facts of one letter: a field for each merge field of its text."""

    addressees = forms.CharField(
        label="Kính gửi",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi nơi nhận một dòng.",
    )

    def __init__(self, wording: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [name for name, _meaning in wording.fields]
        for name, meaning in wording.fields:
            label = meaning[:1].upper() + meaning[1:]
            self.fields[name] = forms.CharField(label=label, max_length=500, required=False)

    @property
    def facts(self) -> dict[str, str]:
        """What was typed, by merge field."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def lines(self) -> tuple[str, ...]:
        """To whom the letter goes."""
        return tuple(line.strip() for line in self.cleaned_data["addressees"].splitlines() if line.strip())


class CheckForm(forms.Form):
    """The code of a paper, or a file, to be checked."""

    code = forms.CharField(label="Mã tra cứu ở chân trang", max_length=40, required=False, help_text="12 chữ và số.")
    file = forms.FileField(label="Tệp PDF", required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two must be given, and a code must be able to be one."""
        typed: dict[str, Any] = super().clean() or {}
        code = typed.get("code", "")
        typed["code"] = read_code(code)
        if code and not typed["code"]:
            self.add_error("code", "Mã tra cứu gồm 12 chữ và số, ghi ở chân trang văn bản.")
        elif not code and not typed.get("file"):
            raise forms.ValidationError("Đề nghị nhập mã tra cứu hoặc chọn tệp PDF cần kiểm tra.")
        return typed


@dataclass(frozen=True)
class Step:
    """One thing that may be done with a paper now, as components/confirm.html opens it."""

    act: str
    url: str
    heading: str
    effects: tuple[str, ...] = ()
    fields: forms.Form | None = None
    primary: bool = False
    multipart: bool = False


def steps_for(document: Document, user: User, on: dt.date, typed: forms.Form | None = None) -> list[Step]:
    """What the user may do with the paper now, the main thing first; `typed` is a refused form to be shown again."""
    if document.year.is_past:
        return []
    steps = list(_steps(document, user, on))
    return [step if typed is None or type(step.fields) is not type(typed) else _with(step, typed) for step in steps]


def _with(step: Step, typed: forms.Form) -> Step:
    return Step(step.act, step.url, step.heading, step.effects, typed, step.primary, step.multipart)


def _steps(document: Document, user: User, on: dt.date) -> Iterator[Step]:
    state, prepares = document.state, may(user, "documents.prepare", document)
    if document.kind == Document.Kind.PLEDGE:  # signed by all units, on the page of the pledge
        return
    if state == Document.State.DRAFT and prepares and not document.content.get("draft"):
        yield Step(
            "Trình ký",
            _url(document, "submit"),
            "Trình lãnh đạo đơn vị ký văn bản",
            ("Nội dung văn bản được giữ nguyên từ lúc này.", "Cần sửa thì chuyển về dự thảo, có ghi lý do."),
            primary=True,
        )
    elif state == Document.State.SIGNING and prepares:
        yield _signing(document, on)
        yield Step("Chuyển về dự thảo", _url(document, "return"), "Chuyển về dự thảo để sửa", fields=ReasonForm())
    elif state == Document.State.SIGNED and may(user, "documents.issue_number", document):
        initial = {"issued_on": text.date(on), "number": next_number(document, on)}
        form = NumberForm(document=document, initial=initial)
        effects = ("Số và ngày không sửa được sau khi cấp.",)
        yield Step("Cấp số", _url(document, "number"), "Cấp số, ngày ban hành", effects, form, primary=True)
    elif state == Document.State.ISSUED and prepares:
        form_of_choice = ReplacementForm(document=document)
        if form_of_choice.has_choice:
            yield Step(
                "Ghi văn bản thay thế", _url(document, "replace"), "Ghi nhận văn bản thay thế", fields=form_of_choice
            )


def _signing(document: Document, on: dt.date) -> Step:
    signers = document.content.get("signers") or [{}]
    initial = {"signed_on": text.date(on), "capacity": "\n".join(signers[-1].get("lines", ()))}
    return Step(
        "Ghi nhận đã ký",
        _url(document, "sign"),
        "Ghi nhận văn bản đã được ký",
        ("Ghi đúng như trên bản đã ký; ghi nhận này không phải là chữ ký số.",),
        SignatureForm(initial=initial, head=document.unit.head_title),
        primary=True,
        multipart=True,
    )


def _url(document: Document, name: str) -> str:
    return reverse(f"documents:{name}", args=[document.year.bloc.code, document.year.year, document.pk])
