"""Somebody has a file checked, on the public page."""

import datetime as dt
import hashlib

from django.core.files.base import File
from django.db import transaction

from blocs.files import PDF, store_file
from blocs.jobs import enqueue
from documents.jobs import examine_file
from documents.models import Examination
from documents.queries import copy_of


def ask_examination(upload: File, *, at: dt.datetime) -> str:
    """Take a file in to be checked and return its SHA-256, by which the answer is found.

    A file that was handed out here is known at once and not kept; any other is kept until the worker has examined it,
    once. Raises FileRefused (not a PDF, too large).
    """
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    found = digest.hexdigest()
    if copy_of(found) is None:
        _keep(upload, found, at)
    return found


@transaction.atomic
def _keep(upload: File, digest: str, at: dt.datetime) -> None:
    if Examination.objects.filter(sha256=digest).exists():
        return
    kept = store_file(upload, by=None, at=at, allowed=frozenset({PDF}))
    asked = Examination.objects.create(sha256=digest, size=kept.size, file=kept, asked_at=at)
    enqueue(examine_file, examination_id=asked.pk)
