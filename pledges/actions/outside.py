"""Signing outside by turns: the file is made with all its fields, each unit adds its signature to the bytes before."""

import datetime as dt

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PDF, store_bytes, store_file
from blocs.jobs import enqueue, long_job
from blocs.models import Membership, User
from blocs.text import VIETNAM
from blocs.workflow import advance
from documents.papers import PledgePaper
from documents.printing import print_with_places
from documents.sealing import Verdict, examine_apart, prepare_fields
from documents.sealing.seals import FIELD
from pledges.actions.filing import file_pledge
from pledges.actions.signing import awaiting, keep_signature, refuse_second
from pledges.gathering import gather_pledge
from pledges.models import Pledge, Signature, SigningFile
from pledges.queries.outside import content_of, current_file, lacking, new_findings


class FileNotReady(Refusal):
    """There is no file to sign yet, or another one is being checked."""


class NotThisFile(Refusal):
    """The file handed in does not extend the one that goes round."""

    status = 422


def prepare_signing_file(pledge: Pledge, *, by: User | None, at: dt.datetime) -> SigningFile:
    """Make the PDF of the frozen text with one empty signature field for each unit; the one that exists is returned.

    Takes a second or two, outside any transaction. Raises NotAwaitingSignatures, YearClosed, PrinterMissing.
    """
    with transaction.atomic():
        pledge = awaiting(pledge)
    if existing := current_file(pledge):
        return existing
    paper = gather_pledge(pledge)
    content, places = print_with_places(_empty(paper))
    content = prepare_fields(content, places, folder=settings.SEAL_FOLDER, passphrase=settings.SEAL_PASSPHRASE)
    return _keep_prepared(pledge, content=content, by=by, at=at)


@transaction.atomic
def _keep_prepared(pledge: Pledge, *, content: bytes, by: User | None, at: dt.datetime) -> SigningFile:
    pledge = awaiting(pledge)
    if existing := current_file(pledge):
        return existing
    name = f"giao-uoc-{pledge.year.year}-ky-so.pdf"
    stored = store_bytes(content, name, content_type=PDF, by=by, at=at)
    kept = SigningFile.objects.create(
        pledge=pledge,
        state=SigningFile.State.PREPARED,
        digest=pledge.digest,
        file=stored,
        uploaded_by=by,
        uploaded_at=at,
    )
    record("prepare_signing_file", kept, by=by, year=pledge.year_id, digest=pledge.digest, sha256=stored.sha256)
    return kept


@transaction.atomic
def hand_in_signed_file(
    pledge: Pledge, *, membership: Membership, upload: File, by: User | None, at: dt.datetime
) -> SigningFile:
    """Take in the file that a unit signed; it must extend the current bytes. The worker then looks at its signatures.

    Raises NotAwaitingSignatures, FileNotReady, NotThisFile (naming whose signatures it lacks), AlreadySigned,
    FileRefused, YearClosed.
    """
    pledge = awaiting(pledge)
    refuse_second(pledge, membership)
    current = current_file(pledge)
    if current is None or pledge.signing_files.filter(state=SigningFile.State.CHECKING).exists():
        raise FileNotReady(
            "Chưa có tệp để ký, hoặc tệp của đơn vị khác đang được kiểm tra. Tệp vừa chọn chưa được ghi nhận. "
            "Đề nghị chờ ít phút, tải tệp mới nhất về ký rồi tải lên."
        )
    stored = store_file(upload, by=by, at=at, allowed=frozenset({PDF}))
    _refuse_other(pledge, current, content_of(stored))
    handed = SigningFile.objects.create(
        pledge=pledge, state=SigningFile.State.CHECKING, digest=pledge.digest, file=stored, membership=membership,
        uploaded_by=by, uploaded_at=at,
    )  # fmt: skip
    enqueue(check_signed_file, signing_file_id=handed.pk)
    record("hand_in_signed_file", handed, by=by, year=pledge.year_id, unit=membership.unit_id, sha256=stored.sha256)
    return handed


def _refuse_other(pledge: Pledge, current: SigningFile, content: bytes) -> None:
    before = content_of(current.file)
    if content == before:
        raise NotThisFile("Tệp tải lên chưa có thêm chữ ký nào so với tệp hiện có. Đề nghị ký tệp rồi tải lên.")
    if content.startswith(before):
        return
    names = lacking(pledge, content)
    if names is None:
        raise NotThisFile(
            "Tệp tải lên không phải tệp giao ước đang ký: phần đầu của tệp khác với tệp hệ thống đã lập (có thể phần mềm "
            "đã lưu lại tệp khi ký). Tệp chưa được ghi nhận. Đề nghị tải tệp mới nhất về, ký bổ sung rồi tải lên."
        )
    raise NotThisFile(
        f"Tệp tải lên thiếu chữ ký của: {'; '.join(names)}. Tệp chưa được ghi nhận. "
        "Đề nghị tải tệp mới nhất về, ký rồi tải lên."
    )


@long_job
def check_signed_file(*, signing_file_id: int) -> None:
    """Look at the signatures of a file that was handed in, apart and with limits, then take it over or refuse it."""
    handed = SigningFile.objects.select_related("file").get(pk=signing_file_id)
    if handed.state == SigningFile.State.CHECKING:
        decide_signed_file(handed, verdict=examine_apart(content_of(handed.file), settings.TRUST_FOLDER))


@transaction.atomic
def decide_signed_file(handed: SigningFile, *, verdict: Verdict) -> SigningFile:
    """Record the signatures that the file adds when all of them hold; else refuse it, in words for the unit."""
    pledge = Pledge.objects.select_for_update(of=("self",)).select_related("year__bloc").get(pk=handed.pledge_id)
    handed = SigningFile.objects.select_for_update(of=("self",)).select_related("file", "membership").get(pk=handed.pk)
    current = current_file(pledge)
    added = list(new_findings(verdict, current)) if current else []
    remark = _why_not(verdict, added)
    if remark or not pledge.awaits_signatures:
        advance(
            handed, SigningFile.State.REFUSED, verdict=verdict.as_json(), remark=remark or "Giao ước không còn chờ ký."
        )
    else:
        said = [_sign(pledge, handed, *one) for one in added]
        advance(handed, SigningFile.State.ACCEPTED, verdict=verdict.as_json(), remark=" ".join(said)[:600])
        file_pledge(pledge, by=handed.uploaded_by, on=handed.uploaded_at.astimezone(VIETNAM).date())
    record(
        "decide_signed_file", handed, by=handed.uploaded_by, year=pledge.year_id, state=handed.state, added=len(added)
    )
    return handed


def _why_not(verdict: Verdict, added: list[tuple[str, str, str]]) -> str:
    if verdict.error:
        return verdict.error
    broken = [one for one in verdict.findings if not one.holds]
    if broken:
        return f"Chữ ký của {broken[0].signer or broken[0].field}: {broken[0].sentence}"
    return "" if added else "Tệp không có thêm chữ ký số nào."


def _sign(pledge: Pledge, handed: SigningFile, field: str, signer: str, sentence: str) -> str:
    """One signature found in the file, recorded for the unit of its field, or of who handed the file in."""
    members = list(pledge.year.memberships.select_related("unit"))
    own = {FIELD.format(number): member for number, member in enumerate(members, start=1)}.get(field)
    member = own or handed.membership
    if member is None or pledge.signatures.filter(membership=member).exists():
        return f"{signer}: chữ ký thêm, không tính cho đơn vị nào."
    title = member.unit.head_title
    outside = "" if own else " Chữ ký nằm ở ô do phần mềm ký tạo thêm."
    signature = Signature(
        pledge=pledge, membership=member, manner=Signature.Manner.DIGITAL, capacity=title.upper(), post=title,
        name=signer[:250], digest=pledge.digest, signed_on=handed.uploaded_at.astimezone(VIETNAM).date(),
        scan=handed.file, verdict=f"{sentence}{outside}"[:400], recorded_by=handed.uploaded_by,
        recorded_at=handed.uploaded_at,
    )  # fmt: skip
    keep_signature(pledge, signature, handed.uploaded_at)
    return f"{member}: {sentence}{outside}"


def _empty(paper: PledgePaper) -> PledgePaper:
    """The pledge with its boxes as they were when it was frozen: nobody's mark is printed into the file to sign."""
    return paper.unsigned
