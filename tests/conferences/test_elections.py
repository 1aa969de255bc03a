import datetime as dt

import pytest

from blocs.models import BlocYear, LeadershipTerm, LogEntry, Notice
from conferences.actions.agenda import open_item
from conferences.actions.candidates import NotProposed, propose_candidate, withdraw_candidate
from conferences.actions.elections import (
    NobodyProposed,
    TieUnexplained,
    close_voting,
    conclude_election,
    count_hands,
    open_second_round,
    settle_tie,
)
from conferences.models import Election
from scoring.actions.tables import import_criteria
from scoring.models import CriteriaTable
from scoring.queries.tables import plan_of
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, LATER, MORNING, begin, make_conference, make_election, seat, vote
from tests.scoring.stage import small_table
from voting.actions import TieNotOpen
from voting.models import Ballot, Round
from voting.queries import latest_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast(4)


def conclude(election):
    return conclude_election(election, by=None, at=LATER, on=HELD_ON)


def terms(year):
    return list(LeadershipTerm.objects.filter(year__year=year).values_list("role", "unit__code", "from_on"))


ALL = ("BQL-1", "BQL-2", "BQL-3", "BQL-4")


def test_a_single_candidate_elected_openly_leads_the_next_year(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))

    election = conclude(election)

    assert (election.state, election.winner, election.settled_by) == ("decided", cast.memberships["BQL-2"], "votes")
    assert terms(2025) == [("leader", "BQL-2", HELD_ON)]


def test_the_next_year_begins_with_this_years_criteria_table_as_its_draft(cast):
    adopted = import_criteria(cast.year, small_table(), by=None, at=MORNING)
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))

    conclude(election)

    draft = CriteriaTable.objects.get(year__year=2025)
    assert (draft.state, plan_of(draft)) == ("draft", plan_of(adopted))


def test_leader_and_deputy_of_the_next_year_are_elected_one_after_the_other(cast):
    for role, key in (("leader", "BQL-2"), ("deputy", "BQL-3")):
        election = make_election(cast, key, role=role)
        vote(begin(election), cast, dict.fromkeys(ALL, key))
        conclude(election)

    assert terms(2025) == [("leader", "BQL-2", HELD_ON), ("deputy", "BQL-3", HELD_ON)]


def test_the_present_leader_keeps_the_present_year(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))
    conclude(election)

    assert terms(2024) == [("leader", "BQL-1", dt.date(2024, 1, 1)), ("deputy", "BQL-2", dt.date(2024, 1, 1))]


def test_the_term_begins_on_the_day_of_the_handover(cast):
    BlocYear.objects.update(handover_on=dt.date(2025, 2, 1))
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))
    conclude(election)

    assert terms(2025) == [("leader", "BQL-2", dt.date(2025, 2, 1))]


def test_an_election_before_new_year_begins_the_term_on_the_first_of_january(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))
    conclude_election(election, by=None, at=LATER, on=dt.date(2024, 12, 20))

    assert terms(2025) == [("leader", "BQL-2", dt.date(2025, 1, 1))]


def test_a_contested_secret_election_leaves_no_ballot_and_names_its_winner(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    round_ = begin(election, form="secret")
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-2"})

    election = conclude(election)

    assert election.winner == cast.memberships["BQL-2"]
    assert Ballot.objects.count() == 0
    assert not LogEntry.objects.filter(act__contains="cast").exists()


def test_a_tie_makes_no_winner_no_term_and_no_next_year(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    vote(begin(election), cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-3"})

    election = conclude(election)

    assert (election.state, election.winner) == ("again", None)
    assert terms(2025) == []
    assert not BlocYear.objects.filter(year=2025).exists()


def test_after_a_tie_the_tied_are_voted_on_again(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    vote(begin(election), cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-3"})
    conclude(election)

    round_ = open_second_round(election, by=None, at=LATER)
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-2"})

    assert (round_.number, conclude(election).winner) == (2, cast.memberships["BQL-2"])


def test_a_lot_settles_a_tie_where_the_rules_of_the_round_say_so(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    round_ = begin(election, threshold="1/3", tie_break="lot")
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-3"})
    close_voting(election, by=None, at=LATER)

    settle_tie(
        election,
        chosen=cast.memberships["BQL-3"],
        who="Tổ trưởng Tổ kiểm phiếu",
        reason="Bốc thăm công khai tại hội nghị",
        by=None,
        at=LATER,
    )
    election = conclude(election)

    assert (election.winner, election.settled_by) == (cast.memberships["BQL-3"], "lot")
    assert election.settled_who == "Tổ trưởng Tổ kiểm phiếu"


def test_a_settled_tie_says_who_and_why(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    round_ = begin(election, threshold="1/3", tie_break="chair")
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-3"})
    close_voting(election, by=None, at=LATER)

    with pytest.raises(TieUnexplained, match="lý do"):
        settle_tie(election, chosen=cast.memberships["BQL-3"], who="Chủ tọa", reason=" ", by=None, at=LATER)


def test_a_lot_is_refused_where_the_rules_ask_for_another_vote(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    round_ = begin(election, threshold="1/3")
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-3"})
    close_voting(election, by=None, at=LATER)

    with pytest.raises(TieNotOpen):
        settle_tie(election, chosen=cast.memberships["BQL-3"], who="Chủ tọa", reason="Luân phiên", by=None, at=LATER)


def test_without_a_quorum_nothing_is_decided(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, {"BQL-1": "BQL-2"})

    election = conclude(election)

    assert election.state == "again"
    assert not BlocYear.objects.filter(year=2025).exists()


def test_a_rejected_single_candidate_is_not_elected(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, {"BQL-1": "-BQL-2", "BQL-2": "BQL-2", "BQL-3": "-BQL-2", "BQL-4": "-BQL-2"})

    assert conclude(election).state == "again"


def test_raised_hands_are_counted_among_those_present_at_the_meeting(cast):
    conference = make_conference(cast)
    seat(conference, "Hòa Bình")
    open_item(conference.items.get(kind="election"), by=None, at=MORNING)
    election = make_election(cast, "BQL-2")
    begin(election, conduct="hands")

    count_hands(election, votes={str(cast.memberships["BQL-2"].pk): (3, 0, 0)}, present=3, by=None, at=LATER)
    election = conclude(election)

    assert election.winner == cast.memberships["BQL-2"]
    assert list(latest_round(election.poll).roll.values_list("present", flat=True)) == [True, True, True, False]


def test_nobody_proposed_means_no_vote(cast):
    election = Election.objects.create(year=cast.year, role="leader")

    with pytest.raises(NobodyProposed, match="chưa có đơn vị được giới thiệu"):
        begin(election)


def test_acclamation_does_not_choose_among_several(cast):
    election = make_election(cast, "BQL-2", "BQL-3")

    with pytest.raises(NobodyProposed, match="suy tôn"):
        begin(election, form="acclamation")


def test_a_foreign_unit_is_not_proposed(cast):
    stranger = make_cast(2, prefix="x")

    with pytest.raises(NotProposed, match="không phải là đơn vị thành viên"):
        propose_candidate(cast.year, role="leader", membership=stranger.memberships["BQL-1"], by=None)


def test_the_elected_leader_is_not_proposed_as_deputy(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))
    conclude(election)

    with pytest.raises(NotProposed, match="đã được bầu làm Trưởng khối năm 2025"):
        make_election(cast, "BQL-2", role="deputy")


def test_a_proposal_is_taken_back_before_the_vote_and_not_after(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    withdraw_candidate(election.candidates.get(membership=cast.memberships["BQL-3"]), by=None, at=MORNING)
    begin(election)

    with pytest.raises(NotProposed, match="đã khóa"):
        withdraw_candidate(election.candidates.standing().get(), by=None, at=MORNING)


def test_the_round_keeps_the_settings_it_was_opened_with(cast):
    begin(
        make_election(cast, "BQL-2"), form="secret", threshold="2/3", strict=False, base="present", publishes="outcome"
    )

    round_ = Round.objects.get()
    assert (round_.form, round_.threshold_numerator, round_.threshold_denominator) == ("secret", 2, 3)
    assert (round_.threshold_strict, round_.threshold_base, round_.publishes) == (False, "present", "outcome")


def test_a_unit_that_may_not_vote_on_itself_is_barred(cast):
    BlocYear.objects.update(may_vote_on_itself=False)
    cast.year.refresh_from_db()

    begin(make_election(cast, "BQL-2"))

    assert list(Round.objects.get().roll.values_list("membership__short_name", flat=True)) == [
        "Thái Nguyên", "Bắc Giang", "Hòa Bình",
    ]  # fmt: skip


def test_the_opening_and_the_result_are_told_to_the_members(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))
    conclude(election)

    assert Notice.objects.filter(kind="election_ballot").count() == 8
    assert Notice.objects.filter(kind="election_election").count() == 9


def test_concluding_twice_is_refused_and_changes_nothing(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(ALL, "BQL-2"))
    conclude(election)

    with pytest.raises(Exception, match="Chưa thực hiện được"):
        conclude(election)
    assert terms(2025) == [("leader", "BQL-2", HELD_ON)]
