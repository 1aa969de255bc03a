"""Keeping a paper as it is gathered at this moment: part of an act, never an act of its own."""

import datetime as dt
from typing import Any

from awards.jobs import print_kept
from awards.models import KeptPaper
from blocs.files import XLSX, store_bytes
from blocs.jobs import enqueue
from blocs.models import User
from blocs.sheets import Sheet, write_xlsx
from documents.papers import Paper, digest_of, pack


def keep(
    paper: Paper, *, kind: str, by: User | None, at: dt.datetime, sheets: list[Sheet] | None = None, **where: Any
) -> KeptPaper:
    """Store a gathered paper with its digest and have the worker print it; tables are written for work at once."""
    content = pack(paper)
    title = where.pop("title", "") or paper.full_title
    kept = KeptPaper.objects.create(
        kind=kind, title=title[:300], content=content, digest=digest_of(content), made_by=by, made_at=at, **where
    )
    if sheets:
        name = f"{title[:120]}.xlsx".replace("/", "-")
        kept.sheet = store_bytes(write_xlsx(sheets), name, content_type=XLSX, by=by, at=at)
        kept.save(update_fields=["sheet"])
    enqueue(print_kept, paper_id=kept.pk)
    return kept
