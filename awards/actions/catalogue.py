"""The catalogue as data: awards and their conditions, each from a day on, by a text, confirmed by somebody."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from awards.conditions import is_readable
from awards.models import Award, AwardRule, DossierPaper
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Authority, User


class AwardKnown(Refusal):
    """The catalogue has an award with this code."""


class UnreadableRule(Refusal):
    """A condition's value cannot be read, or its source is missing."""

    status = 422


class RuleEnded(Refusal):
    """The condition has ended, or its last day would lie before its first."""


@transaction.atomic
def add_award(  # noqa: PLR0913 - each is one thing that the catalogue states
    authority: Authority,
    *,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    level: str,
    recipient: str,
    legal_basis: str,
    valid_from: dt.date,
    by: User | None,
    most_per_bloc: int | None = None,
    required_papers: Sequence[str] = ("report", "confirmation"),
) -> Award:
    """Put an award of the authority into the catalogue; nobody has confirmed it yet. Raises AwardKnown."""
    if Award.objects.filter(code__iexact=code).exists():
        raise AwardKnown(f"Danh mục đã có mã “{code}”. Đề nghị chọn mã khác; chưa có nội dung nào được ghi.")
    award = Award.objects.create(
        authority=authority,
        code=code.upper(),
        name=text.nfc(name),
        short_name=text.nfc(short_name),
        printed_name=text.nfc(name),
        kind=kind,
        level=level,
        recipient=recipient,
        legal_basis=text.nfc(legal_basis),
        valid_from=valid_from,
        most_per_bloc=most_per_bloc,
        required_papers=_known(required_papers),
        position=Award.objects.count() + 1,
    )
    record("add_award", award, by=by, code=award.code, kind=kind, level=level, valid_from=valid_from)
    return award


@transaction.atomic
def amend_award(
    award: Award,
    *,
    legal_basis: str,
    valid_to: dt.date | None,
    required_papers: Sequence[str],
    most_per_bloc: int | None,
    confirmed_by: str,
    by: User | None,
) -> Award:
    """Correct what an award rests on, until when it holds, its papers, and who has confirmed it ("" takes it back)."""
    award = Award.objects.select_for_update().get(pk=award.pk)
    award.legal_basis, award.valid_to = text.nfc(legal_basis), valid_to
    award.required_papers, award.most_per_bloc = _known(required_papers), most_per_bloc
    award.confirmed_by = text.nfc(confirmed_by)
    award.save(update_fields=["legal_basis", "valid_to", "required_papers", "most_per_bloc", "confirmed_by"])
    record(
        "amend_award",
        award,
        by=by,
        papers=award.required_papers,
        most_per_bloc=most_per_bloc,
        valid_to=valid_to,
        confirmed=award.is_confirmed,
    )
    return award


@transaction.atomic
def record_rule(  # noqa: PLR0913 - each is one thing that a condition states
    award: Award,
    *,
    authority: Authority,
    kind: str,
    value: str,
    hard: bool,
    source: str,
    effective_from: dt.date,
    by: User | None,
    confirmed_by: str = "",
) -> AwardRule:
    """Record a condition of an award for the authority's blocs, from a day on. Raises UnreadableRule."""
    said, basis = text.nfc(value), text.nfc(source)
    if not basis:
        raise UnreadableRule("Đề nghị ghi căn cứ của điều kiện. Chưa có nội dung nào được ghi.")
    if not is_readable(kind, said):
        label = AwardRule.Kind(kind).label
        raise UnreadableRule(f"Giá trị “{said}” không đọc được cho điều kiện “{label}”. Chưa có nội dung nào được ghi.")
    rule = AwardRule.objects.create(
        award=award,
        authority=authority,
        kind=kind,
        value=said,
        hard=hard,
        source=basis,
        effective_from=effective_from,
        confirmed_by=text.nfc(confirmed_by),
    )
    details: dict[str, Any] = {
        "award": award.code,
        "kind": kind,
        "value": said,
        "hard": hard,
        "effective_from": effective_from,
    }
    record("record_rule", rule, by=by, **details, confirmed=rule.is_confirmed)
    return rule


@transaction.atomic
def end_rule(rule: AwardRule, *, until: dt.date, by: User | None) -> AwardRule:
    """End a condition with a day; what was judged before stays as it was judged. Raises RuleEnded."""
    rule = AwardRule.objects.select_for_update(of=("self",)).select_related("award").get(pk=rule.pk)
    if rule.effective_to is not None or until < rule.effective_from:
        raise RuleEnded("Điều kiện đã hết hiệu lực, hoặc ngày kết thúc trước ngày bắt đầu. Không có gì thay đổi.")
    rule.effective_to = until
    rule.save(update_fields=["effective_to"])
    record("end_rule", rule, by=by, award=rule.award.code, kind=rule.kind, until=until)
    return rule


@transaction.atomic
def confirm_rule(rule: AwardRule, *, confirmed_by: str, by: User | None) -> AwardRule:
    """Note who has checked a condition against the text in force. Raises UnreadableRule where nobody is named."""
    who = text.nfc(confirmed_by)
    if not who:
        raise UnreadableRule("Đề nghị ghi người xác nhận. Chưa có nội dung nào được ghi.")
    rule = AwardRule.objects.select_for_update(of=("self",)).select_related("award").get(pk=rule.pk)
    rule.confirmed_by = who
    rule.save(update_fields=["confirmed_by"])
    record("confirm_rule", rule, by=by, award=rule.award.code, kind=rule.kind)
    return rule


def _known(kinds: Sequence[str]) -> list[str]:
    return [kind for kind in DossierPaper.Kind.values if kind in kinds]
