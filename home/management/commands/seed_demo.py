"""The demonstration bloc, loaded by the acts themselves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from blocs import clock
from blocs.models import BlocYear, Notice, Unit
from blocs.notices import mail_notice
from home.demo.bulk import Size, add_in_bulk
from home.demo.many import MEMBERS, add_blocs
from home.demo.people import BOARDS, LEADERS, PASSWORD, Cast, gather_cast
from home.demo.year_2023 import end_2023, tell_2023
from home.demo.year_2024 import tell_2024

SIZES = {
    "bloc": None,
    "ministry": Size([MEMBERS] * 6),
    "province": Size([5] * 20 + [4] * 48),
}


class Command(BaseCommand):
    """Load the demonstration; refuses on a database that holds units."""

    help = "Nạp dữ liệu minh họa: một Khối bảy đơn vị, năm 2023 đã tổng kết và năm 2024 đang thực hiện."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size: one bloc, a ministry's eight, or a province's seventy with five past years."""
        parser.add_argument("--size", choices=tuple(SIZES), default="bloc")

    def handle(self, *_args: Any, size: str, **_options: Any) -> None:
        """Load it in one transaction and print the logins."""
        if Unit.objects.exists():
            raise CommandError("Cơ sở dữ liệu đã có đơn vị. Dữ liệu minh họa chỉ nạp vào cơ sở dữ liệu còn trống.")
        with transaction.atomic():
            cast = gather_cast(clock.now())
            year_2023 = tell_2023(cast)
            tell_2024(BlocYear.objects.get(bloc=cast.bloc, year=2024), cast)
            end_2023(year_2023)
            if further := SIZES[size]:
                add_blocs(cast, 1)
                add_in_bulk(cast.authority, further, prefix="khoi")
            Notice.objects.filter(year__year=2023).update(read_at=clock.now())
            _send_no_mail()
        self._say(cast)

    def _say(self, cast: Cast) -> None:
        say = self.stdout.write
        say(f"Dữ liệu minh họa: {cast.bloc.name}.")
        say(f"Mật khẩu của mọi tài khoản: {PASSWORD}")
        say(f"  vu-tccb        {cast.official.full_name} (cơ quan tổ chức khối)")
        for code, place in BOARDS:
            short = code.removeprefix("BQL-").lower()
            role = " (Trưởng khối năm 2024)" if code == "BQL-TQ" else ""
            clerk = f", vanthu-{short}" if code in LEADERS else ""
            say(f"  truongban-{short}, chuyenvien-{short}{clerk}   Ban Quản lý {place}{role}")


def _send_no_mail() -> None:
    """The story's notices are read on the page; the worker prints its papers but mails nobody."""
    for job in DBTaskResult.objects.all():
        if job.args_kwargs["args"][0] == f"{mail_notice.__module__}.{mail_notice.__qualname__}":
            job.delete()
