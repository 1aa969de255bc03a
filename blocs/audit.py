"""The record of every act: one line in the act's own transaction, chained by digests so that changes show."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from blocs import clock
from blocs.models import ChainHead, LogEntry, User

GENESIS = hashlib.sha256(b"so nhat ky cua khoi thi dua").hexdigest()
_BATCH = 2000


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the table, the row's number, and the first difference in plain words."""

    table: str
    sequence: int
    difference: str


def record(
    act: str,
    subject: models.Model,
    *,
    by: User | None,
    year: int | None = None,
    unit: int | None = None,
    **details: Any,
) -> LogEntry:
    """Append one line about an act; called by actions only, as the act's last statement.

    `by` is the acting user, or None for the operator at the command line. `year` and `unit` are primary keys.
    Details hold figures, states and digests, never a person's name. Must run inside the act's transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        message = f"record({act!r}) outside a transaction"
        raise RuntimeError(message)
    head, _ = ChainHead.objects.select_for_update().get_or_create(only=True, defaults={"digest": GENESIS})
    entry = LogEntry(
        sequence=head.sequence + 1,
        at=clock.now(),
        actor_id=None if by is None else by.pk,
        act=act,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public reflection
        subject_id=str(subject.pk),
        year_id=year,
        unit_id=unit,
        details=json.loads(json.dumps(details, cls=DjangoJSONEncoder)),
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    ChainHead.objects.filter(only=True).update(sequence=entry.sequence, digest=entry.digest)
    return entry


def digest_of(entry: LogEntry) -> str:
    """Return the SHA-256 over every column of a line (the digest itself excepted), in one fixed writing."""
    columns = [
        entry.sequence,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.act,
        entry.subject_type,
        entry.subject_id,
        entry.year_id,
        entry.unit_id,
        entry.details,
        entry.previous,
    ]
    text = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def breaks() -> Iterator[Break]:
    """Yield every place where the log does not hold, in order: missing, swapped, changed rows, a wrong head.

    A row whose columns can no longer be read as what they were (a broken date, broken details) is named as such.
    """
    try:
        yield from _differences()
    except (ValueError, TypeError, AttributeError):
        yield from _unreadable()


def _unreadable() -> Iterator[Break]:
    for sequence in LogEntry.objects.order_by("sequence").values_list("sequence", flat=True):
        try:
            digest_of(LogEntry.objects.get(sequence=sequence))
        except (ValueError, TypeError, AttributeError):
            yield Break(LogEntry._meta.db_table, sequence, "nội dung của dòng không đọc được")  # noqa: SLF001


def _differences() -> Iterator[Break]:
    table, previous, expected = LogEntry._meta.db_table, GENESIS, 1  # noqa: SLF001
    for entry in LogEntry.objects.order_by("sequence").iterator(chunk_size=_BATCH):
        if entry.sequence != expected:
            yield Break(table, expected, f"thiếu dòng {expected} (sau đó là dòng {entry.sequence})")
        elif entry.previous != previous:
            yield Break(table, entry.sequence, "cột previous không khớp mã của dòng trước")
        if digest_of(entry) != entry.digest:
            yield Break(table, entry.sequence, "nội dung của dòng không khớp cột digest")
        previous, expected = entry.digest, entry.sequence + 1
    head = ChainHead.objects.first() or ChainHead(sequence=0, digest=GENESIS)
    if (head.sequence, head.digest) != (expected - 1, previous):
        yield Break(ChainHead._meta.db_table, head.sequence, "đầu chuỗi không khớp dòng cuối của nhật ký")  # noqa: SLF001


def head() -> tuple[int, str]:
    """Return the number of lines and the digest of the last one, to be noted elsewhere (minutes, archives)."""
    row = ChainHead.objects.first()
    return (row.sequence, row.digest) if row else (0, GENESIS)
