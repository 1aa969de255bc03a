"""Print everything that is kept about a person."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from blocs.management.acting import ActingCommand
from blocs.models import User
from blocs.queries.personal import personal_data


class Command(ActingCommand):
    """`export_person USERNAME`: JSON on standard output."""

    help = "Print everything that is kept about a person (JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whom."""
        parser.add_argument("username", metavar="USERNAME")
        super().add_arguments(parser)

    def run(self, options: dict[str, Any]) -> None:
        """Print."""
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['username']}”.")
        self.actor(options, "blocs.keep_units")
        self.stdout.write(json.dumps(personal_data(user), ensure_ascii=False, indent=2))
