"""2023, as it was published: the conference of 04/01/2024, its proposals, its election, and the pledge of 2024."""

import datetime as dt
from collections.abc import Mapping

from awards.actions import (
    conclude_peer_review,
    propose_nomination,
    put_to_vote,
    receive_submission,
    submit_nominations,
)
from awards.models import Award, Nomination
from blocs.actions.guidance import record_guidance
from blocs.actions.years import close_year, install_leadership, open_year
from blocs.clock import at
from blocs.models import BlocYear, LeadershipTerm, Membership
from conferences.actions.agenda import adopt_report, close_item, open_item
from conferences.actions.attendance import confirm_attendance, invite_guest
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import conclude_election, count_hands, open_election
from conferences.actions.meetings import call_conference, close_conference
from conferences.actions.reports import draft_report, issue_report
from conferences.actions.rulings import RoundSettings
from conferences.models import Attendance, Conference
from home.demo.figures import YEAR_2023, result_rows, target_rows
from home.demo.loading import adopt_sample, load_results, load_targets
from home.demo.people import Cast
from home.demo.pledges import sign_pledge
from scoring.models import SelfAssessment
from voting.tally import Conduct

HELD_ON = dt.date(2024, 1, 4)


def tell_2023(cast: Cast) -> BlocYear:
    """Tell the year 2023 from its opening to the submission of its nominations."""
    year = _open(cast)
    adopt_sample(year, at(dt.date(2023, 3, 1), 9))
    load_targets(year, target_rows(YEAR_2023), at(dt.date(2023, 3, 15), 9))
    sign_pledge(year, cast, dt.date(2023, 2, 28))
    load_results(year, result_rows(YEAR_2023, later=True), SelfAssessment.State.FINALISED, at(dt.date(2023, 12, 26), 9))
    conference = _call(year, cast)
    draft_report(year, by=None, at=at(dt.date(2024, 1, 2), 9))
    _meet(year, cast, conference)
    issue_report(year, by=None, at=at(dt.date(2024, 1, 8), 9))
    return year


def end_2023(year: BlocYear) -> BlocYear:
    """End the year: nobody changes it any more, and the authority's desk still has its nominations, as published."""
    return close_year(year, by=None)


def _open(cast: Cast) -> BlocYear:
    units = list(cast.units.values())
    year = open_year(
        cast.bloc, year=2023, members=units, by=None, on=dt.date(2023, 1, 5), is_demonstration=True,
        state=BlocYear.State.OPEN, assessments_open_on=dt.date(2023, 11, 20),
        assessments_due_at=at(dt.date(2023, 12, 15), 17), review_due_on=dt.date(2023, 12, 25),
        midyear_on=dt.date(2023, 7, 14), conference_on=HELD_ON, submission_due_on=dt.date(2024, 1, 15),
        handover_on=HELD_ON,
    )  # fmt: skip
    source = "Kết quả bầu của Khối (dữ liệu minh họa)"
    for role, code in ((LeadershipTerm.Role.LEADER, "BQL-TN"), (LeadershipTerm.Role.DEPUTY, "BQL-TQ")):
        install_leadership(year, role=role, unit=cast.units[code], from_on=dt.date(2023, 1, 5), source=source, by=None)
    record_guidance(
        year, title="Công văn hướng dẫn tổng kết năm 2023", issuer=cast.authority.name, quotas={"FLAG": 1, "CERTIFICATE": 2},
        submission_due_on=dt.date(2024, 1, 15), is_illustrative=True, by=None, at=at(dt.date(2023, 11, 1), 9),
    )  # fmt: skip
    return year


def _call(year: BlocYear, cast: Cast) -> Conference:
    conference = call_conference(
        year, held_on=HELD_ON, starts_at=dt.time(8, 30), by=None, on=dt.date(2023, 12, 20),
        place="Hội trường Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên", address="tỉnh Thái Nguyên",
        host=cast.units["BQL-TN"], chair="Trưởng ban Ban Quản lý Thái Nguyên", chair_post="Trưởng ban",
        secretary="Chuyên viên Ban Quản lý Thái Nguyên", secretary_post="Chuyên viên",
        reader="Trưởng ban Ban Quản lý Thái Nguyên", reader_post="Trưởng ban",
    )  # fmt: skip
    invite_guest(
        conference,
        title="Phó Vụ trưởng",
        body="Vụ Tổ chức cán bộ, Bộ Kế hoạch và Đầu tư",
        is_authority=True,
        directs=True,
        by=None,
    )
    return conference


def _meet(year: BlocYear, cast: Cast, conference: Conference) -> None:
    """The day itself, item by item."""
    morning = at(HELD_ON, 8, 30)
    members = _members(year)
    for attendance in conference.attendances.select_related("membership__unit"):
        head = cast.heads[attendance.membership.unit.code]
        confirm_attendance(
            attendance, state=Attendance.State.PRESENT, name=head.full_name, title="Trưởng ban", by=None, at=morning
        )
    for number, item in enumerate(conference.items.order_by("position")):
        moment = morning + dt.timedelta(minutes=15 * number)
        open_item(item, by=None, at=moment)
        if item.kind == "report":
            adopt_report(conference, votes_for=7, votes_of=7, by=None, at=moment)
        if item.kind == "review":
            _review(year, members, moment)
        if item.kind == "election":
            _elect(year, members, moment)
        if item.kind == "pledge":
            sign_pledge(BlocYear.objects.get(bloc=year.bloc, year=2024), cast, HELD_ON)
        item.refresh_from_db()
        if item.state == "open":
            close_item(item, by=None, at=moment)
    close_conference(conference, by=None, at=morning + dt.timedelta(hours=3))
    _submit(year)


def _members(year: BlocYear) -> dict[str, Membership]:
    return {row.unit.code: row for row in year.memberships.select_related("unit")}


def _review(year: BlocYear, members: Mapping[str, Membership], moment: dt.datetime) -> None:
    """Flag for Tuyên Quang, certificates for Bắc Giang and Thái Nguyên, by all hands."""
    for code, award in (("BQL-TQ", "FLAG"), ("BQL-BG", "CERTIFICATE"), ("BQL-TN", "CERTIFICATE")):
        propose_nomination(members[code], award=Award.objects.get(code=award), by=None, at=moment)
    poll = put_to_vote(year, by=None, at=moment, conduct=Conduct.HANDS, present=list(members.values()))
    votes = {str(pk): (7, 0, 0) for pk in Nomination.objects.filter(year=year).values_list("pk", flat=True)}
    conclude_peer_review(poll, by=None, at=moment, votes=votes, present=7)


def _elect(year: BlocYear, members: Mapping[str, Membership], moment: dt.datetime) -> None:
    """Tuyên Quang leads 2024 by all hands; its deputy was not published and is invented."""
    for role, code in (("leader", "BQL-TQ"), ("deputy", "BQL-BG")):
        election = propose_candidate(year, role=role, membership=members[code], by=None)
        open_election(election, settings=RoundSettings(conduct="hands"), by=None, at=moment)
        count_hands(election, votes={str(members[code].pk): (7, 0, 0)}, present=7, by=None, at=moment)
        conclude_election(election, by=None, at=moment, on=HELD_ON)


def _submit(year: BlocYear) -> None:
    """The letter of nomination: its number is not known and stays blank."""
    submission = submit_nominations(
        year, number="", dated_on=dt.date(2024, 1, 12), signer_name="", signer_title="Trưởng ban", by=None,
        at=at(dt.date(2024, 1, 12), 15),
    )  # fmt: skip
    receive_submission(submission, by=None, at=at(dt.date(2024, 1, 15), 9))
