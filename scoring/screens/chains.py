"""What the page of one figure shows: how it came about, and who may still change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from blocs import text
from blocs.models import User
from blocs.rules import may
from scoring.charts import Dot, dot_chart
from scoring.models import Criterion, SelfAssessment
from scoring.models.assessments import SelfAssessmentQuerySet
from scoring.queries import ChainStep
from scoring.queries.timelines import timeline

State = SelfAssessment.State


@dataclass(frozen=True)
class Step:
    """One step of how a figure came about, as the chain prints it."""

    label: str
    figure: str
    note: str


@dataclass(frozen=True)
class LateChange:
    """A change that is still open to the user: at the conference, or by the authority after the lock."""

    page: str
    heading: str
    act: str
    note: str


AT_THE_CONFERENCE = LateChange(
    "scoring:change_agreed",
    "Sửa điểm tại hội nghị",
    "Ghi điểm thống nhất",
    "Lý do hiện trong quá trình của điểm và trong nhật ký.",
)
BY_THE_AUTHORITY = LateChange(
    "scoring:correct_score",
    "Cơ quan tổ chức khối điều chỉnh điểm",
    "Điều chỉnh điểm",
    "Số liệu đã khóa: điều chỉnh được ghi thành một lớp điểm riêng, có ngày và lý do; các lớp trước giữ nguyên. "
    "Thứ hạng của cả Khối được tính lại; các đơn vị được thông báo.",
)


def late_change(assessment: SelfAssessment, user: User) -> LateChange | None:
    """Return the change that the user may make now, None for none."""
    year = assessment.year
    if year.is_past:
        return None
    if assessment.state in {State.REVIEWED, State.AGREED} and may(user, "scoring.agree_scores", year):
        return AT_THE_CONFERENCE
    if assessment.state == State.FINALISED and may(user, "scoring.correct_scores", assessment):
        return BY_THE_AUTHORITY
    return None


def chain_steps(chain: Sequence[ChainStep]) -> list[Step]:
    """Return how a figure came about, a step a layer: what, who, when, why."""
    steps = []
    for step in chain:
        facts = [text.moment(step.at), str(step.by) if step.by else "Người vận hành hệ thống", step.figures]
        facts += [f"lý do: {step.reason}"] if step.reason else []
        facts += [f"giải trình: {step.explanation}"] if step.explanation else []
        label = f"{step.label}, {step.verdict}" if step.verdict else step.label
        steps.append(Step(label, step.points, "; ".join(filter(None, facts))))
    return steps


@dataclass(frozen=True)
class TimelinePart:
    """One criterion through the years: a picture and its table."""

    svg: SafeString
    rows: list[list[tuple[str, str]]]
    columns: tuple[tuple[str, str], ...] = (
        ("Năm", ""), ("Tên đơn vị năm đó", ""), ("Số liệu", ""), ("Điểm", "n"), ("Tối đa", "n"),
    )  # fmt: skip


def timeline_part(
    assessment: SelfAssessment, criterion: Criterion, visible: SelfAssessmentQuerySet
) -> TimelinePart | None:
    """Return the criterion through the years that the reader may see, None where there is one year alone."""
    steps = timeline(assessment, criterion, visible)
    if len({step.year for step in steps}) < 2:  # noqa: PLR2004 - one year is no line
        return None
    dots = [
        Dot(f"{step.year} {step.name}", step.share, f"{step.points}/{step.maximum}")
        for step in steps
        if step.share is not None
    ]
    said = "; ".join(f"{dot.label}: {dot.words}" for dot in dots)
    chart = dot_chart(f"{criterion.code} qua các năm", dots, said)
    rows = [
        [(str(step.year), ""), (step.name, ""), (step.figures, ""), (step.points, "n"), (step.maximum, "n")]
        for step in steps
    ]
    return TimelinePart(mark_safe(chart.svg), rows)  # noqa: S308 - escaped by the chart
