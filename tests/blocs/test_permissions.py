"""Who gets which page and which act: every url of the ground floor by every role; a refused POST changes nothing."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from blocs.actions import guidance, people
from blocs.clock import at
from blocs.files import PDF, store_bytes
from blocs.models import Authorisation, Bloc, BlocYear, Invitation, LogEntry, Notice, Post, Unit, User
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
NOW = at(dt.date(2024, 12, 5), 9)
ROLES = ("official", "xofficial", "head1", "officer1", "officer2", "officer3", "xhead1", "")
#        authority   other auth.  leader's head, officer  deputy     member      other bloc  nobody
SEES_ALL = (200, 404, 200, 200, 200, 200, 404, 302)
LEADER_AND_AUTHORITY = (200, 404, 200, 200, 403, 403, 404, 302)
AUTHORITY_IN_YEAR = (200, 404, 403, 403, 403, 403, 404, 302)
ANY_OFFICIAL = (200, 200, 403, 403, 403, 403, 403, 302)
OWN_AUTHORITY = (200, 404, 404, 404, 404, 404, 404, 302)
OWN_UNIT = (200, 404, 200, 200, 404, 404, 404, 302)
KEEPERS_OF_UNIT = (200, 404, 200, 403, 404, 404, 404, 302)
AUTHORITY_AT_UNIT = (200, 404, 403, 403, 404, 404, 404, 302)
EVERYBODY = (200, 200, 200, 200, 200, 200, 200, 302)

PAGES = {
    "manage": ANY_OFFICIAL,
    "units": ANY_OFFICIAL,
    "unit_new": ANY_OFFICIAL,
    "unit_import": ANY_OFFICIAL,
    "unit_template": ANY_OFFICIAL,
    "officials": OWN_AUTHORITY,
    "invite_official": OWN_AUTHORITY,
    "bloc_new": OWN_AUTHORITY,
    "bloc": SEES_ALL,
    "bloc_amend": AUTHORITY_IN_YEAR,
    "bloc_paper": SEES_ALL,
    "year_new": AUTHORITY_IN_YEAR,
    "unit": OWN_UNIT,
    "unit_amend": AUTHORITY_AT_UNIT,
    "unit_rename": AUTHORITY_AT_UNIT,
    "unit_merge": AUTHORITY_AT_UNIT,
    "people": OWN_UNIT,
    "invite": KEEPERS_OF_UNIT,
    "authorisation_new": KEEPERS_OF_UNIT,
    "authorisation_paper": OWN_UNIT,
    "contact": tuple(302 for _ in ROLES),
    "my_data": EVERYBODY,
    "notices": EVERYBODY,
    "year_settings": LEADER_AND_AUTHORITY,
    "year_members": AUTHORITY_IN_YEAR,
    "members_import": AUTHORITY_IN_YEAR,
    "member_template": AUTHORITY_IN_YEAR,
    "guidances": SEES_ALL,
    "guidance": SEES_ALL,
    "guidance_paper": SEES_ALL,
    "guidance_new": AUTHORITY_IN_YEAR,
    "year_log": LEADER_AND_AUTHORITY,
}
#: 200 stands for "may": the act then answers for itself. A POST without signing in keeps what was typed (401).
POSTS = {
    "head_name": KEEPERS_OF_UNIT,
    "invitation_withdraw": KEEPERS_OF_UNIT,
    "post_close": KEEPERS_OF_UNIT,
    "authorisation_end": KEEPERS_OF_UNIT,
    "notice_read": (404, 404, 200, 404, 404, 404, 404, 302),
    "notices_read": EVERYBODY,
    "mail_choice": EVERYBODY,
    "year_leader": AUTHORITY_IN_YEAR,
    "year_reviewer": AUTHORITY_IN_YEAR,
    "year_start": LEADER_AND_AUTHORITY,
    "year_close": AUTHORITY_IN_YEAR,
    "year_next": LEADER_AND_AUTHORITY,
    "invite": KEEPERS_OF_UNIT,
    "invite_official": OWN_AUTHORITY,
    "bloc_new": OWN_AUTHORITY,
    "bloc_amend": AUTHORITY_IN_YEAR,
    "year_new": AUTHORITY_IN_YEAR,
    "unit_new": ANY_OFFICIAL,
    "unit_amend": AUTHORITY_AT_UNIT,
    "unit_rename": AUTHORITY_AT_UNIT,
    "unit_merge": AUTHORITY_AT_UNIT,
    "unit_import": ANY_OFFICIAL,
    "members_import": AUTHORITY_IN_YEAR,
    "authorisation_new": KEEPERS_OF_UNIT,
    "year_settings": LEADER_AND_AUTHORITY,
    "year_members": AUTHORITY_IN_YEAR,
    "guidance_new": AUTHORITY_IN_YEAR,
}
PUBLIC = {"accept", "invitation", "invitation_void"}


@pytest.fixture
def stage() -> dict[str, dict[str, object]]:
    cast = make_cast()
    make_cast(prefix="x")
    return addresses(cast)


def addresses(cast: Cast) -> dict[str, dict[str, object]]:
    """Real rows behind every address, and the arguments that name them."""
    paper = store_bytes(b"%PDF-1.7", "giay.pdf", content_type=PDF, by=None, at=NOW)
    cast.bloc.founding_paper = paper
    cast.bloc.save()
    letter = guidance.record_guidance(cast.year, title="Công văn", by=None, at=NOW)
    letter.paper = paper
    letter.save()
    authorisation = Authorisation.objects.create(
        unit=cast.leader, holder=cast.officers["BQL-1"], title="Chuyên viên", paper=paper,
        dated_on=dt.date(2024, 1, 1), from_on=dt.date(2030, 1, 1), until_on=dt.date(2039, 1, 1),
    )  # fmt: skip
    invitation, _ = people.invite(
        cast.leader,
        full_name="X",
        email="x@example.test",
        role="clerk",
        title="Văn thư",
        by=None,
        at=dt.datetime.now(dt.UTC),
    )
    notice = Notice.objects.create(user=cast.heads["BQL-1"], kind="x", text="X", created_at=NOW)
    year, unit = {"bloc": "mnpb", "year": 2024}, {"code": "BQL-1"}
    named = {
        "officials": {"authority": cast.authority.pk},
        "authorisation_paper": {"authorisation": authorisation.pk},
        "authorisation_end": {"authorisation": authorisation.pk},
        "invitation_withdraw": {"invitation": invitation.pk},
        "post_close": {"post": Post.objects.get(user=cast.officers["BQL-1"]).pk},
        "notice_read": {"notice": notice.pk},
        "head_name": unit | {"year": cast.year.pk},
        "guidance": year | {"guidance": letter.pk},
        "guidance_paper": year | {"guidance": letter.pk},
    }
    for name in ("invite_official", "bloc_new"):
        named[name] = named["officials"]
    for name in ("bloc", "bloc_amend", "bloc_paper", "year_new"):
        named[name] = {"bloc": "mnpb"}
    for name in ("unit", "unit_amend", "unit_rename", "unit_merge", "people", "invite", "authorisation_new"):
        named[name] = unit
    for name in {*PAGES, *POSTS} - {*named}:
        named[name] = year if name.startswith(("year", "member", "guidance")) else {}
    return named


def client_of(role: str) -> Client:
    client = Client()
    if role:
        client.force_login(
            User.objects.get(username=role), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return client


def test_every_address_is_in_a_table():
    known = {name for name in get_resolver("blocs.urls").reverse_dict if isinstance(name, str)}

    assert known == {*PAGES, *POSTS, *PUBLIC}


def test_every_page_is_for_whom_the_table_says(stage):
    clients = [client_of(role) for role in ROLES]

    answers = {name: tuple(status(client, name, stage) for client in clients) for name in PAGES}

    assert answers == PAGES


def status(client: Client, name: str, stage: dict[str, dict[str, object]]) -> int:
    answer = client.get(reverse(f"blocs:{name}", kwargs=stage[name]))
    if answer.streaming:
        b"".join(answer.streaming_content)  # reads the file to its end, which closes it
    return answer.status_code


def test_a_refused_act_changes_nothing(stage):
    rows = (LogEntry, BlocYear, Post, Unit, Bloc, Invitation, Authorisation, Notice)
    before = [list(model.objects.order_by("pk").values()) for model in rows]
    clients = {role: client_of(role) for role in ROLES}
    refused = [(name, role, expected) for name in POSTS for role, expected in zip(ROLES, POSTS[name], strict=True)]
    refused = [(name, role, expected if role else 401) for name, role, expected in refused if expected != 200]

    answers = [
        (name, role, clients[role].post(reverse(f"blocs:{name}", kwargs=stage[name]), {"x": "1"}).status_code)
        for name, role, _ in refused
    ]

    assert answers == refused
    assert [list(model.objects.order_by("pk").values()) for model in rows] == before


@pytest.mark.parametrize("name", sorted(POSTS))
def test_an_allowed_act_is_answered_by_itself(stage, name):
    url = reverse(f"blocs:{name}", kwargs=stage[name])
    role = next(role for role, expected in zip(ROLES, POSTS[name], strict=True) if expected == 200)

    assert client_of(role).post(url, {"csrfmiddlewaretoken": "x"}).status_code in {303, 409, 422}


def test_no_act_is_done_by_get(stage):
    client = client_of("head1")
    acts = {*POSTS} - {*PAGES}

    answers = {name: client.get(reverse(f"blocs:{name}", kwargs=stage[name])).status_code for name in acts}

    assert answers == dict.fromkeys(acts, 405)
