"""Grounds that every paper cites, by the date of the paper; to be confirmed by the authority."""

import datetime as dt

from django.db import migrations

ROWS = (
    ("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003", dt.date(2004, 7, 1), dt.date(2023, 12, 31)),
    ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", dt.date(2024, 1, 1), None),
)


def write(apps, schema_editor):
    provision = apps.get_model("blocs", "Provision")
    for value, since, until in ROWS:
        provision.objects.get_or_create(
            topic="grounds",
            key="all",
            year=None,
            effective_from=since,
            defaults={"value": value, "effective_to": until, "source": "chưa được cơ quan tổ chức khối xác nhận"},
        )


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_kinds"), ("blocs", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
