"""The year as a whole: its archive."""

from pathlib import Path

from django.db import transaction

from blocs.audit import record
from blocs.models import BlocYear, User
from home.gathering import archive_members
from home.verifier import digest_of_file, write_archive


@transaction.atomic
def archive_year(year: BlocYear, *, out: Path, by: User | None) -> str:
    """Write everything of a year with a manifest of digests; return and log the archive's SHA-256.

    The file is complete or not there. OSError when it cannot be written.
    """
    unfinished = out.with_name(f"{out.name}.part")
    with unfinished.open("wb") as opened:
        write_archive(archive_members(year), opened)
    digest = digest_of_file(unfinished)
    record("archive_year", year, by=by, year=year.pk, sha256=digest, size=unfinished.stat().st_size)
    unfinished.replace(out)
    return digest
