"""The cast of the tests: a ministry, a bloc of three boards in 2024, and one person in every role.

`cast` is built from real rows; tests that need a whole year ask for the bigger stages beside their app.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from blocs.clock import at
from blocs.models import Authority, Bloc, BlocYear, LeadershipTerm, Membership, Post, Provision, Unit, UnitName, User

PASSWORD = "mat-khau-thu-nghiem"  # noqa: S105 - for tests only
TODAY = dt.date(2024, 12, 5)
NAMES = ("Thái Nguyên", "Tuyên Quang", "Bắc Giang", "Hòa Bình", "Bắc Kạn", "Yên Bái", "Phú Thọ")


@dataclass
class Cast:
    """Who and what is on stage. `heads` and `officers` are by unit code (BQL-1 leads, BQL-2 is deputy)."""

    authority: Authority
    bloc: Bloc
    year: BlocYear
    units: dict[str, Unit]
    memberships: dict[str, Membership]
    heads: dict[str, User] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)
    official: User = None  # type: ignore[assignment]

    @property
    def leader(self) -> Unit:
        """The unit that leads."""
        return self.units["BQL-1"]

    @property
    def deputy(self) -> Unit:
        """The unit that assists."""
        return self.units["BQL-2"]


def make_user(username: str, **fields: Any) -> User:
    """Create a person who can sign in with PASSWORD."""
    fields = {"full_name": f"Tài khoản {username}", "email": f"{username}@example.test"} | fields
    return User.objects.create_user(username, PASSWORD, **fields)


def make_unit(code: str, place: str) -> Unit:
    """Create a board with its one name."""
    name = f"Ban Quản lý các Khu công nghiệp tỉnh {place}"
    unit = Unit.objects.create(code=code, name=name, short_name=place, province=place, symbol="BQLKCN")
    UnitName.objects.create(unit=unit, name=name, short_name=place, province=place)
    return unit


def make_cast(members: int = 3, *, prefix: str = "", year: int = 2024) -> Cast:
    """Build a bloc year with so many members; BQL-1 leads, BQL-2 is deputy. `prefix` makes a second, foreign bloc."""
    authority = Authority.objects.create(name=f"{prefix}Bộ Kế hoạch và Đầu tư", short_name=f"{prefix}Bộ KH&ĐT")
    bloc = Bloc.objects.create(
        code=f"{prefix}mnpb".lower(), name=f"{prefix}Khối thi đua thử nghiệm", authority=authority
    )
    bloc_year = BlocYear.objects.create(
        bloc=bloc,
        year=year,
        is_demonstration=True,
        assessments_open_on=dt.date(year, 11, 1),
        assessments_due_at=at(dt.date(year, 12, 15), 17),
        review_due_on=dt.date(year, 12, 25),
        conference_on=dt.date(year + 1, 1, 4),
        submission_due_on=dt.date(year + 1, 1, 15),
    )
    cast = Cast(authority, bloc, bloc_year, {}, {})
    for number in range(1, members + 1):
        code = f"{prefix}BQL-{number}"
        place = NAMES[number - 1] if number <= len(NAMES) else f"Tỉnh {number}"
        unit = make_unit(code, prefix + place)
        key = f"BQL-{number}"
        cast.units[key] = unit
        cast.memberships[key] = Membership.objects.create(
            year=bloc_year, unit=unit, position=number, name=unit.name, short_name=unit.short_name, province=place
        )
        cast.heads[key] = _post(f"{prefix}head{number}".lower(), unit, Post.Role.HEAD, "Trưởng ban")
        cast.officers[key] = _post(f"{prefix}officer{number}".lower(), unit, Post.Role.OFFICER, "Chuyên viên")
    _lead(bloc_year, cast.units["BQL-1"], LeadershipTerm.Role.LEADER)
    if members > 1:
        _lead(bloc_year, cast.units["BQL-2"], LeadershipTerm.Role.DEPUTY)
    cast.official = make_user(f"{prefix}official".lower())
    Post.objects.create(
        user=cast.official,
        authority=authority,
        role=Post.Role.OFFICER,
        title="Chuyên viên",
        from_on=dt.date(2020, 1, 1),
    )
    for key, value in (("FLAG", "1"), ("CERTIFICATE", "2")):
        Provision.objects.create(
            topic="award_quota",
            key=key,
            value=value,
            year=bloc_year,
            effective_from=dt.date(year, 1, 1),
            source="Công văn hướng dẫn minh họa",
        )
    return cast


def _post(username: str, unit: Unit, role: str, title: str) -> User:
    user = make_user(username)
    Post.objects.create(user=user, unit=unit, role=role, title=title, from_on=dt.date(2020, 1, 1))
    return user


def _lead(year: BlocYear, unit: Unit, role: str) -> None:
    LeadershipTerm.objects.create(year=year, unit=unit, role=role, from_on=dt.date(year.year, 1, 1))
