"""The pledge of a year (Giao ước thi đua): no number, one signature box per unit."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from documents.papers.letterhead import Paper, Signer
from documents.papers.lines import centred_lines

VALUES_PER_WIDTH = 8
BOXES_PER_ROW = 2
BOX_WIDTH = 28


@dataclass(frozen=True, kw_only=True)
class PledgeArticle:
    """One content of the emulation: its heading and what the units promise."""

    title: str
    commitment: str = ""

    @property
    def sentence(self) -> str:
        """The content as it is printed after its number, closed by one full stop."""
        return ": ".join(part for part in (self.title, self.commitment) if part).rstrip(".;") + "."


@dataclass(frozen=True, kw_only=True)
class PledgeTarget:
    """One target: `values` in the order of the pledge's parties, "" where a unit has none."""

    title: str
    unit: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PledgeParty:
    """A unit of the pledge: `name` in full, `short_name` for the column of targets, who stands for it, its box."""

    name: str
    short_name: str
    signer: Signer
    representative: str = ""
    post: str = ""

    @property
    def name_lines(self) -> tuple[str, ...]:
        """The name, broken for the signature box."""
        return centred_lines(self.name, BOX_WIDTH)


@dataclass(frozen=True, kw_only=True)
class PledgePaper(Paper):
    """Giao ước thi đua. `letterhead` of profile B, without symbol; `theme` is the year's motto, when there is one."""

    KIND: ClassVar[str] = "pledge"

    year: str
    bloc_name: str
    parties: tuple[PledgeParty, ...]
    articles: tuple[PledgeArticle, ...]
    targets: tuple[PledgeTarget, ...] = ()
    theme: str = ""
    signed_at: str = ""
    honorific: str = "đồng chí"
    count: str = ""
    leader_name: str = ""
    criteria_table: str = ""
    authority: str = ""
    copies: str = ""
    with_enterprises: bool = False
    electronic: bool = False
    witness: Signer | None = None
    digest: str = ""

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return len(self.targets) * (len(self.parties) + 3) + len(self.parties)

    @property
    def bare(self) -> Self:
        """The same pledge with empty signature boxes: what is signed, without who signed it."""
        empty = Signer(lines=())
        return replace(self, parties=tuple(replace(party, signer=empty) for party in self.parties))

    @property
    def unsigned(self) -> Self:
        """The pledge to be signed outside: each box with its capacity and room, nobody's confirmation in it."""
        signers = (replace(party.signer, note="") for party in self.parties)
        parties = zip(self.parties, signers, strict=True)
        return replace(self, parties=tuple(replace(party, signer=signer) for party, signer in parties))

    @property
    def targets_in_annex(self) -> bool:
        """Whether the table of targets is too wide for the text and goes to a landscape annex."""
        return len(self.parties) > VALUES_PER_WIDTH

    @property
    def short_names(self) -> tuple[str, ...]:
        """The heads of the columns of targets."""
        return tuple(party.short_name for party in self.parties)

    @property
    def box_rows(self) -> tuple[tuple[PledgeParty | None, ...], ...]:
        """The signature boxes, two to a row; the last row is filled up with nothing."""
        filled = itertools.zip_longest(*[iter(self.parties)] * BOXES_PER_ROW)
        return tuple(filled)
