"""Reading the summary report: its prose and where its two papers stand."""

from blocs.models import BlocYear
from conferences.models import ReportSection
from documents.models import Document

DRAFT, FINAL = "draft", "final"


def sections_of(year: BlocYear) -> dict[str, ReportSection]:
    """Return the written sections of a year's report by key."""
    return {row.key: row for row in ReportSection.objects.filter(year=year).select_related("written_by")}


def report_papers(year: BlocYear) -> tuple[Document | None, Document | None]:
    """Return the draft and the final paper of a year, without their content; None for what does not exist. One query."""
    rows = Document.objects.filter(year=year, kind=Document.Kind.SUMMARY_REPORT).without_content()
    found: dict[str, Document] = {}
    for row in rows.exclude(state=Document.State.REPLACED).order_by("pk"):
        found[row.about] = row
    return found.get(DRAFT), found.get(FINAL)
