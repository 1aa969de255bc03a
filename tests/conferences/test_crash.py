"""`kill -9` of the server in the middle of casting: nothing is lost, nothing is double, closing can be repeated."""

import http.client
import os
import threading
import urllib.parse

import pytest
from django.db import connection

from blocs.workflow import NotNow
from conferences.actions.elections import close_voting
from tests.cast import make_cast
from tests.conferences.stage import LATER, begin, make_election
from tests.conferences.wire import Visitor, free_port, kill, server, session_of
from voting.models import Ballot, Round, Urn
from voting.queries import verdict_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
UNITS = 30


@pytest.fixture
def environment(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("a server of another process needs PostgreSQL")
    url = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    here = url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return {"DATABASE_URL": here, "DJANGO_SETTINGS_MODULE": "tests.settings", "DEMO_TODAY": "", "DEBUG": ""}


@pytest.mark.parametrize("form", ["secret", "open"])
def test_ballots_survive_the_death_of_the_server_and_none_is_counted_twice(environment, form):
    cast = make_cast(UNITS)
    round_ = begin(make_election(cast, "BQL-2", "BQL-3"), form=form, quorum="")
    page = f"/khoi/{cast.bloc.code}/2024/hoi-nghi/bau/truong-khoi/phieu/"
    ballot = {"step": "cast", "choice": str(cast.memberships["BQL-2"].pk)}
    sessions = {unit: session_of(head) for unit, head in cast.heads.items()}
    answers: dict[str, int] = {}
    enough, port = threading.Event(), free_port()

    def vote(unit: str, port: int) -> None:
        try:
            with Visitor(port, sessions[unit]) as visitor:
                answers[unit] = visitor.post(page, ballot)
        except (OSError, http.client.HTTPException):
            answers[unit] = 0
        if list(answers.values()).count(303) >= UNITS // 3:
            enough.set()

    with server(port, environment) as process:
        threads = [threading.Thread(target=vote, args=(unit, port)) for unit in sessions]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        kill(process)
        for thread in threads:
            thread.join(60)
    acknowledged = {unit for unit, status in answers.items() if status == 303}
    kept = set(round_.roll.filter(cast=True).values_list("membership__unit__code", flat=True))
    held = len(Urn.objects.get(round=round_).marks) if form == "secret" else Ballot.objects.count()
    assert acknowledged <= kept
    assert held == len(kept)

    port = free_port()
    with server(port, environment):
        again: dict[str, int] = {}
        for unit, session in sessions.items():
            with Visitor(port, session) as visitor:
                again[unit] = visitor.post(page, ballot)
    closed = close_voting(round_.poll.election, by=None, at=LATER)

    assert {unit for unit, status in again.items() if status == 409} == kept
    assert {status for unit, status in again.items() if unit not in kept} <= {303}
    verdict = verdict_of(closed)
    assert (verdict.count.cast, verdict.option(ballot["choice"]).count.approve) == (UNITS, UNITS)
    with pytest.raises(NotNow):
        close_voting(round_.poll.election, by=None, at=LATER)
    assert verdict_of(Round.objects.get(pk=round_.pk)) == verdict
