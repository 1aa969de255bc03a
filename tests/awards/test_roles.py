"""Every transition × every role, through the pages: who may moves the nomination, nobody else does."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from awards.actions import ask_for_more, put_to_vote
from awards.models import Nomination, RequestForMore
from blocs.models import Post
from tests.awards import stage
from tests.awards.stage import NOW, REASON, rank_members
from tests.cast import TODAY, Cast, make_cast

pytestmark = pytest.mark.django_db
State = Nomination.State
ROLES = (
    "nobody",
    "foreign_official",
    "foreign_leader",
    "fellow",
    "nominee",
    "deputy",
    "leader",
    "official",
    "own_official",
)
DAY = "06/12/2024"


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


def person(cast: Cast, role: str):
    """Who plays a role; the nominated unit is BQL-3, an `own_official` also acts for it."""
    if role.startswith("foreign"):
        foreign = make_cast(2, prefix=f"x{role[8]}")
        return foreign.official if role == "foreign_official" else foreign.officers["BQL-1"]
    if role == "own_official":
        Post.objects.create(
            user=cast.official,
            unit=cast.units["BQL-3"],
            role="officer",
            title="Chuyên viên",
            from_on=dt.date(2020, 1, 1),
        )
    return {
        "nobody": None,
        "fellow": cast.officers["BQL-4"],
        "nominee": cast.officers["BQL-3"],
        "deputy": cast.officers["BQL-2"],
        "leader": cast.officers["BQL-1"],
        "official": cast.official,
        "own_official": cast.official,
    }[role]


def planned(cast):
    return stage.propose(cast, "BQL-3")


def voted(cast):
    nomination = planned(cast)
    put_to_vote(cast.year, by=None, at=NOW)
    nomination.refresh_from_db()
    return nomination


def at(builder):
    return lambda cast: builder(cast, "BQL-3")


def asked(cast):
    nomination = stage.in_review(cast, "BQL-3")
    ask_for_more(nomination, items=["Báo cáo"], due_on=TODAY + dt.timedelta(days=3), by=None, at=NOW)
    nomination.refresh_from_db()
    return nomination


def bloc(name, **more):
    return lambda row: (reverse(f"awards:{name}", kwargs={"bloc": "mnpb", "year": 2024} | {
        key: value(row) for key, value in more.items()}))  # fmt: skip


def desk(name, **more):
    return lambda row: reverse(f"desk:{name}", kwargs={key: value(row) for key, value in more.items()})


def pk(row):
    return row.pk


LETTER = {"number": "05/TTr", "dated_on": DAY, "signer_name": "x", "signer_title": "x", "contact_name": "x"}
DECISION = {"number": "9/QĐ", "decided_on": DAY, "signer_name": "x", "signer_title": "x"}
REQUEST = {"pk": lambda row: RequestForMore.objects.get(nomination=row).pk}
SENT = {"pk": lambda row: row.submission_id}
# act: how the nomination came to stand where it stands, the address, what is posted, where it leads, who may
STEPS = {
    "put_to_vote": (planned, bloc("put_to_vote"), {"form": "open", "conduct": "system"}, State.PUT_TO_VOTE, "leader"),
    "withdraw": (planned, bloc("withdraw", pk=pk), {"reason": REASON}, State.WITHDRAWN, "leader"),
    "conclude": (voted, bloc("conclude", pk=lambda row: row.poll_id), {}, State.PLANNED, "leader deputy"),
    "submit": (at(stage.agreed), bloc("submit"), LETTER, State.SUBMITTED, "leader"),
    "recall": (at(stage.submitted), bloc("recall", **SENT), {"reason": REASON}, State.AGREED, "leader"),
    "receive": (at(stage.submitted), desk("receive", **SENT), {}, State.IN_REVIEW, "official own_official"),
    "ask": (at(stage.in_review), desk("ask", pk=pk), {"bosung-further": "Báo cáo", "bosung-due_on": DAY}, State.ASKED, "official"),
    "supply": (asked, bloc("supply", **REQUEST), {}, State.IN_REVIEW, "nominee leader deputy own_official"),
    "fit": (at(stage.in_review), desk("fit", pk=pk), {"du-reason": REASON}, State.FIT, "official"),
    "not_yet": (at(stage.in_review), desk("not_yet", pk=pk), {"chua-reason": REASON}, State.NOT_YET, "official"),
    "again": (at(stage.fit), desk("again", pk=pk), {"lai-reason": REASON}, State.IN_REVIEW, "official"),
    "council": (at(stage.fit), desk("council", pk=pk), {"hd-held_on": DAY, "hd-passed": "yes"}, State.PASSED, "official"),
    "refuse": (at(stage.passed), desk("refuse", pk=pk), {"khong-reason": REASON}, State.NOT_AWARDED, "official"),
    "decide": (at(stage.passed), desk("decision"), DECISION, State.AWARDED, "official own_official"),
    "cancel": (at(stage.awarded), desk("cancel", pk=lambda row: row.decision_id), {"reason": REASON}, State.CANCELLED, "official own_official"),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_nobody_else_takes_the_step(name):
    build, address, given, _, allowed = STEPS[name]
    cast = make_cast(4)
    rank_members(cast)
    nomination = build(cast)
    others = [role for role in ROLES if role not in allowed.split()]
    before = nomination.state

    found = {role: tried(cast, role, nomination, address(nomination), given) for role in sorted(others)}

    assert found == dict.fromkeys(found, before)
    assert others


@pytest.mark.parametrize(("name", "role"), [(name, role) for name, step in STEPS.items() for role in step[4].split()])
def test_everybody_who_may_takes_the_step(name, role):
    build, address, given, to, _ = STEPS[name]
    cast = make_cast(4)
    rank_members(cast)
    nomination = build(cast)

    assert tried(cast, role, nomination, address(nomination), given) == to


def tried(cast: Cast, role: str, nomination: Nomination, url: str, given: dict) -> str:
    """Post as a role; return where the nomination stands after it."""
    client, user = Client(), person(cast, role)
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    more = dict(given)
    if "quyet-dinh/ghi-nhan" in url:
        more["nominations"] = [nomination.pk]
    for item in RequestForMore.objects.filter(nomination=nomination, supplied_at=None).values_list("items", flat=True):
        more[f"answer-{item}"] = "Đã bổ sung."
    client.post(url, more)
    return Nomination.objects.get(pk=nomination.pk).state
