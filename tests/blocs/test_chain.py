# ruff: noqa: S608 - the statements are made of names in this file
"""The log shows every change: one byte in any column, one row gone, two rows swapped, a tail cut off."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from blocs.audit import record
from blocs.models import ChainHead, LogEntry
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
TABLE = LogEntry._meta.db_table
COLUMNS = [field.column for field in LogEntry._meta.concrete_fields]


@pytest.fixture
def log():
    cast = make_cast()
    with transaction.atomic():
        for number in range(6):
            record("open_item", cast.bloc, by=cast.official, year=cast.year.pk, unit=cast.leader.pk, number=str(number))
    return cast


def verify(**options: object) -> str:
    out = StringIO()
    call_command("verify_chain", stdout=out, **options)
    return out.getvalue()


def refused(**options: object) -> str:
    with pytest.raises(CommandError) as found:
        verify(**options)
    return str(found.value)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_log_prints_its_rows_and_its_head(log):
    head = ChainHead.objects.get().digest

    assert verify() == f"Số dòng: 6. Mã của dòng cuối: {head}\n"


def test_an_empty_log_holds(db):
    assert verify().startswith("Số dòng: 0.")


@pytest.mark.parametrize("column", COLUMNS)
def test_one_byte_changed_in_a_column_is_found_and_the_row_named(log, column):
    entry = LogEntry.objects.get(sequence=3)
    value = getattr(entry, column)
    if column == "at":
        LogEntry.objects.filter(sequence=3).update(at=value.replace(microsecond=(value.microsecond + 1) % 1_000_000))
    elif column == "details":
        LogEntry.objects.filter(sequence=3).update(details={"number": "3"})
    elif isinstance(value, int):
        sql(f"UPDATE {TABLE} SET {column} = {column} + 70 WHERE sequence = 3")
    else:
        byte = "0" if value[-1] != "0" else "1"
        sql(f"UPDATE {TABLE} SET {column} = %s WHERE sequence = 3", value[:-1] + byte)

    said = refused()

    assert said.startswith(f"Bảng {TABLE}, dòng 3: ")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps dates in a form of its own")
@pytest.mark.parametrize("broken", ["2024-12-05 25:00:00", "x"])
def test_a_date_that_can_no_longer_be_read_is_found_and_the_row_named(log, broken):
    sql(f"UPDATE {TABLE} SET at = %s WHERE sequence = 3", broken)

    assert refused() == f"Bảng {TABLE}, dòng 3: nội dung của dòng không đọc được."


def test_a_deleted_row_is_found_and_named(log):
    sql(f"DELETE FROM {TABLE} WHERE sequence = 4")

    assert refused() == f"Bảng {TABLE}, dòng 4: thiếu dòng 4 (sau đó là dòng 5)."


def test_two_swapped_rows_are_found_and_the_first_named(log):
    for old, new in ((2, 99), (5, 2), (99, 5)):
        sql(f"UPDATE {TABLE} SET sequence = %s WHERE sequence = %s", new, old)

    assert refused().startswith(f"Bảng {TABLE}, dòng 2: ")


def test_a_deleted_last_row_is_found_by_the_head(log):
    sql(f"DELETE FROM {TABLE} WHERE sequence = 6")

    assert "đầu chuỗi không khớp" in refused()


def test_a_head_noted_earlier_is_recognised(log):
    noted = LogEntry.objects.get(sequence=4).digest

    assert "Mã đã ghi ở nơi khác là của dòng 4." in verify(head=noted.upper())


def test_a_cut_tail_with_a_mended_head_is_found_by_a_head_noted_elsewhere(log):
    noted = ChainHead.objects.get().digest
    sql(f"DELETE FROM {TABLE} WHERE sequence > 3")
    last = LogEntry.objects.get(sequence=3)
    ChainHead.objects.update(sequence=3, digest=last.digest)

    assert verify().startswith("Số dòng: 3.")
    assert "đã bị cắt bớt hoặc ghi lại" in refused(head=noted)
