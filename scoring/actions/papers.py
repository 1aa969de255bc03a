"""Papers about the scores, handed to documents and printed."""

import datetime as dt

from blocs.actions.years import refuse_past
from blocs.errors import Refusal
from blocs.models import BlocYear, Unit, User
from blocs.standing import leadership_of
from documents.actions import draft_document, request_printing
from documents.models import Document
from scoring.gathering import consolidated_tables, score_sheet
from scoring.models import SelfAssessment


class NobodyLeads(Refusal):
    """No unit leads the year, so nobody can issue the paper."""


def print_consolidated(year: BlocYear, *, by: User | None, at: dt.datetime) -> Document:
    """Make the consolidated table as a paper of the leader and have it printed (Xuất PDF). Raises YearClosed, NobodyLeads.

    Before the deadline the members may not read each other's figures, on paper neither: then it is for the leader and
    the authority only.
    """
    refuse_past(year)
    leader = Unit.objects.filter(pk=leadership_of(year).leader or 0).first()
    if leader is None:
        raise NobodyLeads(
            f"Năm {year.year} chưa có {year.bloc.leader_word} nên chưa lập được bảng tổng hợp để in. "
            "Điểm không thay đổi. Đề nghị cơ quan tổ chức khối ghi đơn vị làm nhiệm vụ này."
        )
    due = year.assessments_due_at
    hidden = year.hides_claims_until_due and due is not None and at <= due
    document = draft_document(
        year, kind=Document.Kind.CONSOLIDATED_TABLE, paper=consolidated_tables(year), unit=leader,
        audience=Document.Audience.AUTHORITY if hidden else Document.Audience.YEAR, by=by, on=at.date(),
    )  # fmt: skip
    return request_printing(document, by=by, at=at)


def print_score_sheet(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> Document:
    """Make a member's score sheet as a paper of the unit and have it printed (Xuất PDF). Raises YearClosed."""
    document = draft_document(
        assessment.year, kind=Document.Kind.SCORE_SHEET, paper=score_sheet(assessment), unit=assessment.membership.unit,
        audience=Document.Audience.UNIT, about=f"assessment:{assessment.pk}", by=by, on=at.date(),
    )  # fmt: skip
    return request_printing(document, by=by, at=at)
