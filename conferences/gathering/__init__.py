"""Gathering the papers of the meetings from data: the summary report as one frozen object, and its editor."""

from conferences.gathering.editor import checks_of, editor_parts, stamp
from conferences.gathering.report import gather_report, report_chapters

__all__ = ["checks_of", "editor_parts", "gather_report", "report_chapters", "stamp"]
