"""The stage of the page costs: a ministry with n blocs, one of them with n members, everything of theirs filled in.

2024 is under review: every leaf claimed and reviewed, with evidence, an answered request, targets, a signed pledge. 2023 is
agreed: nominations put to the vote, a conference that votes, papers; n further nominations wait at the desk.
"""

import datetime as dt
from decimal import Decimal

from awards.actions import put_to_vote
from awards.models import Award, Decision, Nomination, Submission
from blocs.actions.guidance import record_guidance
from blocs.clock import at
from blocs.models import Authorisation, Bloc, BlocYear, LeadershipTerm, LogEntry, Membership, Notice, Post, StoredFile
from conferences.actions.agenda import open_item
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import open_election
from conferences.actions.meetings import call_conference
from conferences.actions.reports import draft_report
from conferences.actions.rulings import RoundSettings
from conferences.models import Attendance, Guest
from documents.models import Document
from home.demo.loading import adopt_sample
from pledges.actions import PledgeContent, TargetLine, draft_pledge, freeze_pledge, revise_pledge
from pledges.models import Comment, Signature
from scoring.models import (
    CompletionRequest,
    CriteriaTable,
    Criterion,
    Evidence,
    FieldChange,
    Score,
    SelfAssessment,
    Target,
)
from tests.cast import TODAY, Cast, make_cast, make_unit, make_user
from voting.actions import cast_ballot
from voting.queries import latest_round
from voting.tally import Answer

NOW = at(TODAY, 9)
DUE = at(dt.date(2024, 11, 30), 17)
FIGURES = {
    "POINTS": {"points": Decimal(1)},
    "RATIO": {"target": Decimal(100), "actual": Decimal(90)},
    "RELATIVE": {"target": Decimal(100), "actual": Decimal(95)},
    "ACHIEVED": {"level": 1},
    "RUBRIC": {"level": 1},
    "PER_UNIT": {"count": Decimal(1)},
    "ADJUST": {"plus": 1, "minus": 0},
}


def set_stage(number: int) -> Cast:
    """Build it: `number` of members, of blocs, of people at a unit, of notices, of log lines."""
    cast = make_cast(number)
    cast.year.assessments_due_at = DUE  # members see each other's claims: the fullest pages
    cast.year.save()
    before = _year_before(cast)
    for year, state in ((cast.year, SelfAssessment.State.IN_REVIEW), (before, SelfAssessment.State.AGREED)):
        _scores(cast, year, state)
    _pledge(cast)
    _nominations(cast, before)
    _conference(cast, before)
    _papers(before)
    _people(cast, number)
    _other_blocs(cast, number)
    return cast


def _year_before(cast: Cast) -> BlocYear:
    year = BlocYear.objects.create(bloc=cast.bloc, year=2023, conference_on=dt.date(2024, 12, 4), is_demonstration=True)
    members = list(cast.year.memberships.order_by("position"))
    fields = ("unit_id", "position", "name", "short_name", "province")
    Membership.objects.bulk_create(
        Membership(year=year, **{name: getattr(member, name) for name in fields}) for member in members
    )
    for term in cast.year.terms.all():
        LeadershipTerm.objects.create(year=year, unit=term.unit, role=term.role, from_on=dt.date(2023, 1, 1))
    quotas = {"FLAG": 1, "CERTIFICATE": len(members)}
    record_guidance(year, title="Công văn hướng dẫn", issuer="Bộ", quotas=quotas, paper=None, by=None, at=NOW)
    return year


def _scores(cast: Cast, year: BlocYear, state: str) -> None:
    table = adopt_sample(year, at(dt.date(year.year, 3, 4), 9))
    leaves = list(table.criteria.exclude(method=""))
    members = list(year.memberships.order_by("position"))
    dossiers = SelfAssessment.objects.bulk_create(
        SelfAssessment(
            membership=member, table=table, state=state, manner="in_app", started_at=NOW, submitted_at=NOW,
            review_started_at=NOW, agreed_at=NOW if state == "agreed" else None,
        )
        for member in members
    )  # fmt: skip
    places = [(place, dossier, leaf) for place, dossier in enumerate(dossiers) for leaf in leaves]
    Score.objects.bulk_create(
        [_claim(dossier, leaf, cast) for _, dossier, leaf in places]
        + [_review(place, dossier, leaf, cast) for place, dossier, leaf in places]
    )
    Evidence.objects.bulk_create(
        Evidence(assessment=dossier, criterion=leaf, name="Báo cáo", link="https://a.example/1", added_at=NOW)
        for _, dossier, leaf in places
    )
    FieldChange.objects.bulk_create(
        FieldChange(assessment=dossier, criterion=leaf, layer="claimed", field="actual", by=cast.official, at=NOW)
        for _, dossier, leaf in places
    )
    _requests(dossiers, leaves)
    _targets(cast, table, members)


def _claim(dossier: SelfAssessment, leaf: Criterion, cast: Cast) -> Score:
    figures = FIGURES[leaf.method]
    return Score(
        assessment=dossier,
        criterion=leaf,
        layer="claimed",
        explanation="Đã thực hiện",
        by=cast.official,
        at=NOW,
        **figures,
    )


def _review(place: int, dossier: SelfAssessment, leaf: Criterion, cast: Cast) -> Score:
    """Every second member keeps its points, the others are corrected to the lowest there is, with a reason."""
    said = (
        {"verdict": "kept"}
        if place % 2
        else {"verdict": "points", "override": Decimal(0), "reason": "Chưa có tài liệu"}
    )
    return Score(assessment=dossier, criterion=leaf, layer="reviewed", by=cast.official, at=NOW, **said)


def _requests(dossiers: list[SelfAssessment], leaves: list[Criterion]) -> None:
    asked = CompletionRequest.objects.bulk_create(
        CompletionRequest(assessment=row, reason="Thiếu số", requested_at=NOW, answer="Đã bổ sung", answered_at=NOW)
        for row in dossiers
    )
    links = CompletionRequest.criteria.through
    links.objects.bulk_create(links(completionrequest=row, criterion=leaf) for row in asked for leaf in leaves[:3])


def _targets(cast: Cast, table: CriteriaTable, members: list[Membership]) -> None:
    leaves = list(table.criteria.filter(method__in=("RATIO", "RELATIVE")))
    said = {"state": "approved", "value": Decimal(100), "source": "QĐ", "set_by": cast.official, "set_at": NOW}
    Target.objects.bulk_create(
        Target(membership=member, criterion=leaf, approved_at=NOW, **said) for member in members for leaf in leaves
    )


def _pledge(cast: Cast) -> None:
    members = list(cast.year.memberships.select_related("unit"))
    pledge = draft_pledge(cast.year, by=None, on=TODAY)
    targets = (TargetLine("Hồ sơ đúng hạn", "%", {member.pk: "98,00" for member in members}),)
    content = PledgeContent(
        theme="Đoàn kết", grounds="Căn cứ Luật", place="Thái Nguyên", place_name="Thái Nguyên", dated_on=TODAY,
        sign_by=dt.date(2024, 12, 31), copies=2, articles=(("Đầu tư", "tăng cường xúc tiến"),), targets=targets,
    )  # fmt: skip
    pledge = revise_pledge(pledge, content=content, revision=1, by=None)
    Comment.objects.bulk_create(
        Comment(pledge=pledge, membership=member, text="Nhất trí", made_by=cast.official, made_at=NOW)
        for member in members
    )
    pledge = freeze_pledge(pledge, by=None, at=NOW)
    Signature.objects.bulk_create(
        Signature(
            pledge=pledge, membership=member, manner="confirmed", capacity="TRƯỞNG BAN", post="Trưởng ban",
            name="Trưởng ban", person=cast.official, digest=pledge.digest, signed_on=TODAY, signed_at=NOW, recorded_at=NOW,
        )
        for member in members[1:]
    )  # fmt: skip


def _nominations(cast: Cast, year: BlocYear) -> None:
    members = list(year.memberships.select_related("unit").order_by("position"))
    certificate = Award.objects.get(code="CERTIFICATE")
    said = {"year": year, "score": Decimal(90), "rank": 1, "ranked_of": len(members), "proposed_at": NOW}
    planned = Nomination.objects.bulk_create(
        Nomination(award=certificate, membership=member, printed_name=member.name, **said) for member in members
    )
    poll = put_to_vote(year, nominations=planned, by=None, at=NOW)
    round_ = latest_round(poll)
    keys = [str(row.pk) for row in planned]
    for member in members[1:]:
        own = {str(row.pk) for row in planned if row.membership_id == member.pk and not year.may_vote_on_itself}
        marks = [(key, Answer.APPROVE) for key in keys if key not in own]
        cast_ballot(round_, membership=member, marks=marks, by=None, at=NOW)
    sent = Submission.objects.create(year=year, dated_on=TODAY, signer_name="Trưởng ban", sent_at=NOW)
    decisions = Decision.objects.bulk_create(
        Decision(authority=cast.authority, number=f"{place}/QĐ", decided_on=TODAY, recorded_at=NOW)
        for place, _ in enumerate(members)
    )
    for state in ("submitted", "passed", "awarded"):
        award = _another_award(state)
        Nomination.objects.bulk_create(
            Nomination(
                **said, award=award, membership=member, printed_name=member.name, state=state, submission=sent, approve=1,
                voted_of=1, voted_at=NOW, decision=decision if state == "awarded" else None,
            )
            for member, decision in zip(members, decisions, strict=True)
        )  # fmt: skip


def _another_award(code: str) -> Award:
    return Award.objects.create(
        code=code,
        name=code,
        short_name=code,
        printed_name=code,
        kind="title",
        level="ministry",
        valid_from=dt.date(2020, 1, 1),
    )


def _conference(cast: Cast, year: BlocYear) -> None:
    conference = call_conference(year, held_on=TODAY, starts_at=dt.time(8), by=None, on=TODAY)
    Attendance.objects.filter(conference=conference).update(state="present", name="Trưởng ban", title="Trưởng ban")
    Attendance.objects.filter(conference=conference, membership__unit=cast.leader).update(state="expected")
    Guest.objects.bulk_create(Guest(conference=conference, title="Vụ trưởng", body="Bộ") for _ in cast.units)
    open_item(conference.items.get(kind="election"), by=None, at=NOW)
    members = list(year.memberships.order_by("position"))
    for member in members[:2]:
        election = propose_candidate(year, role="leader", membership=member, by=None)
    round_ = open_election(election, settings=RoundSettings(), by=None, at=NOW)
    key = round_.options.first().key
    for member in members[2:]:
        marks = [(key, Answer.APPROVE)]
        cast_ballot(round_, membership=member, marks=marks, by=None, at=NOW)


def _papers(year: BlocYear) -> None:
    document = draft_report(year, by=None, at=NOW)
    stored = StoredFile.objects.create(
        file="a.pdf", name="a.pdf", size=1, content_type="application/pdf", sha256="0", stored_at=NOW
    )
    rows = []
    for place, member in enumerate(year.memberships.select_related("unit")):
        row = Document.objects.get(pk=document.pk)
        row.pk, row.unit, row.about, row.pdf = None, member.unit, f"more:{place}", stored
        row.state = ("signing", "issued")[place % 2]
        row.issued_on = TODAY
        rows.append(row)
    Document.objects.bulk_create(rows)


def _people(cast: Cast, number: int) -> None:
    """More people at the unit that leads, notices for everybody who looks, and lines in the log."""
    unit = cast.leader
    people = [make_user(f"more{place}") for place in range(number)]
    Post.objects.bulk_create(
        Post(user=person, unit=unit, role="officer", title="Chuyên viên", from_on=TODAY) for person in people
    )
    Authorisation.objects.bulk_create(
        Authorisation(unit=unit, holder=person, title="Chuyên viên", dated_on=TODAY, from_on=TODAY, until_on=TODAY)
        for person in people
    )
    readers = (cast.officers["BQL-1"], cast.heads["BQL-1"], cast.official)
    Notice.objects.bulk_create(
        Notice(user=reader, year=cast.year, kind="news", text="Tin", url="/", created_at=NOW)
        for reader in readers
        for _ in range(number)
    )
    first = LogEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    LogEntry.objects.bulk_create(
        LogEntry(
            sequence=first + place, at=NOW, actor_id=person.pk, act="settle_year", subject_type="blocs.BlocYear",
            subject_id=str(cast.year.pk), year_id=cast.year.pk, unit_id=unit.pk, previous="0", digest=str(place),
        )
        for place, person in enumerate(people, start=1)
    )  # fmt: skip


def _other_blocs(cast: Cast, number: int) -> None:
    for place in range(number):
        bloc = Bloc.objects.create(code=f"khoi-{place}", name=f"Khối {place}", authority=cast.authority)
        year = BlocYear.objects.create(bloc=bloc, year=2024, state="open", assessments_due_at=DUE)
        unit = make_unit(f"DV-{place}", f"Nơi {place}")
        Membership.objects.create(year=year, unit=unit, position=1, name=unit.name, short_name=unit.short_name)
        LeadershipTerm.objects.create(year=year, unit=unit, role="leader", from_on=dt.date(2024, 1, 1))
