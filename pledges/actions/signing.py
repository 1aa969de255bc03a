"""Each unit signs the frozen text, in its manner: a confirmation here, or ink and seal on paper. Or says why not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import Membership, StoredFile, User
from blocs.workflow import advance
from pledges.actions.drafting import locked
from pledges.actions.filing import file_pledge
from pledges.models import Objection, Pledge, Signature
from pledges.papers import digest_of_text
from pledges.queries import signing_capacity


class NotAwaitingSignatures(Refusal):
    """The pledge is not frozen yet, or everybody has signed."""


class AlreadySigned(Refusal):
    """The unit has signed."""


class TextChanged(Refusal):
    """What the person saw is not the text that is frozen now."""


class NoCapacity(Refusal):
    """The person does not sign for the unit."""

    status = 403


class ScanRefused(Refusal):
    """The record of a signature on paper is incomplete or impossible."""

    status = 422


class ReasonMissing(Refusal):
    """No reason was given."""

    status = 422


@dataclass(frozen=True)
class WetSigner:
    """Who signed for a unit on paper: the capacity as printed, the post, the name; the page of the scan."""

    membership: Membership
    capacity: str
    post: str
    name: str = ""
    page: str = ""


@transaction.atomic
def confirm_pledge(pledge: Pledge, *, membership: Membership, digest: str, by: User, at: dt.datetime) -> Signature:
    """Record that the head, a deputy of the head or an authorised person confirmed exactly the frozen text.

    The view has had the person's identity confirmed again. `digest` is the one that the person saw. It is an internal
    electronic confirmation and never called a digital signature.
    Raises NotAwaitingSignatures, TextChanged, NoCapacity, AlreadySigned, YearClosed.
    """
    pledge = awaiting(pledge)
    if digest != pledge.digest or digest_of_text(pledge.text) != pledge.digest:
        raise TextChanged(
            "Nội dung giao ước đã khác với nội dung vừa xem nên chưa ghi nhận việc ký. Đề nghị mở lại trang và đọc lại."
        )
    capacity = signing_capacity(by, membership, at.date())
    if capacity is None:
        raise NoCapacity(
            "Ký giao ước do Thủ trưởng đơn vị, cấp phó hoặc người được ủy quyền thực hiện; việc ký chưa được ghi nhận."
        )
    signature = Signature(
        pledge=pledge,
        membership=membership,
        manner=Signature.Manner.CONFIRMED,
        person=by,
        name=by.full_name,
        capacity="\n".join(capacity.lines),
        post=capacity.post,
        authorisation=capacity.authorisation,
        digest=pledge.digest,
        signed_on=at.date(),
        signed_at=at,
        recorded_by=by,
        recorded_at=at,
    )
    keep_signature(pledge, signature, at)
    file_pledge(pledge, by=by, on=at.date())
    record(
        "confirm_pledge",
        signature,
        by=by,
        year=pledge.year_id,
        unit=membership.unit_id,
        digest=digest,
        manner=signature.manner,
        capacity=capacity.lines,
    )
    return signature


@transaction.atomic
def record_wet_signature(
    pledge: Pledge, *, signers: Sequence[WetSigner], signed_on: dt.date, scan: File, by: User | None, at: dt.datetime
) -> list[Signature]:
    """Record units that signed and sealed the printed pledge, with one scan of the paper that shows their signatures.

    Raises NotAwaitingSignatures, ScanRefused, AlreadySigned, FileRefused, YearClosed; nothing is kept then.
    """
    pledge = awaiting(pledge)
    _refuse_wet(pledge, signers, signed_on, at.date())
    stored = store_file(scan, by=by, at=at, allowed=PAPERS)
    signatures = [_wet(pledge, signer, signed_on, stored, by, at) for signer in signers]
    for signature in signatures:
        keep_signature(pledge, signature, at)
    file_pledge(pledge, by=by, on=at.date())
    record(
        "record_wet_signature",
        pledge,
        by=by,
        year=pledge.year_id,
        digest=pledge.digest,
        scan=stored.sha256,
        signed_on=signed_on,
        units=[signer.membership.unit_id for signer in signers],
    )
    return signatures


@transaction.atomic
def refuse_pledge(
    pledge: Pledge, *, membership: Membership, reason: str, by: User | None, at: dt.datetime
) -> Objection:
    """Keep a unit's answer that it does not sign, with the reason; it may still sign later.

    Raises NotAwaitingSignatures, AlreadySigned, ReasonMissing, YearClosed.
    """
    pledge = awaiting(pledge)
    refuse_second(pledge, membership)
    if not text.nfc(reason):
        raise ReasonMissing("Chưa ghi lý do chưa ký giao ước. Chưa có nội dung nào được ghi. Đề nghị ghi lý do.")
    _end_objection(pledge, membership, at)
    objection = Objection.objects.create(
        pledge=pledge, membership=membership, reason=text.nfc(reason), made_by=by, made_at=at
    )
    record("refuse_pledge", objection, by=by, year=pledge.year_id, unit=membership.unit_id)
    return objection


def awaiting(pledge: Pledge) -> Pledge:
    """The pledge under lock while units can sign it; part of the acts of signing. Raises NotAwaitingSignatures."""
    pledge = locked(pledge)
    if not pledge.awaits_signatures:
        raise NotAwaitingSignatures(
            f"{pledge} đang ở trạng thái “{pledge.get_state_display()}” nên chưa ghi nhận việc ký. "
            "Đề nghị mở lại trang để xem trạng thái mới nhất."
        )
    return pledge


def refuse_second(pledge: Pledge, membership: Membership) -> None:
    """Raise AlreadySigned, or NoCapacity for a unit of another year; part of the acts of signing."""
    if membership.year_id != pledge.year_id:
        raise NoCapacity("Đơn vị không thuộc các đơn vị ký giao ước này; việc ký chưa được ghi nhận.")
    if pledge.signatures.filter(membership=membership).exists():
        raise AlreadySigned(f"{membership.name} đã ký giao ước này. Phần ký trước được giữ nguyên.")


def _refuse_wet(pledge: Pledge, signers: Sequence[WetSigner], signed_on: dt.date, on: dt.date) -> None:
    if not signers:
        raise ScanRefused("Chưa chọn đơn vị đã ký trên bản chụp. Chưa có nội dung nào được ghi.")
    if signed_on > on:
        raise ScanRefused("Ngày ký không được sau ngày hôm nay. Chưa có nội dung nào được ghi.")
    frozen = pledge.frozen_at
    if frozen is not None and signed_on < frozen.astimezone(text.VIETNAM).date():
        raise ScanRefused(
            f"Ngày ký không được trước ngày khóa nội dung ({text.date(frozen.astimezone(text.VIETNAM).date())}). "
            "Chưa có nội dung nào được ghi."
        )


def _wet(
    pledge: Pledge, signer: WetSigner, signed_on: dt.date, scan: StoredFile, by: User | None, at: dt.datetime
) -> Signature:
    return Signature(
        pledge=pledge,
        membership=signer.membership,
        manner=Signature.Manner.WET,
        capacity=text.nfc(signer.capacity),
        post=text.nfc(signer.post),
        name=text.nfc(signer.name),
        digest=pledge.digest,
        signed_on=signed_on,
        scan=scan,
        page=text.nfc(signer.page),
        recorded_by=by,
        recorded_at=at,
    )


def keep_signature(pledge: Pledge, signature: Signature, at: dt.datetime) -> None:
    """Store a signature and move the pledge on: the first one begins the signing, the last one ends it."""
    refuse_second(pledge, signature.membership)
    signature.save(force_insert=True)
    _end_objection(pledge, signature.membership, at)
    everybody = pledge.signatures.count() == pledge.year.memberships.count()
    if everybody:
        advance(pledge, Pledge.State.SIGNED)
    elif pledge.state == Pledge.State.FROZEN:
        advance(pledge, Pledge.State.SIGNING)


def _end_objection(pledge: Pledge, membership: Membership, at: dt.datetime) -> None:
    pledge.objections.filter(membership=membership, ended_at=None).update(ended_at=at)
