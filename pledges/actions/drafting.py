"""Drafting the pledge and taking the members' opinion."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from blocs import text
from blocs.actions.years import open_next_year, refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.workflow import advance
from documents.queries import grounds_for
from pledges.models import Comment, Pledge, PledgeArticle, PledgeTarget, TargetValue
from pledges.papers import FIRST_ARTICLES

LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022."


class PledgeExists(Refusal):
    """The year has its pledge."""


class TextFixed(Refusal):
    """The text is frozen and can no longer be changed."""


class RevisedMeanwhile(Refusal):
    """Somebody else saved the draft in the meantime."""


class NotOpenForComments(Refusal):
    """The members are not being asked for their opinion now."""


@dataclass(frozen=True)
class TargetLine:
    """A target with what each member promises, by primary key of the membership."""

    title: str
    unit: str
    values: Mapping[int, str]


@dataclass(frozen=True)
class PledgeContent:
    """Everything that a draft says."""

    theme: str = ""
    grounds: str = ""
    place: str = ""
    place_name: str = ""
    dated_on: dt.date | None = None
    sign_by: dt.date | None = None
    copies: int | None = None
    with_enterprises: bool = True
    articles: tuple[tuple[str, str], ...] = ()
    targets: tuple[TargetLine, ...] = ()


@transaction.atomic
def draft_pledge(year: BlocYear, *, by: User | None, on: dt.date) -> Pledge:
    """Begin the pledge of a year with the contents of the year before, or with the usual seven.

    Raises PledgeExists, YearClosed.
    """
    refuse_past(year)
    if Pledge.objects.filter(year=year).exists():
        raise PledgeExists(f"Giao ước thi đua năm {year.year} đã có. Không có nội dung nào bị thay đổi.")
    before = Pledge.objects.filter(year__bloc=year.bloc_id, year__year=year.year - 1).first()
    pledge = Pledge.objects.create(
        year=year,
        grounds=before.grounds if before else _grounds(max(on, dt.date(year.year, 1, 1))),
        copies=year.memberships.count() + 1,
    )
    articles = before.articles.values_list("title", "commitment") if before else FIRST_ARTICLES
    _write_articles(pledge, tuple(articles))
    _copy_targets(pledge, before)
    record("draft_pledge", pledge, by=by, year=year.pk)
    return pledge


@transaction.atomic
def draft_next_pledge(year: BlocYear, *, by: User | None, on: dt.date) -> Pledge:
    """Begin the pledge of the year after this one, opening that year when it is not open yet."""
    return draft_pledge(open_next_year(year, by=by, on=on), by=by, on=on)


@transaction.atomic
def revise_pledge(pledge: Pledge, *, content: PledgeContent, revision: int, by: User | None) -> Pledge:
    """Save the draft as a whole. `revision` is the one that was read: a later one is not overwritten.

    Raises TextFixed once frozen, RevisedMeanwhile, YearClosed.
    """
    pledge = locked(pledge)
    if pledge.is_frozen:
        raise TextFixed("Nội dung giao ước đã khóa để ký nên không sửa được. Nội dung vừa nhập chưa được lưu.")
    if pledge.revision != revision:
        raise RevisedMeanwhile(
            "Dự thảo vừa được người khác lưu. Nội dung vừa nhập chưa được lưu. "
            "Đề nghị mở dự thảo ở cửa sổ khác để xem bản mới, rồi nhập lại phần cần sửa."
        )
    for name in ("theme", "grounds", "place", "place_name"):
        setattr(pledge, name, text.nfc(getattr(content, name)))
    for name in ("dated_on", "sign_by", "copies", "with_enterprises"):
        setattr(pledge, name, getattr(content, name))
    pledge.revision += 1
    pledge.save()
    _write_articles(pledge, content.articles)
    _write_targets(pledge, content.targets)
    counts = {"articles": len(content.articles), "targets": len(content.targets)}
    record("revise_pledge", pledge, by=by, year=pledge.year_id, revision=pledge.revision, **counts)
    return pledge


@transaction.atomic
def open_comment(pledge: Pledge, *, by: User | None) -> Pledge:
    """Show the draft to the members and ask for their opinion. Raises NotNow, YearClosed."""
    pledge = locked(pledge)
    advance(pledge, Pledge.State.COMMENT)
    record("open_comment", pledge, by=by, year=pledge.year_id, revision=pledge.revision)
    return pledge


@transaction.atomic
def comment_pledge(pledge: Pledge, *, membership: Membership, words: str, by: User | None, at: dt.datetime) -> Comment:
    """Keep a member's opinion on the draft. Raises NotOpenForComments, YearClosed."""
    pledge = locked(pledge)
    if pledge.state != Pledge.State.COMMENT or not text.nfc(words):
        raise NotOpenForComments(
            "Ý kiến chưa được ghi: giao ước không ở giai đoạn lấy ý kiến, hoặc nội dung ý kiến còn trống."
        )
    comment = Comment.objects.create(pledge=pledge, membership=membership, text=text.nfc(words), made_by=by, made_at=at)
    record("comment_pledge", comment, by=by, year=pledge.year_id, unit=membership.unit_id)
    return comment


def locked(pledge: Pledge) -> Pledge:
    """The pledge under lock, its year not yet past; part of every act."""
    pledge = Pledge.objects.select_for_update(of=("self",)).select_related("year__bloc__authority").get(pk=pledge.pk)
    refuse_past(pledge.year)
    return pledge


def _grounds(on: dt.date) -> str:
    """The grounds in force when the pledge begins to bind, however early it is drafted."""
    return "\n".join(grounds_for("pledge", on)) or LAW


def _write_articles(pledge: Pledge, articles: tuple[tuple[str, str], ...]) -> None:
    pledge.articles.all().delete()
    PledgeArticle.objects.bulk_create(
        PledgeArticle(pledge=pledge, position=place, title=text.nfc(title), commitment=text.nfc(commitment))
        for place, (title, commitment) in enumerate(articles, start=1)
    )


def _write_targets(pledge: Pledge, targets: tuple[TargetLine, ...]) -> None:
    TargetValue.objects.filter(target__pledge=pledge).delete()
    pledge.targets.all().delete()
    for place, line in enumerate(targets, start=1):
        target = PledgeTarget.objects.create(
            pledge=pledge, position=place, title=text.nfc(line.title), unit=text.nfc(line.unit)
        )
        TargetValue.objects.bulk_create(
            TargetValue(target=target, membership_id=member, value=text.nfc(value))
            for member, value in line.values.items()
            if text.nfc(value)
        )


def _copy_targets(pledge: Pledge, before: Pledge | None) -> None:
    """Take over which targets there were; what each member promises is new every year."""
    targets = before.targets.values_list("title", "unit") if before else ()
    _write_targets(pledge, tuple(TargetLine(title, unit, {}) for title, unit in targets))
