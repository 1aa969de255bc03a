"""The rows of the meetings: conferences with agenda and delegates, elections, the prose of report and minutes."""

from conferences.models.elections import Candidate, Election
from conferences.models.meetings import AgendaItem, Attendance, Conference, Guest, Teller
from conferences.models.minutes import MinutesConfirmation, MinutesEdit, MinutesSection
from conferences.models.reports import ReportSection
from conferences.models.results import PublicResult
from conferences.models.rulebook import BlocPaper

__all__ = [
    "AgendaItem",
    "Attendance",
    "BlocPaper",
    "Candidate",
    "Conference",
    "Election",
    "Guest",
    "MinutesConfirmation",
    "MinutesEdit",
    "MinutesSection",
    "PublicResult",
    "ReportSection",
    "Teller",
]
