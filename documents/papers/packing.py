"""A paper as JSON and back, so that what was gathered is kept beside the document and never looked up again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from typing import Any

from documents.papers.letterhead import Paper
from documents.papers.minutes import Letter, Minutes
from documents.papers.pledge import PledgePaper
from documents.papers.report import Report
from documents.papers.scores import ConsolidatedTable, ScoreSheet
from documents.papers.slips import AttendanceSheet, Ballot, OpinionSlip

SLIPS = (Ballot, OpinionSlip, AttendanceSheet)
PAPERS: dict[str, type[Paper]] = {
    paper.KIND: paper for paper in (Report, ConsolidatedTable, ScoreSheet, PledgePaper, Minutes, Letter, *SLIPS)
}


def pack(paper: Paper) -> dict[str, Any]:
    """The paper as plain JSON values, its kind of paper under "paper"."""
    return {"paper": paper.KIND, **dataclasses.asdict(paper)}


def unpack(content: dict[str, Any]) -> Paper:
    """The paper that `pack` made these values from. KeyError when the kind of paper is not known."""
    values = {name: value for name, value in content.items() if name != "paper"}
    return typing.cast("Paper", _built(PAPERS[content["paper"]], values))


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (64 hex digits) of the packed paper in its canonical JSON: equal papers have equal digests."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _built(wanted: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(wanted) in (types.UnionType, typing.Union):
        (wanted,) = (part for part in typing.get_args(wanted) if part is not type(None))
    if typing.get_origin(wanted) is tuple:
        return _built_tuple(typing.get_args(wanted), value)
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        hints = typing.get_type_hints(wanted)
        return wanted(**{name: _built(hints[name], part) for name, part in value.items()})
    return value


def _built_tuple(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_built(kinds[0], part) for part in value)
    return tuple(_built(kind, part) for kind, part in zip(kinds, value, strict=True))
