"""Lists of units and members: whole or not at all, with every fault by row and column."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from blocs.models import Authority, Bloc, BlocYear, LogEntry, Unit
from blocs.standing import leadership_of
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
UNITS = """Mã,Tên,Tên ngắn,Tỉnh,Loại,Từ ngày,Đến ngày,Đơn vị kế thừa,Ghi chú
HB,Ban Quản lý các Khu công nghiệp tỉnh Hòa Bình,Hòa Bình,Hòa Bình,Ban quản lý,,30/06/2025,PT,x
PT,Ban Quản lý các Khu công nghiệp tỉnh Phú Thọ,Phú Thọ,Phú Thọ,Ban quản lý,,,,
PT,Ban Quản lý các Khu công nghiệp Phú Thọ mới,Phú Thọ,Phú Thọ,,01/07/2025,,,
"""


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str, name: str = "tep.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def run(command: str, *arguments: str, **options: object) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def test_units_are_recorded_renamed_and_succeeded_by_one_file(write):
    said = run("import_units", write(UNITS))

    merged, heir = Unit.objects.get(code="HB"), Unit.objects.get(code="PT")
    assert heir.name == "Ban Quản lý các Khu công nghiệp Phú Thọ mới"
    assert list(heir.names.values_list("valid_from", flat=True)) == [None, dt.date(2025, 7, 1)]
    assert (merged.successor, merged.valid_to) == (heir, dt.date(2025, 6, 30))
    assert "Cột không dùng đến: Ghi chú." in said
    assert "Đã ghi 3 dòng." in said


def test_the_same_file_again_changes_no_unit_and_the_log_says_that_it_was_loaded(write):
    path = write(UNITS)
    run("import_units", path)
    before = list(Unit.objects.order_by("code").values())
    lines = LogEntry.objects.count()

    run("import_units", path)

    assert list(Unit.objects.order_by("code").values()) == before
    assert [entry.act for entry in LogEntry.objects.order_by("sequence")[lines:]] == ["import_units"]


def test_a_trial_prints_and_writes_nothing(write):
    said = run("import_units", write(UNITS), dry_run=True)

    assert "Thêm mới: 2 dòng" in said
    assert "Đổi tên: 1 dòng" in said
    assert not Unit.objects.exists()


def test_one_wrong_row_keeps_everything_out_and_is_named(write):
    broken = UNITS + "X/Y,,,,,31/02/2024,,\n"

    with pytest.raises(CommandError) as refused:
        run("import_units", write(broken))

    text = str(refused.value)
    assert "Dòng 5, cột “Mã”: mã “X/Y” có ký tự không dùng được" in text
    assert "Dòng 5, cột “Tên”: ô trống" in text
    assert "Dòng 5, cột “Từ ngày”: “31/02/2024” không phải là ngày" in text
    assert not Unit.objects.exists()


def test_a_successor_must_be_known_and_dated(write):
    with pytest.raises(CommandError) as refused:
        run("import_units", write("code,name,successor\nA,Ban A,B\n"))

    assert "không có đơn vị mã “B”" in str(refused.value)
    assert "ô trống trong khi có đơn vị kế thừa" in str(refused.value)


def test_the_same_code_and_date_is_a_correction(write):
    run("import_units", write("code,name,short_name\nA,Ban A,A\n"))

    run("import_units", write("code,name,short_name\na,Ban Quản lý A,A\n"))

    unit = Unit.objects.get()
    assert (unit.code, unit.name, unit.names.count()) == ("A", "Ban Quản lý A", 1)


def test_somebody_of_a_unit_cannot_import_units(write):
    cast = make_cast()

    with pytest.raises(CommandError, match="cơ quan tổ chức khối thực hiện"):
        run("import_units", write(UNITS), by=cast.heads["BQL-1"].username)


MEMBERS = """unit,role
BQL-3,
BQL-1,leader
Ban Quản lý các Khu công nghiệp tỉnh Tuyên Quang,Phó
"""


def members(cast: Cast, path: str, **options: object) -> str:
    return run("import_members", path, bloc=cast.bloc.code, **({"year": 2025} | options))


def test_members_open_the_missing_year_in_their_order_with_leader_and_deputy(write):
    cast = make_cast()

    members(cast, write(MEMBERS))

    year = BlocYear.objects.get(year=2025)
    assert list(year.memberships.values_list("unit__code", flat=True)) == ["BQL-3", "BQL-1", "BQL-2"]
    now = leadership_of(year, dt.date(2025, 1, 1))
    assert (now.leader, now.deputy) == (cast.leader.pk, cast.deputy.pk)


def test_members_of_an_open_year_are_put_in_order_and_the_leader_replaced(write):
    cast = make_cast(4)

    members(cast, write("unit,role\nBQL-3,leader\nBQL-2,deputy\nBQL-4,\n"), year=2024)

    year = cast.year
    assert list(year.memberships.order_by("position").values_list("unit__code", flat=True)) == [
        "BQL-3",
        "BQL-2",
        "BQL-4",
    ]
    assert leadership_of(BlocYear.objects.get(pk=year.pk), dt.date(2024, 12, 1)).leader == cast.units["BQL-3"].pk


def test_members_that_are_unknown_doubled_or_two_leaders_are_named(write):
    cast = make_cast()

    with pytest.raises(CommandError) as refused:
        members(cast, write("unit,role\nBQL-1,leader\nBQL-1,\nBQL-2,Trưởng khối\nXYZ,\nBQL-3,chủ tịch\n"))

    text = str(refused.value)
    assert "Dòng 3, cột “Đơn vị”: Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên có hai lần" in text
    assert "Dòng 4, cột “Vai trò”: đã có đơn vị khác là Trưởng khối" in text
    assert "Dòng 5, cột “Đơn vị”: không có đơn vị “XYZ”" in text
    assert "Dòng 6, cột “Vai trò”: không rõ vai trò “chủ tịch”" in text
    assert not BlocYear.objects.filter(year=2025).exists()


def test_a_new_bloc_is_founded_with_its_authority(write):
    make_cast()
    path = write("unit,role\nBQL-1,leader\n")

    run("import_members", path, bloc="cum-2", year=2023, new_bloc="Cụm thi đua số 2", authority="UBND tỉnh X")

    bloc = Bloc.objects.get(code="cum-2")
    assert (bloc.name, bloc.authority.name) == ("Cụm thi đua số 2", "UBND tỉnh X")
    assert bloc.years.get().year == 2023


def test_a_missing_bloc_needs_a_name_and_an_authority(write):
    make_cast()
    Authority.objects.create(name="Cơ quan thứ hai")
    path = write("unit,role\nBQL-1,\n")

    with pytest.raises(CommandError, match="--new-bloc"):
        run("import_members", path, bloc="moi", year=2023)
    with pytest.raises(CommandError, match="--authority"):
        run("import_members", path, bloc="moi", year=2023, new_bloc="Khối mới")
    assert not Bloc.objects.filter(code="moi").exists()


@pytest.mark.parametrize("header", ["Đơn vị", "unit"])
def test_a_file_of_nothing_but_units_gives_members_without_a_role(write, header):
    cast = make_cast(3)

    run("import_members", write(f"{header}\nBQL-2\nBQL-1\nBQL-3\n"), bloc=cast.bloc.code, year=2026)

    members = BlocYear.objects.get(bloc=cast.bloc, year=2026).memberships.order_by("position")
    assert list(members.values_list("unit__code", flat=True)) == ["BQL-2", "BQL-1", "BQL-3"]
