"""Make a certificate authority and an operator's certificate for development."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.sealing import make_development_keys


class Command(BaseCommand):
    """Keys are written outside the project, under SEAL_FOLDER; their names say that they are for trial."""

    help = "Tạo chứng thư dùng thử để ký số của hệ thống (không có giá trị pháp lý)."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--anyway` makes it where DEBUG is off, too."""
        parser.add_argument("--anyway", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the keys and say where they are."""
        if not settings.DEBUG and not options["anyway"]:
            raise CommandError(
                "Chứng thư dùng thử chỉ tạo khi DEBUG=1; ở nơi dùng thật, đặt chứng thư thật vào SEAL_FOLDER."
            )
        try:
            folder = make_development_keys(settings.SEAL_FOLDER, settings.TRUST_FOLDER, now=dt.datetime.now(dt.UTC))
        except FileExistsError as error:
            raise CommandError(f"Đã có khóa tại {error.args[0]}; không ghi đè.") from error
        self.stdout.write(f"Đã tạo chứng thư dùng thử tại {folder}; gốc tin cậy tại {settings.TRUST_FOLDER}.")
