"""The daily round: remind of what is due soon, mail the digests. Run it once a day by a timer."""

from argparse import ArgumentParser
from typing import Any

from blocs import clock
from blocs.management.acting import ActingCommand
from home.actions import remind_of_due, send_digests


class Command(ActingCommand):
    """`due [--days 3]`: run again on the same day, nothing is said twice."""

    help = "Remind everybody of what is due within some days, and have the digests mailed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many days ahead."""
        super().add_arguments(parser)
        parser.add_argument("--days", type=int, default=3)

    def run(self, options: dict[str, Any]) -> None:
        """Remind, then digest."""
        by = self.actor(options, "blocs.keep_units")
        told = remind_of_due(days=options["days"], by=by, at=clock.now())
        mailed = send_digests(by=by)
        self.stdout.write(f"Đã nhắc {told} việc sắp đến hạn; {mailed} thư tổng hợp chờ gửi.")
