"""Blocs are founded by a decision of the authority."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import Authority, Bloc, User
from blocs.text import nfc

WORDS = ("name", "bloc_word", "leader_word", "deputy_word", "person_word", "founding_number", "founding_on")


class BlocCodeTaken(Refusal):
    """Another bloc has the code."""

    status = 422


@transaction.atomic
def found_bloc(
    authority: Authority,
    *,
    code: str,
    name: str,
    founding_number: str = "",
    founding_on: dt.date | None = None,
    paper: File | None = None,
    by: User | None,
    at: dt.datetime,
    **words: str,
) -> Bloc:
    """Record a bloc with its founding decision; `words` are how it calls itself, its leader, its deputy.

    Raises BlocCodeTaken, FileRefused.
    """
    if Bloc.objects.filter(code__iexact=code).exists():
        message = f"Mã “{code}” đã có khối khác dùng. Nội dung đã nhập vẫn còn trên trang."
        raise BlocCodeTaken(message)
    stored = store_file(paper, by=by, at=at, allowed=PAPERS) if paper else None
    clean = {key: nfc(word) for key, word in words.items()}
    bloc = Bloc.objects.create(
        authority=authority, code=code.lower(), name=nfc(name), founding_number=nfc(founding_number),
        founding_on=founding_on, founding_paper=stored, **clean,
    )  # fmt: skip
    record(
        "found_bloc", bloc, by=by, code=bloc.code, authority=authority.pk, founding_number=bloc.founding_number,
        founding_on=founding_on, paper=stored.sha256 if stored else "",
    )  # fmt: skip
    return bloc


@transaction.atomic
def amend_bloc(bloc: Bloc, *, paper: File | None = None, by: User | None, at: dt.datetime, **fields: object) -> Bloc:
    """Correct a bloc's name, words or founding decision. `fields` are any of WORDS. Raises FileRefused."""
    bloc = Bloc.objects.select_for_update().get(pk=bloc.pk)
    if unknown := set(fields) - set(WORDS):
        raise TypeError(unknown)
    clean = {key: nfc(value) if isinstance(value, str) else value for key, value in fields.items()}
    changed = {key: value for key, value in clean.items() if getattr(bloc, key) != value}
    if paper:
        changed["founding_paper"] = store_file(paper, by=by, at=at, allowed=PAPERS)
    if not changed:
        return bloc
    for key, value in changed.items():
        setattr(bloc, key, value)
    bloc.save(update_fields=list(changed))
    sha256 = bloc.founding_paper.sha256 if bloc.founding_paper else ""
    after = {key: value for key, value in changed.items() if key != "founding_paper"}
    record("amend_bloc", bloc, by=by, after=after, paper=sha256)
    return bloc


@transaction.atomic
def record_authority(*, name: str, short_name: str = "", by: User | None) -> Authority:
    """Record a ministry or a province that organises blocs; returns the one that has the name already."""
    known = Authority.objects.filter(name__iexact=nfc(name)).first()
    if known is not None:
        return known
    authority = Authority.objects.create(name=nfc(name), short_name=nfc(short_name))
    record("record_authority", authority, by=by, name=authority.name)
    return authority
