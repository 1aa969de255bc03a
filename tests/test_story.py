"""The book's back cover: a bloc's year as the customer tells it, from the self-scores to the next leader."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction

from awards.models import Nomination
from blocs.audit import breaks
from blocs.clock import at
from blocs.models import BlocYear, LeadershipTerm, Membership, User
from conferences.actions.agenda import close_item, open_item
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import conclude_election, open_election
from conferences.actions.meetings import call_conference
from conferences.actions.rulings import RoundSettings
from documents.models import Document
from pledges.models import Pledge, Signature
from scoring.actions.agreeing import agree_all, finalise
from scoring.actions.completing import answer_completion
from scoring.actions.filling import record_figure
from scoring.actions.reviewing import conclude_review
from scoring.actions.sending import approve_and_send
from scoring.models import SelfAssessment
from scoring.queries import standings
from voting.actions import cast_ballot
from voting.models import Ballot, Urn
from voting.queries import latest_round
from voting.tally import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings: object) -> BlocYear:
    """The demonstration, told until 05/12/2024; the year 2023 is returned."""
    settings.DEMO_TODAY = "2024-12-05"  # type: ignore[attr-defined]
    call_command("seed_demo", verbosity=0)
    return BlocYear.objects.get(year=2023)


def test_2023_ends_as_it_was_published(told: BlocYear) -> None:
    ranks = [row.short_name for row in standings(told).rows]
    nominees = Nomination.objects.filter(year=told).order_by("pk").values_list("award__code", "membership__short_name")
    leader = LeadershipTerm.objects.get(year__year=2024, role="leader", until_on=None)
    signed = Signature.objects.filter(pledge__year__year=2024)
    reports = Document.objects.filter(year=told, kind=Document.Kind.SUMMARY_REPORT)

    assert ranks == ["Tuyên Quang", "Bắc Giang", "Thái Nguyên", "Phú Thọ", "Hòa Bình", "Yên Bái", "Bắc Kạn"]
    assert list(nominees) == [("FLAG", "Tuyên Quang"), ("CERTIFICATE", "Bắc Giang"), ("CERTIFICATE", "Thái Nguyên")]
    assert [row.percent_text for row in Nomination.objects.filter(year=told)] == ["100%", "100%", "100%"]
    assert leader.unit.short_name == "Tuyên Quang"
    assert signed.count() == 7
    assert Pledge.objects.get(year__year=2024).state == Pledge.State.SIGNED
    assert reports.count() == 2
    assert told.is_demonstration
    assert list(breaks()) == []


def test_2024_is_in_mid_flow(told: BlocYear) -> None:
    states = dict(
        SelfAssessment.objects.filter(membership__year__year=2024).values_list("membership__short_name", "state")
    )

    assert states == {
        "Hòa Bình": "reviewed",
        "Bắc Kạn": "completing",
        "Bắc Giang": "draft",
        "Thái Nguyên": "in_review",
        "Tuyên Quang": "draft",
        "Yên Bái": "with_head",
        "Phú Thọ": "submitted",
    }


def test_2024_can_be_brought_to_its_end(told: BlocYear) -> None:
    year = BlocYear.objects.get(bloc=told.bloc, year=2024)

    _hand_in_the_rest(year)
    _review_the_rest(year)
    _agree(year)
    _elect_the_next_leader(year)

    following = BlocYear.objects.get(bloc=told.bloc, year=2025)
    led = LeadershipTerm.objects.get(year=following, role="leader", until_on=None)
    assert led.unit.short_name == "Bắc Giang"
    assert Urn.objects.filter(round__poll__year=year).count() == 1
    assert not Ballot.objects.filter(entry__round__poll__year=year).exists()
    assert standings(year).layer == "agreed"
    assert list(breaks()) == []


def _person(role: str, member: Membership) -> User:
    return User.objects.get(posts__unit=member.unit, posts__role=role)


def _assessment(year: BlocYear, name: str) -> SelfAssessment:
    return SelfAssessment.objects.get(membership__year=year, membership__short_name=name)


def _hand_in_the_rest(year: BlocYear) -> None:
    moment = at(dt.date(2024, 12, 13), 15)
    for name, figures in (
        ("Bắc Giang", {"I.2": "780", "III.1": "100", "V.4": "1"}),
        ("Tuyên Quang", {"VI.2": "1"}),
        ("Yên Bái", {}),
    ):
        assessment = _assessment(year, name)
        officer = _person("officer", assessment.membership)
        for code, typed in figures.items():
            criterion = assessment.table.criteria.get(code=code)
            field = "level" if code in {"V.4", "VI.2"} else "actual"
            record_figure(assessment, criterion, field=field, typed=typed, by=officer, at=moment)
            _prove(assessment, code, officer, moment)
        approve_and_send(assessment, by=_person("head", assessment.membership), at=moment)


def _prove(assessment: SelfAssessment, code: str, by: User, moment: dt.datetime) -> None:
    from scoring.actions.evidence import attach_evidence  # noqa: PLC0415

    criterion = assessment.table.criteria.get(code=code)
    attach_evidence(assessment, criterion, name="Báo cáo", link="https://tinh.example/bao-cao", by=by, at=moment)
    if assessment.membership.short_name == "Bắc Giang" and code == "V.4":
        other = assessment.table.criteria.get(code="VII.3")
        attach_evidence(assessment, other, name="Thống kê", link="https://tinh.example/thong-ke", by=by, at=moment)


def _review_the_rest(year: BlocYear) -> None:
    moment = at(dt.date(2024, 12, 20), 9)
    returned = _assessment(year, "Bắc Kạn")
    answer_completion(
        returned, answer="Đã bổ sung.", by=_person("officer", returned.membership), at=at(dt.date(2024, 12, 9), 9)
    )
    leader = User.objects.get(username="chuyenvien-tq")
    deputy = User.objects.get(username="chuyenvien-bg")
    for assessment in SelfAssessment.objects.filter(membership__year=year).exclude(state="reviewed"):
        own = assessment.membership.short_name == "Tuyên Quang"
        conclude_review(assessment, by=deputy if own else leader, at=moment)


def _agree(year: BlocYear) -> None:
    moment = at(dt.date(2025, 1, 8), 9)
    assert agree_all(year, by=User.objects.get(username="chuyenvien-tq"), at=moment) == 7
    assert finalise(year, by=User.objects.get(username="chuyenvien-tq"), at=moment) == 7


def _elect_the_next_leader(year: BlocYear) -> None:
    """By secret ballot, two candidates: the exception that must also work."""
    day, moment = dt.date(2025, 1, 8), at(dt.date(2025, 1, 8), 10)
    leader = User.objects.get(username="chuyenvien-tq")
    conference = call_conference(year, held_on=day, starts_at=dt.time(8, 30), by=leader, on=dt.date(2024, 12, 27))
    item = conference.items.get(kind="election")
    open_item(item, by=leader, at=moment)
    members = {row.short_name: row for row in year.memberships.all()}
    for name in ("Bắc Giang", "Phú Thọ"):
        election = propose_candidate(year, role="leader", membership=members[name], by=leader)
    settings = RoundSettings(form="secret", conduct="system", quorum="")
    open_election(election, settings=settings, by=leader, at=moment)
    for place, member in enumerate(members.values()):
        choice = members["Bắc Giang"] if place < 5 else members["Phú Thọ"]
        with transaction.atomic():
            cast_ballot(
                latest_round(_poll(election)), membership=member, marks=[(str(choice.pk), Answer.APPROVE)],
                by=_person("head", member), at=moment,
            )  # fmt: skip
    election.refresh_from_db()
    conclude_election(election, by=leader, at=moment, on=day)
    close_item(item, by=leader, at=moment)


def _poll(election: object) -> object:
    election.refresh_from_db()  # type: ignore[attr-defined]
    return election.poll  # type: ignore[attr-defined]
