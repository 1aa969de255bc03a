"""The rows of the meetings: conferences with their agenda and delegates, leader elections, the report's prose."""

from conferences.models.elections import Candidate, Election
from conferences.models.meetings import AgendaItem, Attendance, Conference, Guest
from conferences.models.reports import ReportSection

__all__ = ["AgendaItem", "Attendance", "Candidate", "Conference", "Election", "Guest", "ReportSection"]
