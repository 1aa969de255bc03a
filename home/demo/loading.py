"""Invented figures go in as a file would: through the same readers and acts."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path

import scoring
from blocs.models import BlocYear
from scoring.actions.importing import import_assessments, import_targets
from scoring.actions.tables import adopt_table, draft_table
from scoring.models import CriteriaTable, SelfAssessment
from scoring.sheets.checking import read_results
from scoring.sheets.criteria import read_criteria_path
from scoring.sheets.targets import read_targets

_SAMPLES = Path(scoring.__file__).parent / "samples"


def adopt_sample(year: BlocYear, at: dt.datetime) -> CriteriaTable:
    """Adopt our sample criteria table for a year."""
    path = _SAMPLES / "sample_criteria.csv"
    read = read_criteria_path(str(path), settings=str(_SAMPLES / "sample_criteria_settings.csv"), options={})
    return adopt_table(draft_table(year, read.plan, by=None, at=at), by=None, at=at)


def load_targets(year: BlocYear, rows: Iterable[tuple[str, ...]], at: dt.datetime) -> None:
    """Load approved targets."""
    read = read_targets(_file(rows), "ke-hoach.csv", year)
    _insist(read.faults)
    import_targets(year, read.targets, by=None, at=at)


def load_results(year: BlocYear, rows: Iterable[tuple[str, ...]], state: str, at: dt.datetime) -> list[SelfAssessment]:
    """Load results as drafts, as submitted or as finalised."""
    read = read_results(_file(rows), "ket-qua.csv", year, as_draft=state == SelfAssessment.State.DRAFT)
    _insist(read.faults)
    return import_assessments(year, read.members, state=state, by=None, at=at)


def _file(rows: Iterable[tuple[str, ...]]) -> io.BytesIO:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return io.BytesIO(out.getvalue().encode())


def _insist(faults: Iterable[object]) -> None:
    if found := [str(fault) for fault in faults]:
        raise ValueError(found[:5])
