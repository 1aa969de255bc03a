"""Every address × every role × own, fellow and foreign: what is answered, and that a refused POST changed nothing."""

from typing import Any

from django.test import TestCase, override_settings

from tests.permissions.engine import ROLES, judge, url_names
from tests.permissions.stage import set_stage
from tests.permissions.table import TABLE


class _Permissions(TestCase):
    """One part of the table, on one stage."""

    part = ""
    stage: Any

    @classmethod
    def setUpTestData(cls) -> None:
        if cls.part:
            with override_settings(DEMO_TODAY="2024-12-05"):
                cls.stage = set_stage()

    @override_settings(DEMO_TODAY="2024-12-05")
    def test_every_role_gets_what_the_table_says(self) -> None:
        rows = TABLE.get(self.part, [])

        wrong = [
            found
            for row in rows
            for method in ("GET", "POST")
            for role in ROLES
            if (found := self._judge_apart(row, method, role))
        ]

        assert wrong == []

    def _judge_apart(self, row: Any, method: str, role: str) -> str:
        """Judge one answer and take back what it did, so that the next one meets the same stage."""
        from django.db import transaction  # noqa: PLC0415

        with transaction.atomic():
            found = judge(row, method, role, self.stage)
            transaction.set_rollback(True)
        return found


class AccountPermissions(_Permissions):
    part = "account"


class BlocsPermissions(_Permissions):
    part = "blocs"


class ScoringPermissions(_Permissions):
    part = "scoring"


class AwardsPermissions(_Permissions):
    part = "awards"


class ConferencesPermissions(_Permissions):
    part = "conferences"


class PapersPermissions(_Permissions):
    part = "papers"


def test_the_table_names_every_address_once() -> None:
    listed = sorted(row.name for rows in TABLE.values() for row in rows)

    assert listed == sorted(set(url_names()))
