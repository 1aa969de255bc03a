"""Freezing the text for signature, and taking it back before the first one."""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.notices import notify, people_of
from blocs.workflow import advance
from documents.papers import pack
from pledges.actions.drafting import locked
from pledges.actions.filing import file_pledge, take_back_filed
from pledges.gathering import gather_draft
from pledges.models import Pledge
from pledges.papers import canonical_text, digest_of_text
from pledges.queries import missing_before_freezing


class NotReadyToFreeze(Refusal):
    """Something is missing in the draft; the sentence names it."""


@transaction.atomic
def freeze_pledge(pledge: Pledge, *, by: User | None, at: dt.datetime) -> Pledge:
    """Fix the text for signature: keep its content, the canonical text and the digest, and tell every unit.

    Raises NotReadyToFreeze with what is missing, NotNow, YearClosed.
    """
    pledge = locked(pledge)
    if missing := missing_before_freezing(pledge):
        count = text.count(len(missing))
        raise NotReadyToFreeze(f"Chưa thể khóa nội dung vì còn {count} mục chưa hoàn thành: {'; '.join(missing)}.")
    paper = gather_draft(pledge, draft=False)
    words = canonical_text(paper)
    digest = digest_of_text(words)
    advance(pledge, Pledge.State.FROZEN, content=pack(paper), text=words, digest=digest, frozen_at=at, frozen_by=by)
    units = pledge.year.memberships.values_list("unit_id", flat=True)
    notify(
        people_of(*units),
        kind="pledge_frozen",
        year=pledge.year,
        url=reverse("pledges:board", args=[pledge.year.bloc.code, pledge.year.year]),
        text=f"{pledge} đã khóa nội dung, chờ các đơn vị ký.",
    )
    file_pledge(pledge, by=by, on=at.date())
    record("freeze_pledge", pledge, by=by, year=pledge.year_id, digest=digest, revision=pledge.revision)
    return pledge


@transaction.atomic
def unfreeze_pledge(pledge: Pledge, *, reason: str, by: User | None) -> Pledge:
    """Take the text back for revision, while nobody has signed. Raises NotReadyToFreeze without a reason, NotNow."""
    pledge = locked(pledge)
    if not text.nfc(reason):
        raise NotReadyToFreeze("Chưa ghi lý do mở khóa. Nội dung vẫn khóa. Đề nghị ghi lý do.")
    digest = pledge.digest
    take_back_filed(pledge, reason=reason, by=by)
    advance(
        pledge,
        Pledge.State.DRAFT,
        content=None,
        text="",
        digest="",
        frozen_at=None,
        frozen_by=None,
        revision=pledge.revision + 1,
    )
    record("unfreeze_pledge", pledge, by=by, year=pledge.year_id, reason=text.nfc(reason), digest=digest)
    return pledge
