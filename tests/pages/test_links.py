"""No dead ends: every link that a page shows to a person leads to a page that this person may open."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client, TestCase, override_settings
from django.urls import resolve

from tests.permissions.stage import Stage, set_stage

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)', re.DOTALL)
AWAY = ("mailto:", "tel:", "http:", "https:", "data:")
EACH = 4  # pages looked at of one kind: the first four rows of a list speak for the others
NOT_FOLLOWED = {"account_logout"}
FINE = {200, 302}


class TestLinks(TestCase):
    """The stage of the permission table, walked by each role from its first page on."""

    stage: Stage

    @classmethod
    def setUpTestData(cls) -> None:
        with override_settings(DEMO_TODAY="2024-12-05"):
            cls.stage = set_stage()

    def test_every_link_leads_to_a_page(self) -> None:
        for role in ("fellow", "officer", "head", "deputy", "leader", "official", "outsider", "nobody"):
            with self.subTest(role), override_settings(DEMO_TODAY="2024-12-05"):
                dead = list(dead_links(self._client(role)))

                assert dead == []

    def _client(self, role: str) -> Client:
        client = Client()
        person = self.stage.person(role, 2024)
        if person is not None:
            client.force_login(person)
        return client


def dead_links(client: Client) -> Iterator[str]:
    """Walk from the first page, breadth first; yield "page -> link: answer" of each link that is not answered well."""
    waiting, seen, looked = deque([("", "/")]), {"/"}, {}
    while waiting:
        source, path = waiting.popleft()
        kind = resolve(urlsplit(path).path).view_name
        looked[kind] = looked.get(kind, 0) + 1
        if looked[kind] > EACH or kind in NOT_FOLLOWED:
            continue
        answer = client.get(path)
        if answer.status_code not in FINE:
            yield f"{source} -> {path}: {answer.status_code}"
        for link in links_of(answer, path):
            if link not in seen:
                seen.add(link)
                waiting.append((path, link))


def links_of(answer, path: str) -> Iterator[str]:
    """Yield the addresses of our own that a page links to; none for a file."""
    if answer.streaming:
        b"".join(answer)  # read to its end, or the file stays open
    if answer.status_code == 302:
        yield answer["Location"]
    elif answer.get("Content-Type", "").startswith("text/html"):
        for link in LINK.findall(answer.content.decode()):
            if not link.startswith(AWAY):
                yield urljoin(path, unescape(link))
