"""One nomination from all sides: its papers, the checks against the rules, and the chain of what happened."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from awards.eligibility import Rule
from awards.models import (
    AchievementReport,
    CouncilResult,
    DossierPaper,
    Nomination,
    RequestedItem,
    RequestForMore,
    Review,
    Submission,
)
from awards.models.submissions import printed_score
from awards.queries.candidates import Eligibility, eligibility
from awards.queries.earlier import given_before
from blocs import text

CONFIRMED, WARNED, MISSING = ("Đạt", "s-ok"), ("Lưu ý", "s-fix"), ("Thiếu", "s-late")
Happening = tuple[dt.datetime, str, str]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: the verdict with its colour, what was found, where it stands."""

    verdict: str
    css: str
    sentence: str
    source: str

    @property
    def is_passed(self) -> bool:
        """Whether nothing is to be said against it."""
        return self.css == CONFIRMED[1]


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, what, the reason or figures."""

    when: str
    what: str
    note: str = ""


@dataclass(frozen=True)
class Dossier:
    """A nomination with everything that a page shows of it."""

    nomination: Nomination
    papers: list[DossierPaper]
    checks: list[Check]
    chain: list[Step]
    requests: list[RequestForMore]
    missing: list[str]

    @property
    def lights(self) -> list[tuple[str, str, str]]:
        """Every required paper with its light: label, word, colour; a light is never colour alone."""
        labels = [str(DossierPaper.Kind(kind).label) for kind in self.nomination.award.required_papers]
        return [
            (label, "Chưa có", MISSING[1]) if label in self.missing else (label, "Đã có", CONFIRMED[1])
            for label in labels
        ]

    @property
    def completeness(self) -> tuple[int, int]:
        """How many of the required papers are there, and how many there are to be."""
        whole = len(self.nomination.award.required_papers)
        return whole - len(self.missing), whole

    @property
    def open_request(self) -> RequestForMore | None:
        """The request that the bloc has still to answer."""
        return next((request for request in self.requests if request.is_open), None)

    @property
    def concerns(self) -> list[Check]:
        """What is missing or to be minded."""
        return [check for check in self.checks if not check.is_passed]

    @property
    def passed(self) -> list[Check]:
        """What is in order."""
        return [check for check in self.checks if check.is_passed]

    @property
    def answers(self) -> list[RequestedItem]:
        """The items that the bloc has answered."""
        return [item for request in self.requests if request.supplied_at for item in request.items.all()]

    @property
    def passed_count(self) -> str:
        """How many checks are in order: "04"."""
        return text.count(len(self.passed))

    @property
    def summary(self) -> str:
        """The checks as a count: "01 thiếu, 01 lưu ý, 04 đạt"."""
        wanted = (MISSING, WARNED, CONFIRMED)
        counts = [(label, sum(check.css == css for check in self.checks)) for label, css in wanted]
        return ", ".join(f"{text.count(number)} {label.lower()}" for label, number in counts if number)


def missing_papers(nomination: Nomination) -> list[str]:
    """Return the kinds of required papers that the dossier does not hold."""
    return missing_by_nomination([nomination])[nomination.pk]


def dossier(nomination: Nomination, at: dt.datetime) -> Dossier:
    """Return everything about a nomination at a moment, in the same number of queries whatever it holds."""
    papers = list(nomination.papers.filter(removed_at=None).select_related("file", "item"))
    requests = list(nomination.requests.prefetch_related("items__papers__file"))
    reviews = list(nomination.reviews.select_related("by"))
    missing = _missing(nomination, {paper.kind for paper in papers}, has_report=_has_report(nomination))
    return Dossier(
        nomination=nomination,
        papers=papers,
        checks=_checks(nomination, missing, eligibility(nomination.year, at)),
        chain=_chain(nomination, requests, reviews),
        requests=requests,
        missing=missing,
    )


def _missing(nomination: Nomination, kinds: Collection[str], *, has_report: bool) -> list[str]:
    """The required kinds that are not there; a report that was written here needs no file of its own."""
    there = {*kinds, *((DossierPaper.Kind.REPORT,) if has_report else ())}
    return [str(DossierPaper.Kind(kind).label) for kind in nomination.award.required_papers if kind not in there]


def _has_report(nomination: Nomination) -> bool:
    found = AchievementReport.objects.filter(nomination=nomination).first()
    return found is not None and found.is_written


def facts_of(nomination: Nomination) -> list[tuple[str, str]]:
    """Return what the desk reads first about a nominee, as label and value."""
    submission = nomination.submission
    contact = ", ".join(filter(None, (submission.contact_name, submission.contact_phone))) if submission else ""
    before = [row.words for row in given_before(nomination.year).get(nomination.membership.unit_id, [])]
    votes = f"{nomination.votes_text} đơn vị ({nomination.percent_text})" if nomination.voted_of else "–"
    return [
        ("Tên in trên Cờ, Bằng", nomination.printed_name),
        ("Khối, năm", f"{nomination.year.bloc.name}, năm {nomination.year.year}"),
        ("Tổng điểm, thứ hạng", f"{nomination.score_text} điểm, {nomination.rank_text}"),
        ("Xếp loại", nomination.grade or "–"),
        ("Khối nhất trí", votes),
        ("Khen thưởng 03 năm gần nhất", "; ".join(before) or "chưa ghi nhận trong hệ thống"),
        ("Chuyên viên liên hệ", contact or "–"),
    ]


def _checks(nomination: Nomination, missing: list[str], now: Eligibility) -> list[Check]:
    return [
        *(Check(*MISSING, f"Chưa có {label.lower()}", "Thành phần hồ sơ") for label in missing),
        *(
            Check(*WARNED, entry["sentence"], _overridden(nomination, entry["source"]))
            for entry in nomination.overridden
        ),
        *_blocks(nomination, now),
        _score_check(nomination, now),
        _vote_check(nomination),
        *_quota_check(nomination, now),
        *([] if missing else [Check(*CONFIRMED, "Đủ tài liệu bắt buộc", "Thành phần hồ sơ")]),
    ]


def _overridden(nomination: Nomination, source: str) -> str:
    return "; ".join(filter(None, (source, f"lý do vẫn đề nghị: {nomination.override_reason}")))


def _blocks(nomination: Nomination, now: Eligibility) -> list[Check]:
    candidate = now.candidates[nomination.membership_id]
    if not candidate.blocks:
        return [Check(*CONFIRMED, "Không thuộc trường hợp không xét, đề nghị khen thưởng", "Đối chiếu dữ liệu hiện có")]
    return [Check(*MISSING, f"Đơn vị {block.words}", block.source) for block in candidate.blocks]


def _score_check(nomination: Nomination, now: Eligibility) -> Check:
    source = "Bảng tổng hợp kết quả chấm điểm"
    place = now.ranking.places.get(nomination.membership_id)
    figures = f"Thứ hạng {nomination.rank_text}, {nomination.score_text} điểm"
    if place is None or (place.total, place.rank) == (nomination.score, nomination.rank):
        return Check(*CONFIRMED, figures, source)
    return Check(
        *WARNED, f"{figures} khi đề nghị; nay là thứ hạng {place.rank}, {printed_score(place.total)} điểm", source
    )


def _vote_check(nomination: Nomination) -> Check:
    if not nomination.voted_of:
        return Check(*WARNED, "Chưa bình xét", "Kết quả bình xét")
    sentence = f"{nomination.votes_text} đơn vị nhất trí ({nomination.percent_text})"
    return Check(*CONFIRMED, sentence, f"Bình xét lúc {text.moment(nomination.voted_at)}")


def _quota_check(nomination: Nomination, now: Eligibility) -> list[Check]:
    places = now.places.get(nomination.award_id)
    if places is None or places.limit is None:
        return [Check(*WARNED, "Chưa ghi số lượng được đề nghị", "Văn bản hướng dẫn của năm")]
    sentence = f"{text.count(places.held)}/{text.count(places.limit)} {places.short_name} được đề nghị"
    over = any(
        found.rule == Rule.QUOTA for found in now.overflows() if found.source == places.source and places.exceeded
    )
    return [Check(*(MISSING if over else CONFIRMED), sentence, places.source)]


def _chain(nomination: Nomination, requests: list[RequestForMore], reviews: list[Review]) -> list[Step]:
    steps = [(nomination.proposed_at, "Đưa vào danh sách đề nghị", _proposed(nomination))]
    if nomination.voted_at:
        steps.append((nomination.voted_at, "Bình xét", nomination.vote_sentence))
    for line in nomination.lines.select_related("submission"):
        steps += _sent(line.submission)
    steps += [(review.at, str(review.get_finding_display()), review.reason) for review in reviews]
    for request in requests:
        if request.supplied_at:
            items = "; ".join(item.text for item in request.items.all())
            steps.append((request.supplied_at, "Đã bổ sung hồ sơ", items))
    steps += _ending(nomination)
    return [Step(text.moment(at), what, note) for at, what, note in sorted(steps, key=lambda step: step[0])]


def _proposed(nomination: Nomination) -> str:
    own = "Trưởng khối đề nghị cho đơn vị mình." if nomination.for_own_unit else ""
    why = f"Lý do vẫn đề nghị: {nomination.override_reason}" if nomination.override_reason else ""
    return " ".join(filter(None, (nomination.reason, why, own)))


def _sent(submission: Submission) -> list[Happening]:
    steps: list[Happening] = [(submission.sent_at, "Trình khen thưởng", submission.citation)]
    if submission.recalled_at:
        steps.append((submission.recalled_at, "Thu hồi để sửa", submission.recall_reason))
    if submission.received_at:
        steps.append((submission.received_at, "Đã tiếp nhận", str(submission.year.bloc.authority)))
    return steps


def _ending(nomination: Nomination) -> list[Happening]:
    steps: list[Happening] = []
    council = CouncilResult.objects.filter(nomination=nomination).first()
    if council:
        votes = (
            f" ({text.count(council.approve or 0)}/{text.count(council.voted_of)} phiếu)" if council.voted_of else ""
        )
        steps.append((council.recorded_at, f"{council}{votes}", council.reason))
    decision = nomination.decision
    if decision:
        steps.append((decision.recorded_at, "Được tặng", decision.citation))
    if nomination.state == Nomination.State.CANCELLED and decision:
        steps.append((nomination.closed_at or decision.recorded_at, "Hủy bỏ quyết định", nomination.outcome_reason))
    elif nomination.closed_at and nomination.state in {Nomination.State.NOT_AWARDED, Nomination.State.WITHDRAWN}:
        steps.append((nomination.closed_at, str(nomination.get_state_display()), nomination.outcome_reason))
    return steps


def missing_by_nomination(nominations: list[Nomination]) -> dict[int, list[str]]:
    """Return which required papers each of several nominations lacks, in two queries; their awards must be at hand."""
    kinds: dict[int, set[str]] = {}
    papers = DossierPaper.objects.filter(nomination__in=nominations, removed_at=None).values_list("nomination", "kind")
    for key, kind in papers:
        kinds.setdefault(key, set()).add(kind)
    reports = AchievementReport.objects.filter(nomination__in=nominations)
    written = {report.nomination_id for report in reports if report.is_written}
    return {row.pk: _missing(row, kinds.get(row.pk, ()), has_report=row.pk in written) for row in nominations}
