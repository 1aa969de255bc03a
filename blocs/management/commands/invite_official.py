"""Make the first account of an authority, by a one-time link."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction

from blocs import clock, text
from blocs.actions.blocs import record_authority
from blocs.actions.people import invite
from blocs.invitations import link_of
from blocs.management.acting import ActingCommand
from blocs.models import Post


class Command(ActingCommand):
    """`invite_official --authority NAME --name NAME --email MAIL --title TITLE`: prints the link, once."""

    help = "Invite an official of an authority (created when missing) and print the one-time link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whom, where, as what."""
        super().add_arguments(parser)
        parser.add_argument("--authority", required=True, metavar="NAME")
        parser.add_argument("--name", required=True, metavar="FULL NAME")
        parser.add_argument("--email", required=True, metavar="MAIL")
        parser.add_argument("--title", required=True, metavar="TITLE")

    def run(self, options: dict[str, Any]) -> None:
        """Invite and print the link."""
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"“{options['email']}” không phải là địa chỉ thư điện tử.") from error
        with transaction.atomic():
            authority = record_authority(name=options["authority"], by=None)
            by = self.actor(options, "blocs.oversee", authority)
            invitation, token = invite(
                authority, full_name=options["name"], email=options["email"], role=Post.Role.OFFICER,
                title=options["title"], by=by, at=clock.now(),
            )  # fmt: skip
        self.stdout.write(f"Liên kết dùng một lần, hiệu lực đến {text.moment(invitation.expires_at)}:")
        self.stdout.write(link_of(token))
