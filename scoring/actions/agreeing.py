"""From reviewed to agreed to locked: what the conference settles, and what only the authority may still correct."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, User
from blocs.notices import notify, people_of
from blocs.workflow import NotNow, advance
from scoring.actions.dossiers import lock, refuse_own
from scoring.actions.reviewing import log_review, write_layer
from scoring.addresses import of_year
from scoring.models import Criterion, Result, Score, SelfAssessment
from scoring.queries.digests import sheet_digest
from scoring.queries.standings import standings
from scoring.ranking import Layer

State = SelfAssessment.State


class NotAllAgreed(Refusal):
    """Scores are locked for the whole bloc at once."""


@transaction.atomic
def agree_scores(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Write down that the bloc agreed on one member's scores (Ghi điểm thống nhất)."""
    assessment = lock(assessment)
    assessment = advance(assessment, State.AGREED, agreed_at=at)
    log_review("agree_scores", assessment, by, digest=sheet_digest(assessment))
    return assessment


@transaction.atomic
def agree_all(year: BlocYear, *, by: User | None, at: dt.datetime) -> int:
    """Write down that the bloc agreed on the scores of every reviewed member. Returns how many."""
    refuse_past(year)
    reviewed = SelfAssessment.objects.filter(membership__year=year, state=State.REVIEWED).order_by("pk")
    return len([agree_scores(assessment, by=by, at=at) for assessment in reviewed])


@transaction.atomic
def change_agreed(
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    figures: Mapping[str, str] | None = None,
    points: str | None = None,
    reason: str,
    by: User | None,
    at: dt.datetime,
) -> Score:
    """Change one score at the conference, with a reason: of a reviewed or an agreed member, before the lock.

    Nobody changes the scores of its own unit. Raises OwnAssessment, NotNow, NoReason, BadFigure.
    """
    assessment = lock(assessment)
    refuse_own(assessment, by)
    if assessment.state not in {State.REVIEWED, State.AGREED}:
        raise NotNow(
            f"Chưa ghi được điểm thống nhất: bảng đang ở trạng thái “{assessment.get_state_display()}”. "
            "Không có nội dung nào bị thay đổi."
        )
    score = _change(assessment, criterion, Layer.AGREED, figures, points, reason, by, at)
    log_review(
        "change_agreed", assessment, by, criterion=criterion.code, verdict=score.verdict, override=score.override,
        reason=score.reason,
    )  # fmt: skip
    return score


def _change(  # noqa: PLR0917 - what a later layer says of one criterion
    assessment: SelfAssessment,
    criterion: Criterion,
    layer: Layer,
    figures: Mapping[str, str] | None,
    points: str | None,
    reason: str,
    by: User | None,
    at: dt.datetime,
) -> Score:
    verdict = Score.Verdict.FIGURES if figures else Score.Verdict.POINTS
    return write_layer(
        assessment, criterion, layer, verdict=verdict, figures=figures, points=points, reason=reason, by=by, at=at
    )


@transaction.atomic
def finalise(year: BlocYear, *, by: User | None, at: dt.datetime) -> int:
    """Lock the agreed scores of the whole bloc and keep total, rank and grade of each member. Raises NotAllAgreed."""
    year = BlocYear.objects.select_for_update().select_related("bloc").get(pk=year.pk)
    refuse_past(year)
    assessments = list(
        SelfAssessment.objects.select_for_update(of=("self",))
        .filter(membership__year=year)
        .select_related("membership")
    )
    agreed = [assessment for assessment in assessments if assessment.state == State.AGREED]
    ready = len([one for one in assessments if one.state in {State.AGREED, State.FINALISED}])
    if ready < year.memberships.count() or not agreed:
        waiting = year.memberships.exclude(assessment__state__in=[State.AGREED, State.FINALISED])
        named = "; ".join(waiting.values_list("name", flat=True)) or "tất cả đơn vị đã khóa"
        raise NotAllAgreed(
            f"Chưa khóa được số liệu vì còn đơn vị chưa thống nhất điểm: {named}. Điểm đã ghi vẫn được giữ."
        )
    for assessment in agreed:
        advance(assessment, State.FINALISED, finalised_at=at, digest=sheet_digest(assessment))
    _keep_results(year, at)
    people = people_of(*year.memberships.values_list("unit_id", flat=True))
    sentence = f"Điểm thi đua năm {year.year} đã được khóa số liệu."
    notify(people, kind="scores_finalised", text=sentence, url=of_year("consolidated", year), year=year)
    digests = {str(assessment.membership_id): assessment.digest for assessment in agreed}
    record("finalise_scores", year, by=by, year=year.pk, members=len(agreed), digests=digests)
    return len(agreed)


def _keep_results(year: BlocYear, at: dt.datetime) -> None:
    for row in standings(year).rows:
        Result.objects.update_or_create(
            membership_id=row.membership_id,
            defaults={
                "total": row.total,
                "rank": row.rank,
                "grade": row.grade or "",
                "source": Result.Source.FINALISED,
                "at": at,
            },
        )


@transaction.atomic
def correct_score(
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    figures: Mapping[str, str] | None = None,
    points: str | None = None,
    reason: str,
    by: User | None,
    at: dt.datetime,
) -> Score:
    """The authority corrects one locked score, with a reason; the whole bloc's standings follow.

    Raises NotNow before the scores are locked, NoReason, BadFigure.
    """
    assessment = lock(assessment)
    refuse_own(assessment, by)
    if assessment.state != State.FINALISED:
        raise NotNow(
            "Cơ quan tổ chức khối điều chỉnh điểm sau khi khóa số liệu; trước đó điểm do Khối thẩm định, thống nhất. "
            "Không có nội dung nào bị thay đổi."
        )
    score = _change(assessment, criterion, Layer.CORRECTED, figures, points, reason, by, at)
    year = assessment.membership.year
    SelfAssessment.objects.filter(membership__year=year, state=State.FINALISED).update(corrected_at=at)
    _keep_results(year, at)
    sentence = f"Cơ quan tổ chức khối điều chỉnh điểm tiêu chí {criterion.code} của {assessment.membership.name}: {score.reason}"
    people = people_of(*year.memberships.values_list("unit_id", flat=True))
    notify(people, kind="score_corrected", text=sentence, url=of_year("consolidated", year), year=year)
    log_review(
        "correct_score", assessment, by, criterion=criterion.code, verdict=score.verdict, override=score.override,
        reason=score.reason,
    )  # fmt: skip
    return score
