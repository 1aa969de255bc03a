"""Jobs that a killed worker left unfinished, put back into the queue."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from blocs.jobs import take_up_lost


class Command(BaseCommand):
    """Put back the jobs begun so many minutes ago that never ended; run before a worker starts."""

    help = "Đưa lại vào hàng đợi những việc mà tiến trình nền bị dừng giữa chừng đã bỏ dở."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long a job may run before it counts as lost."""
        parser.add_argument(
            "--minutes", type=int, default=15, help="việc bắt đầu từ bao nhiêu phút trước thì coi là bỏ dở"
        )

    def handle(self, *_args: Any, minutes: int, **_options: Any) -> None:
        """Put them back and say how many."""
        self.stdout.write(f"Đã đưa lại {take_up_lost(after=dt.timedelta(minutes=minutes))} việc vào hàng đợi.")
