"""How a figure came about: who stated what, when and why, layer by layer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from blocs import text
from blocs.models import User
from scoring.models import LAYERS, Criterion, FieldChange, Score, SelfAssessment
from scoring.queries.formulas import figures_in_words
from scoring.queries.scores import ORDER, member_rows, relative_members_at
from scoring.queries.tables import table_values
from scoring.ranking import Entry, Layer, Table, best_ratios, in_force, leaf_points

_LABELS = dict(LAYERS)


@dataclass(frozen=True)
class LayerStep:
    """One layer of a figure, ready to print: whose, how many points, the facts."""

    label: str
    figure: str
    note: str
    reason: str = ""
    is_claim: bool = False


@dataclass(frozen=True)
class ChainStep:
    """One layer of a figure: the conclusion, the points in force, what was stated, who, when and why."""

    layer: str
    label: str
    verdict: str
    points: str
    figures: str
    by: User | None
    at: dt.datetime
    reason: str
    explanation: str


Chain = Mapping[int, list[LayerStep]]


@dataclass
class Scores:
    """The scores of one assessment by criterion and layer."""

    by_criterion: dict[int, dict[Layer, Score]] = field(default_factory=dict)

    def in_force(self, criterion_id: int, upto: Layer = Layer.CORRECTED) -> Entry:
        """Return what is in force for a criterion at a layer."""
        layers = self.by_criterion.get(criterion_id, {})
        return in_force({layer: score.entry for layer, score in layers.items()}, upto)


def scores_of(assessment: SelfAssessment, criterion: Criterion | None = None) -> Scores:
    """Read the scores of an assessment, of one criterion or of all. One query."""
    rows = Score.objects.filter(assessment=assessment).select_related("by")
    found = Scores()
    for score in rows if criterion is None else rows.filter(criterion=criterion):
        found.by_criterion.setdefault(score.criterion_id, {})[Layer(score.layer)] = score
    return found


def best_by_layer(
    assessment: SelfAssessment, table: Table, layers: Sequence[Layer]
) -> dict[Layer, Mapping[str, Fraction]]:
    """Return R of every RELATIVE leaf at each layer; no query for a table without one."""
    if not table.is_relative:
        return {layer: {} for layer in layers}
    year = assessment.membership.year
    members = member_rows(year)
    return {layer: best_ratios(table, relative_members_at(year, layer, members)) for layer in layers}


def layer_steps(assessment: SelfAssessment, criteria: Sequence[Criterion], scores: Scores, table: Table) -> Chain:
    """Return how every figure came about, for criteria that have more than a claim."""
    used = {layer for layers in scores.by_criterion.values() for layer in layers} - {Layer.CLAIMED}
    if not used:
        return {}
    best = best_by_layer(assessment, table, [layer for layer in ORDER if layer in used | {Layer.CLAIMED}])
    rows = {criterion.pk: criterion for criterion in criteria}
    found: dict[int, list[LayerStep]] = {}
    for pk, layers in scores.by_criterion.items():
        if set(layers) - {Layer.CLAIMED}:
            steps = _steps(rows[pk], layers, scores, table, best)
            found[pk] = [
                LayerStep(step.label, step.points, _note(step), step.reason, step.layer == Layer.CLAIMED)
                for step in steps
            ]
    return found


def _note(step: ChainStep) -> str:
    facts = [text.moment(step.at), str(step.by) if step.by else "", step.verdict, step.figures]
    facts += [f"lý do: {step.reason}"] if step.reason else []
    return "; ".join(filter(None, facts))


def _steps(
    criterion: Criterion,
    layers: Mapping[Layer, Score],
    scores: Scores,
    table: Table,
    best: Mapping[Layer, Mapping[str, Fraction]],
) -> list[ChainStep]:
    steps = []
    for layer in ORDER:
        score = layers.get(layer)
        if score is None:
            continue
        entry = scores.in_force(criterion.pk, layer)
        points: Decimal | None = leaf_points(table, criterion.leaf, entry, best[layer].get(criterion.code))
        verdict = "nhập từ tệp" if score.is_imported else "" if layer is Layer.CLAIMED else score.get_verdict_display()
        steps.append(
            ChainStep(
                layer=layer.value,
                label=_LABELS[layer.value],
                verdict=verdict,
                points=text.number(points, table.decimals),
                figures=figures_in_words(criterion, entry.figures),
                by=score.by,
                at=score.at,
                reason=score.reason,
                explanation=score.explanation,
            )
        )
    return steps


def chain(assessment: SelfAssessment, criterion: Criterion) -> list[ChainStep]:
    """Return how one figure came about: a step a layer, the claim first. Two queries, more for a RELATIVE leaf."""
    scores = scores_of(assessment, criterion)
    layers = scores.by_criterion.get(criterion.pk, {})
    table = table_values(assessment.table)
    best = best_by_layer(assessment, table, list(layers))
    return _steps(criterion, layers, scores, table, best)


def history(assessment: SelfAssessment, criterion: Criterion) -> list[FieldChange]:
    """Return every saved change of a criterion's fields, the earliest first. One query."""
    return list(FieldChange.objects.filter(assessment=assessment, criterion=criterion).select_related("by"))
