"""People at the other end of a real wire: plain HTTP against gunicorn, with sessions made beforehand."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "k" * 32  # a secret of our own: the cookie and the header must only be the same
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def session_of(user: object) -> str:
    """Sign a person in beforehand; return the key of the session."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, BACKEND)
    return client.cookies["sessionid"].value


class Visitor:
    """One browser: a connection that is kept, a session, a token against forgery."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.session = port, session
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def __enter__(self) -> Self:
        """Arrive."""
        return self

    def __exit__(self, *_why: object) -> None:
        """Hang up."""
        self.line.close()

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Send one request and read the whole answer; a broken line is tried once more on a new one."""
        cookie = f"csrftoken={TOKEN}" + (f"; sessionid={self.session}" if self.session else "")
        given = {"Host": "localhost", "Cookie": cookie} | {
            name.replace("_", "-"): text for name, text in headers.items()
        }
        try:
            self.line.request(method, path, body, given)
            answer = self.line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if method != "GET":
                self.line.close()
                raise
            self.line.close()
            self.line.request(method, path, body, given)
            answer = self.line.getresponse()
        return answer.status, answer.headers, answer.read()

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask for a page."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> int:
        """Send a form; return the status."""
        form = {"Content_Type": "application/x-www-form-urlencoded", "X_CSRFToken": TOKEN}
        return self.ask("POST", path, urllib.parse.urlencode(fields), **(form | headers))[0]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(port: int, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the site under gunicorn in a process group of its own, so that it can be killed as a whole."""
    shape = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "critical"]
    line = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", *shape]
    process = subprocess.Popen(line, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)
    try:
        wait_for(port)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 the server with all its workers: nobody tidies up."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
