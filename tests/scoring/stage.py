"""The stage of scoring: the cast's year with a small table of every method, and assessments at every step."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.clock import at
from scoring.actions.agreeing import agree_all, finalise
from scoring.actions.evidence import attach_evidence
from scoring.actions.filling import record_figure, start_assessment
from scoring.actions.reviewing import conclude_review
from scoring.actions.sending import approve_and_send, present_to_head
from scoring.actions.tables import import_criteria
from scoring.actions.targets import approve_target, set_target
from scoring.parameters import parse_params
from scoring.plans import CriterionRow, TablePlan, TableProperties
from scoring.points import Kind, Method
from tests.cast import make_cast

NOW = at(dt.date(2024, 12, 5), 9)
DUE = at(dt.date(2024, 12, 15), 17)
LATER = DUE + dt.timedelta(seconds=1)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FILLED = {
    "I.1": {"actual": "90"},
    "I.2": {"points": "3,5"},
    "I.3": {"level": "có"},
    "II.1": {"level": "2"},
    "II.2": {"count": "3"},
    "II.3": {"plus": "2", "minus": "1"},
    "II.4": {"actual": "110"},
    "III.1": {"count": "1"},
    "IV.1": {"count": "0"},
}


def row(code, title, maximum=None, method=None, params="", kind=None, *, proof=False):
    """Write one row of a table to be."""
    parsed = {"params": parse_params(method or Method.POINTS, params)}
    return CriterionRow(
        code=code,
        parent=code.rpartition(".")[0] or None,
        title=title,
        kind=kind,
        method=method,
        **parsed,
        max_points=None if maximum is None else Decimal(maximum),
        measure="vụ việc",
        evidence_required=proof,
    )


def small_table():
    """Return a table of 40 base points with every method, one bonus and one deduction leaf."""
    return TablePlan(
        (
            row("I", "Nhóm một"),
            row("I.1", "Theo tỷ lệ", "10", Method.RATIO, proof=True),
            row("I.2", "Chấm trực tiếp", "5", Method.POINTS, "step=0.25"),
            row("I.3", "Đạt hay không", "5", Method.ACHIEVED),
            row("II", "Nhóm hai"),
            row("II.1", "Theo mức", "5", Method.RUBRIC, "levels=1/0.5/0"),
            row("II.2", "Theo số lượng", "5", Method.PER_UNIT, "per_unit=1"),
            row("II.3", "Cộng, trừ", "5", Method.ADJUST, "bonus=2;penalty=1;min=-2"),
            row("II.4", "So với đơn vị cao nhất", "5", Method.RELATIVE),
            row("III", "Điểm thưởng", kind=Kind.BONUS),
            row("III.1", "Sáng kiến", "2", Method.PER_UNIT, "per_unit=1"),
            row("IV", "Điểm trừ", kind=Kind.DEDUCTION),
            row("IV.1", "Chậm", "2", Method.PER_UNIT, "per_unit=0.5"),
        ),
        TableProperties(
            bonus_cap=Decimal(1),
            tie_breaks=("base", "I"),
            grades=(("Tốt", Decimal(30)), ("Khá", Decimal(0))),
            blocking=("no_pledge",),
        ),
    )


class Stage:
    """A year with its table adopted and its targets approved; acts in short words."""

    def __init__(self, members=3):
        self.cast = make_cast(members)
        self.year = self.cast.year
        self.table = import_criteria(self.year, small_table(), by=None, at=NOW)
        self.criteria = {criterion.code: criterion for criterion in self.table.criteria.all()}
        for membership in self.cast.memberships.values():
            for code in ("I.1", "II.4"):
                target = set_target(membership, self.criteria[code], value=Decimal(100), by=None, at=NOW)
                approve_target(target, by=None, at=NOW)

    def membership(self, number):
        return self.cast.memberships[f"BQL-{number}"]

    def officer(self, number):
        return self.cast.officers[f"BQL-{number}"]

    def head(self, number):
        return self.cast.heads[f"BQL-{number}"]

    def start(self, number):
        return start_assessment(self.membership(number), by=self.officer(number), at=NOW)

    def type(self, assessment, code, field, typed, *, by=None, at=NOW, **more):
        return record_figure(assessment, self.criteria[code], field=field, typed=typed, by=by, at=at, **more)

    def fill(self, number, **changes):
        """Fill the whole table in, I.1 with its proof; `changes` replaces figures by code ("I_1")."""
        assessment = self.start(number)
        figures = FILLED | {code.replace("_", "."): typed for code, typed in changes.items()}
        for code, fields in figures.items():
            for field, typed in fields.items():
                self.type(assessment, code, field, typed, by=self.officer(number))
        attach_evidence(
            assessment,
            self.criteria["I.1"],
            name="Báo cáo",
            link="https://tinh.example/bc",
            by=self.officer(number),
            at=NOW,
        )
        return assessment

    def send(self, number, **changes):
        """Fill in, present, approve and send."""
        assessment = self.fill(number, **changes)
        present_to_head(assessment, by=self.officer(number), at=NOW)
        return approve_and_send(assessment, by=self.head(number), at=NOW)

    def send_all(self):
        return [self.send(number) for number in range(1, len(self.cast.memberships) + 1)]

    def reviewer(self, number):
        return self.head(2) if number == 1 else self.head(1)

    def conclude_all(self):
        for number in range(1, len(self.cast.memberships) + 1):
            conclude_review(self.membership(number).assessment, by=self.reviewer(number), at=NOW)

    def finalise_all(self):
        """Send, review, agree and lock the whole bloc."""
        self.send_all()
        self.conclude_all()
        agree_all(self.year, by=self.head(1), at=NOW)
        finalise(self.year, by=self.head(1), at=NOW)


def pdf(name="ban-ky.pdf"):
    """Return a small PDF as an upload."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@pytest.fixture
def stage(db):
    """Set the stage."""
    return Stage()
