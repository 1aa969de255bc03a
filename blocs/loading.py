"""Loading a file in two steps on a page: a preview with every fault first, then all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Protocol

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blocs import clock
from blocs.errors import Refusal
from blocs.files import clean_name, store_bytes
from blocs.models import StoredFile
from blocs.pages import answer, user_of
from blocs.sheets import Column, Preview

_SALT = "blocs.loading"
_MOST_BYTES = 10 * 1024 * 1024
_SHOWN = 200


class Loaded(Protocol):
    """What a reader returns: the plan to save, with its preview."""

    @property
    def preview(self) -> Preview:
        """What would be written, with every fault."""


class FilesForm(forms.Form):
    """The file to load, and for some tables a second one with settings."""

    file = forms.FileField(
        label="Tệp .xlsx hoặc .csv (UTF-8)", help_text="Không tải lên tài liệu có nội dung bí mật nhà nước."
    )
    settings = forms.FileField(label="Tệp thiết lập kèm theo (nếu để riêng)", required=False)


@dataclass(frozen=True)
class Loading:
    """One kind of load: its words, how the file is read, what saves it.

    `read(files)` takes {"file": (content, name), "settings": …}; `save(loaded)` is the act; both may refuse.
    """

    heading: str
    lead: str
    back_url: str
    back_label: str
    template_url: str
    columns: Sequence[Column]
    read: Callable[[dict[str, tuple[BytesIO, str]]], Any]
    save: Callable[[Any], object]
    done: str
    two_files: bool = False
    demo: bool = field(default=False)
    template: str = (
        "blocs/load_form.html"  # one that extends it may ask for choices beside the preview (in request.POST)
    )


def load_page(request: HttpRequest, loading: Loading) -> HttpResponse:
    """Show the form; on a file its preview; on the confirmed preview save all of it and go back."""
    if request.method != "POST":
        return _page(request, loading, _form(loading))
    if "kept" in request.POST:
        return _save(request, loading)
    form = _form(loading, request)
    if not form.is_valid():
        return _page(request, loading, form, status=422)
    try:
        kept = {name: _keep(request, upload) for name, upload in form.cleaned_data.items() if upload}
        loaded = loading.read(_open(kept))
    except Refusal as refusal:
        form.add_error("file", refusal.sentence)
        return _page(request, loading, form, status=422)
    token = signing.dumps([user_of(request).pk, request.path, kept], salt=_SALT)
    preview = loaded.preview
    status = 200 if preview.is_clean else 422
    return _page(request, loading, _form(loading), loaded=loaded, token=token, status=status)


def _save(request: HttpRequest, loading: Loading) -> HttpResponse:
    try:
        user, path, kept = signing.loads(request.POST["kept"], salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        user, path, kept = None, "", {}
    form = _form(loading)
    if (user, path) != (user_of(request).pk, request.path):
        return _refused(
            request,
            loading,
            form,
            "Bản xem trước đã hết hiệu lực. Chưa có nội dung nào được ghi. Đề nghị chọn lại tệp.",
        )
    try:
        loaded = loading.read(_open(kept))
        if not loaded.preview.is_clean:
            return _page(request, loading, form, loaded=loaded, status=422)
        loading.save(loaded)
    except Refusal as refusal:
        return _refused(request, loading, form, refusal.sentence)
    return answer(request, loading.done, loading.back_url)


def _refused(request: HttpRequest, loading: Loading, form: forms.Form, sentence: str) -> HttpResponse:
    form.errors["__all__"] = form.error_class([sentence])
    return _page(request, loading, form, status=409)


def _form(loading: Loading, request: HttpRequest | None = None) -> forms.Form:
    form = FilesForm(request.POST, request.FILES) if request else FilesForm()
    if not loading.two_files:
        del form.fields["settings"]
    return form


def _keep(request: HttpRequest, upload: Any) -> int:
    """Keep the bytes of a file between preview and confirmation; it stays on record as what was loaded."""
    if upload.size > _MOST_BYTES:
        raise Refusal(
            f"Không nhận tệp “{clean_name(upload.name)}” vì lớn hơn 10 MB. Chưa có nội dung nào được ghi. "
            "Đề nghị chỉ giữ trang tính cần nhập rồi tải lên lại."
        )
    name, kind = clean_name(upload.name), "application/octet-stream"
    return store_bytes(upload.read(), name, content_type=kind, by=user_of(request), at=clock.now()).pk


def _open(kept: dict[str, int]) -> dict[str, tuple[BytesIO, str]]:
    stored = StoredFile.objects.in_bulk(list(kept.values()))
    files = {}
    for name, pk in kept.items():
        with stored[pk].file.open("rb") as content:
            files[name] = (BytesIO(content.read()), stored[pk].name)
    return files


def _page(
    request: HttpRequest,
    loading: Loading,
    form: forms.Form,
    *,
    loaded: Loaded | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    preview = loaded.preview if loaded else None
    context = {
        "loaded": loaded,
        "loading": loading,
        "form": form,
        "preview": preview,
        "rows": list(preview.rows[:_SHOWN]) if preview else [],
        "more": max(0, len(preview.rows) - _SHOWN) if preview else 0,
        "token": token,
    }
    return render(request, loading.template, context, status=status)
