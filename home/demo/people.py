"""The demonstration's ministry, boards and accounts, under role names: no person is named."""

import datetime as dt
from dataclasses import dataclass

from blocs.actions.blocs import found_bloc
from blocs.actions.units import record_unit
from blocs.models import Authority, Bloc, Post, Unit, User

PASSWORD = "thi-dua-2024"  # noqa: S105 - printed beside the logins of the demonstration
BOARDS = (
    ("BQL-HB", "Hòa Bình"),
    ("BQL-BK", "Bắc Kạn"),
    ("BQL-BG", "Bắc Giang"),
    ("BQL-TN", "Thái Nguyên"),
    ("BQL-TQ", "Tuyên Quang"),
    ("BQL-YB", "Yên Bái"),
    ("BQL-PT", "Phú Thọ"),
)
LEADERS = ("BQL-TN", "BQL-TQ")  # of 2023 and of 2024: their records clerks give the numbers of papers
BLOC_NAME = "Khối thi đua Ban Quản lý các Khu công nghiệp các tỉnh Trung du và Miền núi phía Bắc"


@dataclass(frozen=True)
class Cast:
    """Who and what the story is about."""

    authority: Authority
    bloc: Bloc
    units: dict[str, Unit]
    heads: dict[str, User]
    officers: dict[str, User]
    official: User


def gather_cast(at: dt.datetime) -> Cast:
    """Create the ministry, the bloc, its seven boards in the report's order, and the accounts."""
    authority = Authority.objects.create(
        name="Bộ Kế hoạch và Đầu tư", short_name="Bộ KH&ĐT", department="Vụ Tổ chức cán bộ",
        decider="Bộ trưởng Bộ Kế hoạch và Đầu tư",
    )  # fmt: skip
    official = _account("vu-tccb", "Chuyên viên Vụ Tổ chức cán bộ")
    _post(official, Post.Role.OFFICER, "Chuyên viên Vụ Tổ chức cán bộ", authority=authority)
    bloc = found_bloc(authority, code="mnpb", name=BLOC_NAME, by=None, at=at)
    units, heads, officers = {}, {}, {}
    for code, place in BOARDS:
        units[code] = record_unit(
            code=code,
            name=f"Ban Quản lý các Khu công nghiệp tỉnh {place}",
            short_name=place,
            province=place,
            kind="Ban Quản lý khu công nghiệp",
            superior=f"Ủy ban nhân dân tỉnh {place}",
            symbol="BQLKCN",
            by=None,
        )
        short = code.removeprefix("BQL-").lower()
        heads[code] = _account(f"truongban-{short}", f"Trưởng ban Ban Quản lý {place}")
        officers[code] = _account(f"chuyenvien-{short}", f"Chuyên viên Ban Quản lý {place}")
        _post(heads[code], Post.Role.HEAD, "Trưởng ban", unit=units[code])
        _post(officers[code], Post.Role.OFFICER, "Chuyên viên", unit=units[code])
        if code in LEADERS:
            _post(
                _account(f"vanthu-{short}", f"Văn thư Ban Quản lý {place}"),
                Post.Role.CLERK,
                "Văn thư",
                unit=units[code],
            )
    return Cast(authority, bloc, units, heads, officers, official)


def _account(username: str, full_name: str) -> User:
    return User.objects.create_user(username, PASSWORD, full_name=full_name)


def _post(user: User, role: str, title: str, *, unit: Unit | None = None, authority: Authority | None = None) -> None:
    Post.objects.create(user=user, unit=unit, authority=authority, role=role, title=title, from_on=dt.date(2023, 1, 1))
