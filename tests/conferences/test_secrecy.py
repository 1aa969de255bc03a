"""Nothing that the site keeps, sends or writes down beside the urn holds a secret choice: every channel is searched."""

import json
import logging
import pickle
from base64 import b64decode
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from blocs.models import Membership
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import close_voting, open_election
from conferences.actions.rulings import RoundSettings
from conferences.queries.board import board_of
from tests.cast import make_cast, make_unit
from tests.conferences.stage import HELD_ON, LATER, MORNING, make_conference, seat
from voting.models import Round, Urn

NEEDLE, OTHER = 987654321, 987654322  # keys of options that nothing else on the site is called
LISTED = {"voting_option", "conferences_candidate", "blocs_membership", "voting_rollentry", "conferences_attendance"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round_(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()
    cast = make_cast(5)
    conference = make_conference(cast)
    for number, key in enumerate((NEEDLE, OTHER)):
        unit = make_unit(f"BQL-X{number}", f"Kim Chỉ {number}")
        member = Membership.objects.create(
            pk=key,
            year=cast.year,
            unit=unit,
            position=90 + number,
            name=unit.name,
            short_name=unit.short_name,
            province="",
        )
        propose_candidate(cast.year, role="leader", membership=member, by=None)
    seat(conference)
    election = cast.year.elections.get()
    opened = open_election(election, settings=RoundSettings(form="secret", quorum=""), by=None, at=MORNING)
    opened.cast_of_test = cast
    return opened


def vote_by_the_page(round_: Round, unit: str, choice: int) -> Client:
    """Choose, check and cast as a head does, with a session of one's own."""
    cast = round_.cast_of_test
    client = Client()
    client.force_login(cast.heads[unit], "allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("conferences:ballot", kwargs={"bloc": cast.bloc.code, "year": 2024, "role": "truong-khoi"})
    for step in ("check", "cast"):
        answer = client.post(page, {"step": step, "choice": str(choice)})
    assert answer.status_code == 303
    client.get(page)
    return client


def rows() -> Iterator[tuple[str, str]]:
    """Every row of every table as text; pickled and encoded values are opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database
            for row in cursor.fetchall():
                yield table, " ".join(opened(table, value) for value in row)


def opened(table: str, value: object) -> str:
    if table == "cache" and isinstance(value, str):
        try:
            return repr(pickle.loads(b64decode(value)))  # noqa: S301 - our own cache
        except Exception:  # noqa: BLE001 - a key, not a value
            return value
    return json.dumps(value, default=str, ensure_ascii=False)


def test_no_table_session_cache_mail_or_log_line_holds_a_choice(round_, caplog, settings):
    caplog.set_level(logging.DEBUG)
    cast = round_.cast_of_test
    choices = {"BQL-1": NEEDLE, "BQL-2": OTHER, "BQL-3": NEEDLE, "BQL-4": OTHER, "BQL-5": NEEDLE}
    before = [text for table, text in rows() if str(NEEDLE) in text and table in LISTED]
    caplog.clear()

    for unit, choice in choices.items():
        vote_by_the_page(round_, unit, choice)
    close_voting(round_.poll.election, by=None, at=LATER)
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", "--no-reload")

    found = [(table, text) for table, text in rows() if str(NEEDLE) in text or str(OTHER) in text]
    assert {table for table, _ in found} <= LISTED | {"voting_urn"}
    assert len([text for table, text in found if str(NEEDLE) in text and table in LISTED]) == len(before)
    sessions = [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    assert not any(str(key) in text for text in sessions for key in choices.values())
    assert not any(str(key) in message.body for message in mail.outbox for key in choices.values())
    said = [record for record in caplog.records if record.name != "django.db.backends"]
    assert not any(str(key) in record.getMessage() for record in said for key in choices.values())
    assert Urn.objects.get().marks == [[str(NEEDLE), "approve"]] * 3 + [[str(OTHER), "approve"]] * 2
    assert board_of(cast.year.conferences.get(), cast.heads["BQL-1"], runs=True).elections


def test_the_answer_to_a_voter_is_the_same_whatever_was_chosen(round_):
    pages = []
    for unit, choice in (("BQL-1", NEEDLE), ("BQL-2", OTHER)):
        client = vote_by_the_page(round_, unit, choice)
        page = client.get(
            reverse(
                "conferences:ballot",
                kwargs={"bloc": round_.cast_of_test.bloc.code, "year": 2024, "role": "truong-khoi"},
            )
        )
        pages.append(page)

    assert [str(NEEDLE) in page.content.decode() for page in pages] == [False, False]
    assert {page["Cache-Control"] for page in pages} == {"max-age=0, no-cache, no-store, must-revalidate, private"}
