"""Erase what is known about a person; the records stay whole under a pseudonym."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from blocs import clock
from blocs.actions.personal import erase_person
from blocs.management.acting import ActingCommand
from blocs.models import User


class Command(ActingCommand):
    """`erase_person USERNAME`: refuses while a post or an authorisation is in force."""

    help = "Erase a person's name and contact; what the person did stays in the log under a pseudonym."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whom."""
        parser.add_argument("username", metavar="USERNAME")
        super().add_arguments(parser)

    def run(self, options: dict[str, Any]) -> None:
        """Erase and say what stands in the person's place."""
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['username']}”.")
        by = self.actor(options, "blocs.keep_units")
        erased = erase_person(user, by=by, on=clock.today())
        self.stdout.write(f"Đã xóa dữ liệu cá nhân; nhật ký còn ghi: {erased.full_name}.")
