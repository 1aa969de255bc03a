"""The ground floor's rows: people, units, blocs, years, files, the log, notices, legal values."""

from blocs.models.files import StoredFile
from blocs.models.log import ChainHead, LogEntry
from blocs.models.notices import MailChoice, Notice
from blocs.models.people import Authorisation, Invitation, Post, User
from blocs.models.units import Authority, Unit, UnitName
from blocs.models.years import Bloc, BlocYear, Guidance, LeadershipTerm, Membership, Provision

__all__ = [
    "Authorisation",
    "Authority",
    "Bloc",
    "BlocYear",
    "ChainHead",
    "Guidance",
    "Invitation",
    "LeadershipTerm",
    "LogEntry",
    "MailChoice",
    "Membership",
    "Notice",
    "Post",
    "Provision",
    "StoredFile",
    "Unit",
    "UnitName",
    "User",
]
