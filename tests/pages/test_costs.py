"""What a page costs: the same literal number of queries with 1 and with 68 members, everything of theirs filled in."""

from typing import Any, ClassVar

from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.pages.stage import set_stage

# Who looks at which page of which year (0: of no year): queries, those for the session, the person and the frame included.
COSTS = {
    ("officer", "home:tasks", 0): 37,
    ("head", "home:tasks", 0): 41,
    ("official", "home:tasks", 0): 19,
    ("officer", "home:year", 2024): 23,
    ("officer", "scoring:board", 2024): 19,
    ("officer", "scoring:board", 2023): 19,
    ("officer", "scoring:review", 2024): 18,
    ("officer", "scoring:consolidated", 2024): 17,
    ("officer", "scoring:consolidated", 2023): 17,
    ("officer", "scoring:targets", 2024): 16,
    ("officer", "scoring:peers", 2024): 15,
    ("officer", "scoring:table", 2024): 21,
    ("officer", "awards:board", 2023): 29,
    ("head", "awards:board", 2023): 30,
    ("officer", "awards:trial", 2023): 22,
    ("officer", "conferences:board", 2023): 22,
    ("officer", "conferences:attendance", 2023): 15,
    ("officer", "conferences:agenda", 2023): 14,
    ("officer", "conferences:election", 2023): 20,
    ("officer", "conferences:report", 2023): 65,
    ("officer", "conferences:minutes", 2023): 52,
    ("officer", "conferences:handover", 2023): 33,
    ("officer", "pledges:board", 2024): 27,
    ("officer", "documents:board", 2023): 14,
    ("official", "desk:queue", 0): 18,
    ("official", "desk:decisions", 0): 11,
    ("official", "desk:decision", 0): 12,
    ("official", "desk:council_list", 0): 20,
    ("official", "desk:register", 0): 14,
    ("official", "desk:statistics", 0): 22,
    ("head", "blocs:people", 0): 16,
    ("official", "blocs:units", 0): 14,
    ("official", "blocs:manage", 0): 16,
    ("official", "blocs:officials", 0): 13,
    ("official", "blocs:year_settings", 2024): 16,
    ("official", "blocs:year_members", 2024): 12,
    ("official", "blocs:guidances", 2024): 13,
    ("official", "blocs:year_log", 2024): 16,
    ("officer", "blocs:notices", 0): 13,
}
# Pages that show all members at once; the others show fifty rows a page, or no members at all.
EVERY_MEMBER = {
    "home:year",
    "scoring:board",
    "scoring:review",
    "scoring:consolidated",
    "scoring:targets",
    "awards:board",
    "conferences:attendance",
    "conferences:election",
    "pledges:board",
    "blocs:year_settings",
    "blocs:year_members",
}


class Costs:
    """The table on one stage."""

    members: ClassVar[int]
    cast: ClassVar[Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        with override_settings(DEMO_TODAY="2024-12-05"):
            cls.cast = set_stage(cls.members)

    @override_settings(DEMO_TODAY="2024-12-05")
    def test_each_page_runs_its_number_of_queries(self) -> None:
        measured = {page: self._cost(*page) for page in COSTS}

        assert measured == COSTS

    def _cost(self, reader: str, name: str, year: int) -> int:
        client, address = self._sign_in(reader), self._address(name, year)
        client.get(address)  # what is looked up once a process is not the page's
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        if self.members > 1 and name in EVERY_MEMBER:  # the only member of a bloc reviews nobody
            assert self.cast.memberships[f"BQL-{self.members}"].short_name in answer.content.decode(), address
        return len(queries)

    def _sign_in(self, reader: str) -> Client:
        client = Client()
        people = {
            "official": self.cast.official,
            "officer": self.cast.officers["BQL-1"],
            "head": self.cast.heads["BQL-1"],
        }
        client.force_login(people[reader], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def _address(self, name: str, year: int) -> str:
        parts: dict[str, Any] = {"bloc": self.cast.bloc.code, "year": year} if year else {}
        more = {
            "blocs:people": {"code": "BQL-1"},
            "blocs:officials": {"authority": self.cast.authority.pk},
            "conferences:election": {"role": "truong-khoi"},
        }
        return reverse(name, kwargs=parts | more.get(name, {}))


class TestCostsOfOneMember(Costs, TestCase):
    members = 1


class TestCostsOfSixtyEightMembers(Costs, TestCase):
    members = 68
