"""2024 in mid-flow, as it might look on 05/12/2024: some tables sent, some being filled in, one asked to be completed."""

import datetime as dt

from django.core.files.base import ContentFile

from blocs.actions.guidance import record_guidance
from blocs.actions.year_settings import settle_year
from blocs.actions.years import start_year
from blocs.clock import at
from blocs.models import BlocYear
from home.demo.figures import YEAR_2024, result_rows, target_rows
from home.demo.loading import adopt_sample, load_results, load_targets
from home.demo.people import Cast
from home.demo.pledges import made_up_scan
from scoring.actions.completing import request_completion
from scoring.actions.evidence import attach_evidence
from scoring.actions.reviewing import conclude_review, review_score, start_review
from scoring.actions.sending import approve_and_send, present_to_head, send_by_signed_copy
from scoring.models import Score, SelfAssessment

LEFT_OUT = {"BQL-BG": ("I.2", "III.1", "V.4"), "BQL-TQ": ("VI.2",), "BQL-YB": ()}
SENT = {
    "BQL-HB": at(dt.date(2024, 12, 2), 15, 40),
    "BQL-BK": at(dt.date(2024, 12, 2), 10, 5),
    "BQL-TN": at(dt.date(2024, 12, 3), 8, 30),
    "BQL-PT": at(dt.date(2024, 12, 3), 16, 20),
}


def tell_2024(year: BlocYear, cast: Cast) -> BlocYear:
    """Tell the year 2024 until 05/12/2024."""
    year = _settle(year)
    _guide(year, cast)
    adopt_sample(year, at(dt.date(2024, 3, 4), 9))
    load_targets(year, target_rows(YEAR_2024), at(dt.date(2024, 3, 20), 9))
    rows = result_rows(YEAR_2024, later=False, without=LEFT_OUT)
    drafts = load_results(year, rows, SelfAssessment.State.DRAFT, at(dt.date(2024, 11, 25), 9))
    by_code = {draft.membership.unit.code: draft for draft in drafts}
    for code, draft in by_code.items():
        _prove(draft, leave_out=("VII.3",) if code == "BQL-BG" else ())
    _send(by_code, cast)
    _review(by_code, cast)
    return year


def _settle(year: BlocYear) -> BlocYear:
    year = settle_year(
        year, by=None, assessments_open_on=dt.date(2024, 11, 20),
        assessments_due_at=at(dt.date(2024, 12, 15), 17), review_due_on=dt.date(2024, 12, 25),
        midyear_on=dt.date(2024, 7, 12), conference_on=dt.date(2025, 1, 8), submission_due_on=dt.date(2025, 1, 20),
    )  # fmt: skip
    return start_year(year, by=None) if year.state == BlocYear.State.PREPARING else year


def _guide(year: BlocYear, cast: Cast) -> None:
    record_guidance(
        year, title="Công văn hướng dẫn tổng kết năm 2024", issuer=cast.authority.name, quotas={"FLAG": 1, "CERTIFICATE": 2},
        submission_due_on=dt.date(2025, 1, 20), is_illustrative=True, by=None, at=at(dt.date(2024, 11, 5), 9),
    )  # fmt: skip


def _prove(draft: SelfAssessment, leave_out: tuple[str, ...]) -> None:
    """Attach one made-up document to every claim that needs one."""
    moment = at(dt.date(2024, 11, 28), 14)
    claimed = set(draft.scores.values_list("criterion__code", flat=True))
    for criterion in draft.table.criteria.filter(evidence_required=True).exclude(method=""):
        if criterion.code in claimed and criterion.code not in leave_out:
            scan = ContentFile(
                made_up_scan(f"Tai lieu minh hoa {criterion.code}"), name=f"minh-hoa-{criterion.code}.pdf"
            )
            name = criterion.evidence_hint.split(";")[0].split(",")[0] or "Tài liệu minh chứng"
            attach_evidence(draft, criterion, name=f"{name} (minh họa)", upload=scan, by=None, at=moment)


def _send(drafts: dict[str, SelfAssessment], cast: Cast) -> None:
    for code, moment in SENT.items():
        if code == "BQL-PT":
            scan = ContentFile(
                made_up_scan("Ban chup minh hoa: bang tu cham diem"), name="bang-tu-cham-da-ky-minh-hoa.pdf"
            )
            send_by_signed_copy(
                drafts[code], scan=scan, signed_by="Trưởng ban Ban Quản lý Phú Thọ", signed_on=moment.date(),
                by=cast.officers[code], at=moment,
            )  # fmt: skip
            continue
        present_to_head(drafts[code], by=cast.officers[code], at=moment - dt.timedelta(hours=2))
        approve_and_send(drafts[code], by=cast.heads[code], at=moment)
    present_to_head(drafts["BQL-YB"], by=cast.officers["BQL-YB"], at=at(dt.date(2024, 12, 4), 16))


def _review(drafts: dict[str, SelfAssessment], cast: Cast) -> None:
    """Tuyên Quang, the leader, has reviewed one table, asked one to be completed, and begun a third."""
    leader, moment = cast.officers["BQL-TQ"], at(dt.date(2024, 12, 4), 9)
    for code in ("BQL-HB", "BQL-BK", "BQL-TN"):
        start_review(drafts[code], by=leader, at=moment)
    criterion = drafts["BQL-HB"].table.criteria.get(code="V.2")
    review_score(
        drafts["BQL-HB"], criterion, verdict=Score.Verdict.POINTS, points="2,70",
        reason="Thống kê một cửa ghi tỷ lệ thấp hơn số kê khai.", by=leader, at=moment,
    )  # fmt: skip
    conclude_review(drafts["BQL-HB"], by=leader, at=moment + dt.timedelta(hours=1))
    asked = list(drafts["BQL-BK"].table.criteria.filter(code__in=["III.1", "VII.2"]))
    request_completion(
        drafts["BQL-BK"], criteria=asked, due_at=at(dt.date(2024, 12, 10), 17), by=leader, at=moment,
        reason="Đề nghị bổ sung kết quả quan trắc quý IV và danh sách mô hình được công nhận.",
    )  # fmt: skip
