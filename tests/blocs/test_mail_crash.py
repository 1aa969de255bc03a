"""The worker is killed on both sides of the mail server's answer: what was received is stated.

A worker of its own works on a database of its own, against a server that kills it at the moment wanted: while the mail is
being taken in (before the 250), or when the client says goodbye (after the 250, before our commit).
"""

import email
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
TELL = """
from django.db import transaction
from blocs.models import User
from blocs.notices import notify
user = User.objects.create_user("nguoi-nhan", email="nhan@example.test", full_name="x")
with transaction.atomic():
    notify([user], kind="test", text="Mot thong bao.")
"""
COUNT = """
from blocs.models import Notice
print(Notice.objects.filter(mailed_at=None).count(), "left")
"""


class Killer:
    """A server that takes mails in and kills the worker once, before or after it has answered 250."""

    def __init__(self, when: str) -> None:
        self.when, self.worker, self.taken = when, 0, []

    def strike(self) -> None:
        if self.worker:
            os.kill(self.worker, signal.SIGKILL)
            self.worker = 0
            time.sleep(0.3)

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.when == "before" and self.worker:
            self.strike()
            return "451 nobody listens any more"
        self.taken.append(email.message_from_bytes(envelope.content)["Message-ID"])
        return "250 taken"

    async def handle_QUIT(self, _server, _session, _envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.when == "after":
            self.strike()
        return "221 bye"


@pytest.fixture
def place(tmp_path) -> dict[str, str]:
    """The environment of a site of its own."""
    keep = {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "TESTING"}}
    return keep | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "VAR_DIR": str(tmp_path), "MEDIA_ROOT": str(tmp_path / "f"),
        "SECRET_KEY": "a place that lives for a minute needs a key that is long enough and guards nothing", "HTTPS": "0",
        "DEBUG": "1",
    }  # fmt: skip


@pytest.fixture(params=["before", "after"])
def server(request) -> Iterator[tuple[Killer, int]]:
    killer = Killer(request.param)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(killer, hostname="127.0.0.1", port=port)
    controller.start()
    yield killer, port
    controller.stop()


def manage(place: dict[str, str], *words: str) -> str:
    line = [sys.executable, "manage.py", *words]
    return subprocess.run(line, cwd=ROOT, env=place, check=True, capture_output=True, text=True).stdout


def work(place: dict[str, str], killer: Killer | None = None) -> int:
    """Let a worker do what waits; return how it ended."""
    line = [sys.executable, "manage.py", "db_worker", "--batch", "--interval", "0", "--no-startup-delay"]
    worker = subprocess.Popen(line, cwd=ROOT, env=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if killer:
        killer.worker = worker.pid
    return worker.wait(timeout=120)


def test_a_mail_is_not_lost_and_is_sent_again_only_when_killed_after_the_answer(server, place):
    killer, port = server
    place |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    manage(place, "migrate", "--verbosity", "0")
    manage(place, "shell", "--command", TELL)

    ended = work(place, killer)
    first = list(killer.taken)
    manage(place, "requeue_jobs", "--minutes", "0")
    work(place)

    assert ended == -signal.SIGKILL
    wanted = {"before": ([], 1), "after": (killer.taken[:1], 2)}[killer.when]
    assert (first, len(killer.taken)) == wanted
    assert len(set(killer.taken)) == 1
    assert "0 left" in manage(place, "shell", "--command", COUNT)
