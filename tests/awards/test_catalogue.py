"""Awards and their conditions are rows: recorded, ended, confirmed; what they say is what the board and the acts say."""

import datetime as dt

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from awards.actions import (
    AwardKnown,
    NeedsReason,
    NotEligible,
    PersonWanted,
    QuotaFull,
    RuleEnded,
    UnreadableRule,
    add_award,
    amend_award,
    confirm_rule,
    end_rule,
    propose_nomination,
    record_rule,
)
from awards.catalogue import fill_empty_catalogue
from awards.models import AwardRule, Nomination
from awards.queries import eligibility, why_not
from awards.queries.dossiers import missing_papers
from awards.queries.simulation import trial
from blocs.actions.guidance import record_provision
from blocs.errors import Refusal
from tests.awards.stage import NOW, REASON, award, propose, rank_members
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def ruled(cast, kind="max_rank", value="1", *, hard=True, code="CERTIFICATE", **more):
    given = {"source": "Công văn số 9", "effective_from": dt.date(2024, 1, 1), "confirmed_by": "Vụ Thi đua"} | more
    return record_rule(
        award(code), authority=cast.authority, kind=kind, value=value, hard=hard, by=cast.official, **given
    )


def person_award(cast):
    made = add_award(
        cast.authority, code="bk-cn", name="Bằng khen cá nhân", short_name="Bằng khen cá nhân", kind="commendation",
        level="ministry", recipient="individual", legal_basis="Công văn số 9", valid_from=dt.date(2024, 1, 1),
        by=cast.official,
    )  # fmt: skip
    record_provision(
        topic="award_quota", key="BK-CN", value="1", year=cast.year, effective_from=TODAY, source="Công văn", by=None
    )
    return made


def test_a_fresh_catalogue_is_small_and_nobody_has_confirmed_it(cast):
    assert [(row.code, row.is_confirmed) for row in award().__class__.objects.all()] == [
        ("FLAG", False), ("CERTIFICATE", False),
    ]  # fmt: skip
    assert [(row.kind, row.hard, row.is_confirmed) for row in AwardRule.objects.all()] == [("max_rank", False, False)]


def test_a_hard_condition_refuses_with_its_source(cast):
    ruled(cast, value="1")

    with pytest.raises(NotEligible, match=r"từ hạng 1 trở lên.*Công văn số 9"):
        propose(cast, "BQL-2")


def test_a_soft_condition_yields_to_a_reason_that_stays(cast):
    ruled(cast, value="1", hard=False)
    shared = {"award": award(), "by": None, "at": NOW}

    with pytest.raises(NeedsReason, match="từ hạng 1 trở lên"):
        propose_nomination(cast.memberships["BQL-2"], **shared)
    nomination = propose_nomination(cast.memberships["BQL-2"], override_reason=REASON, **shared)

    assert REASON in nomination.override_reason
    assert any("từ hạng 1 trở lên" in entry["sentence"] for entry in nomination.overridden)


def test_what_nobody_has_confirmed_says_so_where_it_is_quoted(cast):
    ruled(cast, confirmed_by="")

    found = why_not(cast.memberships["BQL-2"], award(), NOW)

    assert "chưa được xác nhận" in next(row.source for row in found if row.rule == "condition")


@pytest.mark.parametrize(
    ("starts", "ends", "speaks"),
    [
        (dt.date(2024, 1, 1), None, True),
        (TODAY, None, True),
        (TODAY + dt.timedelta(days=1), None, False),
        (dt.date(2024, 1, 1), YESTERDAY, False),
        (dt.date(2024, 1, 1), TODAY, True),
    ],
)
def test_a_condition_holds_from_its_first_day_to_its_last(cast, starts, ends, speaks):
    rule = ruled(cast, effective_from=starts)
    if ends:
        end_rule(rule, until=ends, by=None)

    found = why_not(cast.memberships["BQL-2"], award(), NOW)

    assert any(row.rule == "condition" for row in found) is speaks


def test_a_condition_of_another_authority_says_nothing_here(cast):
    foreign = make_cast(2, prefix="x")
    ruled(foreign)

    assert not any(row.rule == "condition" for row in why_not(cast.memberships["BQL-2"], award(), NOW))


def test_a_condition_needs_a_source_and_a_value_that_can_be_read(cast):
    with pytest.raises(UnreadableRule):
        ruled(cast, source=" ")
    with pytest.raises(UnreadableRule, match="không đọc được"):
        ruled(cast, value="ba")


def test_a_condition_ends_once_and_not_before_it_began(cast):
    rule = ruled(cast)

    with pytest.raises(RuleEnded):
        end_rule(rule, until=dt.date(2023, 12, 31), by=None)
    end_rule(rule, until=TODAY, by=None)
    with pytest.raises(RuleEnded):
        end_rule(rule, until=TODAY, by=None)


def test_a_condition_is_confirmed_by_somebody(cast):
    rule = ruled(cast, confirmed_by="")

    with pytest.raises(UnreadableRule):
        confirm_rule(rule, confirmed_by=" ", by=None)

    assert confirm_rule(rule, confirmed_by="Vụ Thi đua", by=cast.official).is_confirmed


def test_an_award_code_is_used_once(cast):
    person_award(cast)

    with pytest.raises(AwardKnown):
        person_award(cast)


def test_the_papers_that_an_award_asks_for_are_data(cast):
    amend_award(
        award(), legal_basis="Công văn", valid_to=None, required_papers=["earlier", "report"], most_per_bloc=None,
        confirmed_by="Vụ Thi đua", by=cast.official,
    )  # fmt: skip

    assert missing_papers(propose(cast)) == ["Báo cáo thành tích", "Bản sao quyết định khen thưởng đã có"]


def test_a_person_is_proposed_with_name_post_and_unit_only(cast):
    made = person_award(cast)
    shared = {"award": made, "by": None, "at": NOW}

    with pytest.raises(PersonWanted):
        propose_nomination(cast.memberships["BQL-3"], person_name="Ông A", **shared)
    nomination = propose_nomination(
        cast.memberships["BQL-3"], person_name="Ông A", person_post="Phó Trưởng phòng", **shared
    )

    assert (nomination.printed_name, nomination.nominee) == ("Ông A", "Ông A (Bắc Giang)")
    with pytest.raises(Refusal):
        propose_nomination(cast.memberships["BQL-3"], person_name="Ông A", person_post="Phó", **shared)
    with pytest.raises(QuotaFull):
        propose_nomination(cast.memberships["BQL-2"], person_name="Bà B", person_post="Phó", **shared)


def test_a_persons_award_does_not_count_as_the_units(cast):
    made = person_award(cast)
    propose_nomination(cast.memberships["BQL-1"], award=made, person_name="Ông A", person_post="Phó", by=None, at=NOW)

    assert why_not(cast.memberships["BQL-1"], award(), NOW) == ()


def test_a_trial_gives_every_choice_its_verdict_and_writes_nothing(cast):
    ruled(cast, value="2")
    ids = [row.pk for row in cast.memberships.values()]

    found = trial(eligibility(cast.year, NOW), [(ids[0], award().pk), (ids[2], award().pk), (ids[1], award("FLAG").pk)])

    assert [row.verdict for row in found.tried] == ["Đề nghị được", "Không đề nghị được", "Phải ghi lý do"]
    assert found.places == (("Cờ thi đua", "còn 00/01"), ("Bằng khen", "còn 01/02"))
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("role", ["leader", "official", "fellow"])
def test_everybody_who_sees_the_year_sees_the_same_trial(cast, role):
    people = {"leader": cast.officers["BQL-1"], "official": cast.official, "fellow": cast.officers["BQL-3"]}
    client = Client()
    client.force_login(people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    ids = [row.pk for row in cast.memberships.values()]

    page = client.get(
        "/khoi/mnpb/2024/khen-thuong/tinh-thu/", {"chon": [f"{key}-{award().pk}" for key in ids]}
    ).content.decode()

    assert page.count("Khối được đề nghị tối đa 02 Bằng khen (Công văn hướng dẫn minh họa)") == 1
    assert "02 đề nghị được, 01 không đề nghị được" in page
    assert page.count("btn-primary") == 1


def test_the_official_keeps_the_catalogue_on_its_pages(cast):
    client = Client()
    client.force_login(cast.official, backend="allauth.account.auth_backends.AuthenticationBackend")

    client.post("/tham-dinh/danh-muc/FLAG/dieu-kien/", {
        "dk-kind": "max_rank", "dk-value": "2", "dk-hard": "on", "dk-source": "Công văn số 9",
        "dk-effective_from": "01/01/2024",
    })  # fmt: skip
    refused = client.post("/tham-dinh/danh-muc/FLAG/dieu-kien/", {
        "dk-kind": "max_rank", "dk-value": "hai", "dk-source": "Công văn số 9", "dk-effective_from": "01/01/2024",
    })  # fmt: skip

    page = client.get("/tham-dinh/danh-muc/").content.decode()
    assert "Xếp hạng từ thứ 2 trở lên" in page
    assert "Cần xác nhận" in page
    assert (refused.status_code, "không đọc được" in refused.content.decode()) == (422, True)


class TheTrialSaysWhatTheActsDo(TestCase):
    """Whatever is chosen, in whatever order, under whatever number: the trial and the acts agree."""

    def setUp(self):
        fill_empty_catalogue()
        self.cast = make_cast(4)
        rank_members(self.cast)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.sampled_from(["0", "1", "2", "30%", "50% lên", "60% gần nhất"]),
        st.sampled_from([("max_rank", "2"), ("not_with", "FLAG"), ("min_score", "98")]),
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["FLAG", "CERTIFICATE"])), max_size=7),
    )
    def test_the_trial_says_what_the_acts_do(self, number, rule, picks):
        cast = self.cast
        record_provision(
            topic="award_quota", key="CERTIFICATE", value=number, year=cast.year, effective_from=TODAY,
            source="Công văn số 8", by=None,
        )  # fmt: skip
        ruled(cast, *rule)
        members = list(cast.memberships.values())
        choices = [(members[place].pk, award(code).pk) for place, code in picks]
        tried = [row.css for row in trial(eligibility(cast.year, NOW), choices).tried]

        done = [self.propose(members[place], code) for place, code in picks]

        assert [css == "s-late" for css in tried] == [not made for made in done]
        held = Nomination.objects.filter(year=cast.year, award__code="CERTIFICATE").held().count()
        assert held <= {"0": 0, "1": 1, "2": 2, "30%": 1, "50% lên": 2, "60% gần nhất": 2}[number]

    def propose(self, member, code) -> bool:
        try:
            propose_nomination(member, award=award(code), override_reason=REASON, by=None, at=NOW)
        except Refusal:
            return False
        return True
