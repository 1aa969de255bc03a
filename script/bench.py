"""Measure the pages that a leading unit reaches from its first page, and the layout of a paper. See script/bench."""

import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
THREADS = 4
MOST_PAGES = 30
LINK = re.compile(r'href="(/[^"#]*)"')


@dataclass
class Page:
    """One page: its address, what it costs in the database, its size on the wire, and its requests a second."""

    path: str
    name: str
    queries: int
    bytes: int
    rate: float = 0.0


def set_up() -> None:
    """Make Django ready with the settings of this place."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - the path must be set first

    django.setup()


def leading_client() -> Any:
    """Return a signed-in test client of somebody at the unit that led last."""
    from django.test import Client  # noqa: PLC0415

    from blocs.models import LeadershipTerm, User  # noqa: PLC0415

    unit = LeadershipTerm.objects.filter(role=LeadershipTerm.Role.LEADER).latest("from_on").unit
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.filter(posts__unit=unit).earliest("pk"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def pages_reached_by(client: Any) -> Iterator[Page]:
    """Yield one page for each kind of address that is linked from the first page, breadth first."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    waiting, seen = ["/"], set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0).replace("&amp;", "&")
        try:
            name = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        if name in seen or "logout" in name:
            continue
        seen.add(name)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(path)
        if answer.status_code == http.client.OK and answer["Content-Type"].startswith("text/html"):
            waiting += LINK.findall(answer.content.decode())
            yield Page(path, name, len(real_queries(asked)), len(gzip.compress(answer.content)))


def real_queries(asked: Any) -> list[str]:
    """Return the statements that are no mere opening or closing of a transaction."""
    statements = [query["sql"] for query in asked.captured_queries]
    return [sql for sql in statements if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))]


@contextmanager
def served() -> Iterator[int]:
    """Run the site under gunicorn as in production; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    shape = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"]
    line = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", *shape]
    server = subprocess.Popen(line, cwd=ROOT)
    try:
        for _ in range(100):
            time.sleep(0.2)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        server.terminate()
        server.wait(30)


def rate(port: int, path: str, cookie: str, seconds: float) -> float:
    """Return how many times a second the page is answered to four patient clients."""
    done = [0] * THREADS
    until = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until:
            connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            done[number] += answer.status < http.client.BAD_REQUEST

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def report_pages(seconds: float) -> None:
    """Print the table of pages."""
    client = leading_client()
    pages = list(pages_reached_by(client))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    with served() as port:
        rate(port, "/healthz", "", 1)
        empty = rate(port, "/healthz", "", seconds)
        for page in pages:
            page.rate = rate(port, page.path, cookie, seconds)
    print(f"\n{'page':34}{'queries':>9}{'KB gzip':>9}{'req/s':>8}{'of an empty view':>18}")
    print(f"{'an empty view (healthz)':34}{'1':>9}{'0.0':>9}{empty:8.0f}{'1':>18}")
    for page in sorted(pages, key=lambda page: page.rate):
        share = f"1/{empty / page.rate:.1f}" if page.rate else "no answer"
        print(f"{page.name:34}{page.queries:9}{page.bytes / 1024:9.1f}{page.rate:8.0f}{share:>18}")


def report_paper() -> None:
    """Print what the layout of a paper costs: the first one loads the library."""
    from documents.printing import missing_packages, print_pdf  # noqa: PLC0415

    if missing_packages():
        print("\nno papers: this machine cannot print")
        return
    from tests.documents import samples  # noqa: PLC0415

    paper = samples.report()
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        size = len(print_pdf(paper))
        times.append(time.perf_counter() - begin)
    print(f"\na summary report ({size // 1024} KB): {times[0]:.2f} s the first time, {min(times):.2f} s after")
    subprocess.run([sys.executable, str(ROOT / "script" / "bench_papers.py")], check=True)


if __name__ == "__main__":
    set_up()
    report_pages(float(sys.argv[1]))
    report_paper()
