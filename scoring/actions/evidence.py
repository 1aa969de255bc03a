"""What proves a claim: attached, used again for another criterion, taken out of use."""

import datetime as dt
import hashlib
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import EVIDENCE, store_file
from blocs.models import User
from scoring.actions.dossiers import lock
from scoring.actions.filling import refuse_locked
from scoring.models import Criterion, Evidence, SelfAssessment

MOST_EVIDENCE = 5
_LONGEST_NAME = 300


class EvidenceRefused(Refusal):
    """Proof is a file or a link, at most so many a criterion, and each only once."""

    status = 422


@transaction.atomic
def attach_evidence(  # noqa: PLR0913 - a document has that many facts
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    name: str = "",
    number: str = "",
    dated_on: dt.date | None = None,
    upload: File | None = None,
    link: str = "",
    by: User | None,
    at: dt.datetime,
) -> Evidence:
    """Add what proves a claim: a file or a link, with number and date; a file without a name is called after itself.

    Raises Locked, EvidenceRefused (neither file nor link, too many, the same file is there already), FileRefused.
    """
    assessment = lock(assessment)
    refuse_locked(assessment, criterion, at)
    link, name = link.strip(), text.nfc(name) or _named_after(upload, link)
    if not upload and not link:
        raise EvidenceRefused(
            "Chưa thêm được tài liệu: cần một tệp hoặc một liên kết. Các nội dung khác không bị ảnh hưởng."
        )
    _refuse_too_many(assessment, criterion)
    _refuse_twice(assessment, criterion, _digest_of(upload), link, name)
    file = store_file(upload, by=by, at=at, allowed=EVIDENCE) if upload else None
    return _keep(
        Evidence(
            assessment=assessment, criterion=criterion, name=name[:_LONGEST_NAME], number=text.nfc(number),
            dated_on=dated_on, file=file, link=link, added_by=by, added_at=at,
        ),
        "attach_evidence",
    )  # fmt: skip


@transaction.atomic
def reuse_evidence(evidence: Evidence, criterion: Criterion, *, by: User | None, at: dt.datetime) -> Evidence:
    """Let a document of one criterion prove another one of the same assessment too; the file is kept once.

    Raises Locked, EvidenceRefused.
    """
    assessment = lock(evidence.assessment)
    refuse_locked(assessment, criterion, at)
    if evidence.removed_at is not None:
        raise EvidenceRefused(f"Tài liệu “{evidence.name}” đã được gỡ. Đề nghị chọn tài liệu khác.")
    _refuse_too_many(assessment, criterion)
    _refuse_twice(assessment, criterion, evidence.file.sha256 if evidence.file else "", evidence.link, evidence.name)
    return _keep(
        Evidence(
            assessment=assessment, criterion=criterion, name=evidence.name, number=evidence.number,
            dated_on=evidence.dated_on, file=evidence.file, link=evidence.link, added_by=by, added_at=at,
        ),
        "reuse_evidence",
    )  # fmt: skip


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User | None, at: dt.datetime) -> Evidence:
    """Take a piece of evidence out of use; the file and the row stay on record. Raises Locked."""
    assessment = lock(evidence.assessment)
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("criterion").get(pk=evidence.pk)
    refuse_locked(assessment, evidence.criterion, at)
    if evidence.removed_at is None:
        evidence.removed_at, evidence.removed_by = at, by
        evidence.save(update_fields=["removed_at", "removed_by"])
        record(
            "remove_evidence", evidence, by=by, year=assessment.membership.year_id, unit=assessment.membership.unit_id,
            criterion=evidence.criterion.code,
        )  # fmt: skip
    return evidence


def _named_after(upload: File | None, link: str) -> str:
    return text.nfc(PurePath(upload.name or "").stem.replace("_", " ")) if upload else link


def _refuse_too_many(assessment: SelfAssessment, criterion: Criterion) -> None:
    if Evidence.objects.in_use().filter(assessment=assessment, criterion=criterion).count() >= MOST_EVIDENCE:
        raise EvidenceRefused(
            f"Tiêu chí {criterion.code} đã có {MOST_EVIDENCE:02d} tài liệu, là số tối đa. "
            "Cần bỏ bớt trước khi thêm tài liệu này."
        )


def _digest_of(upload: File | None) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks() if upload else ():
        digest.update(chunk)
    return digest.hexdigest() if upload else ""


def _refuse_twice(assessment: SelfAssessment, criterion: Criterion, sha256: str, link: str, name: str) -> None:
    """Refuse the same content twice under one criterion: by the digest of the file, or by name and link."""
    there = Evidence.objects.in_use().filter(assessment=assessment, criterion=criterion)
    same = there.filter(file__sha256=sha256) if sha256 else there.filter(file=None, link=link, name=name)
    found = same.first()
    if found is not None:
        raise EvidenceRefused(
            f"Tiêu chí {criterion.code} đã có tài liệu này, dưới tên “{found.name}” (nội dung giống hệt). "
            "Không thêm lần nữa; các nội dung khác không bị ảnh hưởng."
        )


def _keep(evidence: Evidence, act: str) -> Evidence:
    evidence.save()
    membership = evidence.assessment.membership
    record(
        act, evidence, by=evidence.added_by, year=membership.year_id, unit=membership.unit_id,
        criterion=evidence.criterion.code, sha256=evidence.file.sha256 if evidence.file else "",
    )  # fmt: skip
    return evidence
