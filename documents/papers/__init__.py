"""The papers this house prints: one frozen object each, strings already formatted, unknown things left empty.

Pure: no Django, no query. The owner of a paper's content fills the object in; print, preview, DOCX and tests read it.
"""

from documents.papers.capacities import CASES, capacity_lines, wrong_capacity
from documents.papers.letterhead import Letterhead, Paper, Signer
from documents.papers.lines import centred_lines
from documents.papers.mark import Mark, grouped_code, read_code
from documents.papers.minutes import Letter, Minutes, Section
from documents.papers.packing import PAPERS, digest_of, pack, unpack
from documents.papers.pledge import PledgeArticle, PledgePaper, PledgeParty, PledgeTarget
from documents.papers.report import Annex, GroupResult, NextLeaders, PeerReview, Report, ReportProse, ScoringSummary
from documents.papers.scores import ConsolidatedTable, ScoreLine, ScoreRow, ScoreSheet, ScoreTable
from documents.papers.slips import AttendanceSheet, Attendant, Ballot, OpinionSlip
from documents.papers.sums import faults
from documents.papers.tables import Column, Table

__all__ = [
    "CASES",
    "PAPERS",
    "Annex",
    "AttendanceSheet",
    "Attendant",
    "Ballot",
    "Column",
    "ConsolidatedTable",
    "GroupResult",
    "Letter",
    "Letterhead",
    "Mark",
    "Minutes",
    "NextLeaders",
    "OpinionSlip",
    "Paper",
    "PeerReview",
    "PledgeArticle",
    "PledgePaper",
    "PledgeParty",
    "PledgeTarget",
    "Report",
    "ReportProse",
    "ScoreLine",
    "ScoreRow",
    "ScoreSheet",
    "ScoreTable",
    "ScoringSummary",
    "Section",
    "Signer",
    "Table",
    "capacity_lines",
    "centred_lines",
    "digest_of",
    "faults",
    "grouped_code",
    "pack",
    "read_code",
    "unpack",
    "wrong_capacity",
]
