"""The stage of the permission table: the demonstration on 05/12/2024, a foreign bloc, and one object of every kind."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile

from awards.actions import ask_for_more, record_blocking_case
from awards.models import AwardRule, Nomination, Submission
from blocs.actions.authorisations import record_authorisation
from blocs.actions.guidance import record_guidance
from blocs.actions.people import invite
from blocs.clock import at
from blocs.files import store_bytes
from blocs.invitations import token_of
from blocs.models import BlocYear, Notice, Post, User
from conferences.actions.attendance import invite_guest
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import open_election
from conferences.actions.invitations import name_teller
from conferences.actions.meetings import call_conference
from conferences.actions.rulebook import record_bloc_paper
from conferences.actions.rulings import RoundSettings
from conferences.actions.screens import open_screen
from conferences.queries.screen import token_of as token_of_screen
from documents.models import Document
from home.demo.people import Cast, gather_cast
from home.demo.pledges import made_up_scan
from home.demo.year_2023 import end_2023, tell_2023
from home.demo.year_2024 import tell_2024
from pledges.models import Signature
from scoring.actions.peers import assign_peers
from scoring.actions.templates import keep_template
from scoring.models import FieldChange, SelfAssessment
from tests.cast import make_cast, make_user

TODAY = dt.date(2024, 12, 5)
NOW = at(TODAY, 9)
LEADERS = {2024: ("BQL-TQ", "BQL-BG"), 2023: ("BQL-TN", "BQL-TQ")}


@dataclass
class Stage:
    """Everything an address may name, by plain words."""

    cast: Cast
    years: dict[int, BlocYear]
    foreign: Any
    outsider: User
    things: dict[str, Any] = field(default_factory=dict)

    def person(self, role: str, year: int) -> User | None:
        """Return who plays a role in a year; None for somebody who is not signed in."""
        leader, deputy = LEADERS[year]
        return {
            "nobody": None,
            "outsider": self.outsider,
            "foreign_officer": self.foreign.officers["BQL-1"],
            "foreign_official": self.foreign.official,
            "fellow": self.cast.officers["BQL-PT"],
            "officer": self.cast.officers["BQL-BK"],
            "head": self.cast.heads["BQL-BK"],
            "deputy": self.cast.officers[deputy],
            "leader": self.cast.officers[leader],
            "official": self.cast.official,
        }[role]

    def member(self, year: int, code: str = "BQL-BK") -> int:
        """Return the membership of a unit in a year, by primary key."""
        return self.years[year].memberships.get(unit__code=code).pk


def set_stage() -> Stage:
    """Build it with the acts themselves."""
    cast = gather_cast(NOW)
    year_2023 = tell_2023(cast)
    year_2024 = tell_2024(BlocYear.objects.get(bloc=cast.bloc, year=2024), cast)
    stage = Stage(cast, {2023: year_2023, 2024: year_2024}, make_cast(2, prefix="x"), make_user("outsider"))
    _scores(stage)
    _people(stage)
    _awards(stage)
    _meetings(stage)
    stage.years[2023] = end_2023(year_2023)
    return stage


def _scan(name: str) -> ContentFile:
    return ContentFile(made_up_scan("minh hoa"), name=name)


def _scores(stage: Stage) -> None:
    members = {member.unit.code: member for member in stage.years[2024].memberships.select_related("unit")}
    due = dt.datetime(2024, 12, 24, 17, tzinfo=NOW.tzinfo)
    assign_peers(stage.years[2024], {members["BQL-BK"]: members["BQL-YB"]}, due_at=due, by=None, at=NOW)
    mine = SelfAssessment.objects.get(membership=stage.member(2024))
    signed = SelfAssessment.objects.get(membership=stage.member(2024, "BQL-PT"))
    kept = keep_template(mine.table, name="Mẫu", bloc_kind="Khối ban quản lý", by=None, at=NOW)
    stage.things |= {
        "template": kept.pk,
        "criterion": mine.table.criteria.get(code="III.1").pk,
        "criterion_2023": SelfAssessment.objects.get(membership=stage.member(2023)).table.criteria.get(code="I.1").pk,
        "evidence": mine.evidence.filter(criterion__code="III.1").first().pk,
        "signed_member": signed.membership_id,
        "change": FieldChange.objects.create(
            assessment=mine,
            criterion=mine.table.criteria.get(code="III.1"),
            layer="claimed",
            field="explanation",
            before="Trước",
            after="Sau",
            by=None,
            at=NOW,
        ).pk,
    }


def _people(stage: Stage) -> None:
    unit, officer, clerk = stage.cast.units["BQL-BK"], stage.cast.officers["BQL-BK"], make_user("clerk")
    invitation, token = invite(
        unit, full_name="Văn thư", email="van-thu@example.test", role=Post.Role.CLERK, title="Văn thư", by=None, at=NOW
    )
    post = Post.objects.create(
        user=clerk, unit=unit, role=Post.Role.CLERK, title="Văn thư", from_on=dt.date(2024, 1, 1)
    )
    authorisation = record_authorisation(
        unit, holder=clerk, title="Văn thư", number="", dated_on=TODAY, from_on=TODAY,
        until_on=dt.date(2025, 12, 31), paper=_scan("giay-uy-quyen.pdf"), by=None, at=NOW,
    )  # fmt: skip
    guidance = record_guidance(
        stage.years[2024], title="Công văn bổ sung", issuer="Bộ", paper=_scan("cong-van.pdf"), by=None, at=NOW
    )
    stage.things |= {
        "unit": unit.code, "authority": stage.cast.authority.pk, "invitation": invitation.pk, "post": post.pk,
        "authorisation": authorisation.pk, "token": token or token_of(invitation), "guidance": guidance.pk,
        "notice": Notice.objects.filter(user=officer).first().pk,
    }  # fmt: skip


def _awards(stage: Stage) -> None:
    year = stage.years[2023]
    flag, first, second = Nomination.objects.filter(year=year).order_by("pk")
    submission = Submission.objects.get(year=year)
    more = ask_for_more(first, items=["Báo cáo thành tích"], due_on=dt.date(2024, 12, 20), by=None, at=NOW)
    case = record_blocking_case(
        year.memberships.get(unit__code="BQL-YB"), condition="discipline", source="văn bản minh họa", by=None, at=NOW
    )
    stage.things |= {
        "flag": flag.pk, "nomination": first.pk, "second": second.pk, "poll": flag.poll_id, "submission": submission.pk,
        "request": more.pk, "case": case.pk, "award": "CERTIFICATE", "rule": AwardRule.objects.get().pk, "part": submission.parts.get(kind="list").pk,
    }  # fmt: skip


def _meetings(stage: Stage) -> None:
    year = stage.years[2024]
    conference = call_conference(year, held_on=dt.date(2025, 1, 8), starts_at=dt.time(8, 30), by=None, on=TODAY)
    guest = invite_guest(conference, title="Phó Vụ trưởng", body="Vụ Tổ chức cán bộ", by=None)
    conference = open_screen(conference, by=None)
    themed = call_conference(
        year, kind="themed", held_on=dt.date(2024, 12, 20), starts_at=dt.time(8), by=None, on=TODAY
    )
    paper = record_bloc_paper(
        year, kind="plan", title="Kế hoạch năm", number="", from_on=TODAY, until_on=None, paper=_scan("ke-hoach.pdf"),
        by=None, at=NOW,
    )  # fmt: skip
    counter = year.memberships.get(unit__code="BQL-PT")
    teller = name_teller(conference, membership=counter, role="head", name="Người kiểm phiếu", by=None)
    election = propose_candidate(year, role="leader", membership=year.memberships.get(unit__code="BQL-BG"), by=None)
    open_election(election, settings=RoundSettings(quorum=""), by=None, at=NOW)
    document = Document.objects.filter(year=stage.years[2023], kind=Document.Kind.SUMMARY_REPORT).first()
    Document.objects.filter(pk=document.pk).update(pdf=store_bytes(
        made_up_scan("minh hoa"), "bao-cao.pdf", content_type="application/pdf", by=None, at=NOW
    ))  # fmt: skip
    stage.things |= {
        "item": conference.items.first().pk,
        "attendance": conference.attendances.get(membership__unit__code="BQL-BK").pk,
        "guest": guest.pk,
        "teller": teller.pk,
        "bloc_paper": paper.pk,
        "themed": themed.pk,
        "screen": token_of_screen(conference),
        "candidate": election.candidates.first().pk,
        "document": document.pk,
        "signature": Signature.objects.filter(pledge__year=year).first().pk,
    }
