"""Reading in scoring: tables, claims, standings, the consolidated table, chains, what is to be done."""

from scoring.queries.board import Board, BoardMember, BoardRow, consolidated
from scoring.queries.chains import ChainStep, LayerStep, chain, history
from scoring.queries.claims import Missing, missing_before_submission
from scoring.queries.digests import sheet_digest
from scoring.queries.filling import FillGroup, FillLine, FillSheet, LastYear, filling_sheet
from scoring.queries.reviewing import ReviewLine, ReviewQueue, review_queue
from scoring.queries.standings import StandingRow, Standings, standings
from scoring.queries.tables import adopted_table, current_table, leaves, plan_of, table_values
from scoring.queries.years import archive_part, review_stage, stage, stage_figures, tasks_for

__all__ = [
    "Board",
    "BoardMember",
    "BoardRow",
    "ChainStep",
    "FillGroup",
    "FillLine",
    "FillSheet",
    "LastYear",
    "LayerStep",
    "Missing",
    "ReviewLine",
    "ReviewQueue",
    "StandingRow",
    "Standings",
    "adopted_table",
    "archive_part",
    "chain",
    "consolidated",
    "current_table",
    "filling_sheet",
    "history",
    "leaves",
    "missing_before_submission",
    "plan_of",
    "review_queue",
    "review_stage",
    "sheet_digest",
    "stage",
    "stage_figures",
    "standings",
    "table_values",
    "tasks_for",
]
