"""The bloc's own text of a letter is saved, and given up for the shipped one; a letter is drafted from it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Unit, User
from documents.actions.drafting import draft_document
from documents.models import Document, WordingVersion
from documents.papers import Letterhead, Signer
from documents.papers.wording import SHIPPED, compose, unknown_fields
from documents.queries import wording_of


class UnknownField(Refusal):
    """The text names a merge field that the letter does not have."""

    status = 422


KINDS = {"authorisation": Document.Kind.AUTHORISATION, "decision_notice": Document.Kind.NOTICE}


@transaction.atomic
def save_wording(year: BlocYear, *, key: str, body: str, by: User | None, at: dt.datetime) -> WordingVersion:
    """Keep a new version of the bloc's text; an empty one brings the shipped text back. Earlier versions stay.

    Raises UnknownField, YearClosed; KeyError for a letter that does not exist.
    """
    refuse_past(year)
    kept = "\n".join(text.nfc(line) for line in body.splitlines()).strip()
    if unknown := unknown_fields(kept, SHIPPED[key]):
        raise UnknownField(
            f"Mẫu này không có trường: {', '.join('{' + name + '}' for name in unknown)}. Nội dung chưa được lưu. "
            "Đề nghị dùng các trường trong danh sách."
        )
    version = WordingVersion.objects.create(bloc_id=year.bloc_id, key=key, body=kept, saved_by=by, saved_at=at)
    record("save_wording", version, by=by, year=year.pk, key=key, length=len(kept))
    return version


def draft_from_wording(
    year: BlocYear, *, key: str, facts: Mapping[str, str], unit: Unit, addressees: tuple[str, ...], by: User | None,
    at: dt.datetime,
) -> Document:  # fmt: skip
    """Draft a letter of the unit from the bloc's text and its facts. Raises YearClosed."""
    wording, body = wording_of(year, key)
    symbol = "-".join(part for part in (wording.code, unit.symbol) if part)
    paper = compose(
        wording,
        body,
        {name: text.nfc(value) for name, value in facts.items()},
        letterhead=Letterhead(issuer=unit.name, superior=unit.superior, symbol=symbol, place=unit.province),
        addressees=addressees,
        signers=(Signer(lines=(unit.head_title.upper(),)),),
        demo=year.is_demonstration,
    )
    kind = KINDS.get(key, Document.Kind.LETTER)
    about = f"wording:{key}:{at:%Y%m%d%H%M%S}"
    return draft_document(year, kind=kind, paper=paper, unit=unit, about=about, by=by, on=at.date())
