"""Reading across the meetings' tables; what home collects is named here."""

from conferences.queries.archive import archive_part
from conferences.queries.meetings import conference_of
from conferences.queries.stages import midyear_stage, stage, stage_figures
from conferences.queries.tasks import tasks_for

__all__ = ["archive_part", "conference_of", "midyear_stage", "stage", "stage_figures", "tasks_for"]
