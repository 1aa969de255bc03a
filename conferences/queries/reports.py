"""Reading the summary report: its prose and where its two papers stand."""

from typing import Any

from blocs.models import BlocYear
from conferences.models import ReportSection


def sections_of(year: BlocYear) -> dict[str, ReportSection]:
    """Return the written sections of a year's report by key."""
    return {row.key: row for row in ReportSection.objects.filter(year=year).select_related("written_by")}


def report_papers(year: BlocYear) -> tuple[Any, Any]:
    """Return the draft and the issued report of a year, None for what does not exist yet."""
    return None, None
