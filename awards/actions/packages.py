"""The package of a submission ("Bộ hồ sơ trình"): every part as it was on the day it was sent."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from awards.actions.keeping import keep
from awards.gathering import gather_achievement, gather_contents, gather_letter, gather_list, gather_minutes
from awards.models import AchievementReport, Award, DossierPaper, KeptPaper, Nomination, Submission
from awards.queries.achievements import achievements_of
from awards.queries.earlier import given_before
from blocs.models import BlocYear, User
from blocs.sheets import Sheet
from documents.models import Document
from documents.papers import Paper
from documents.queries import latest_document
from scoring.gathering import consolidated_tables
from voting.models import Poll

Kind = KeptPaper.Kind
Part = tuple[str, Paper, str, dict[str, Any]]
LIST_HEADERS = (
    "TT", "Tên (ghi đúng như in trên Cờ, Bằng)", "Địa phương", "Danh hiệu, hình thức đề nghị", "Tổng điểm", "Thứ hạng",
    "Nhất trí", "Tỷ lệ", "Lý do vẫn đề nghị",
)  # fmt: skip


def pack_submission(submission: Submission, rows: list[Nomination], *, by: User | None, at: dt.datetime) -> int:
    """Keep every part of the package in its order, the contents first; return how many parts there are."""
    year = submission.year
    shared: dict[str, Any] = {"submission": submission, "authority": year.bloc.authority, "by": by, "at": at}
    parts = list(_parts(submission, rows))
    attached = _attached(rows)
    titles = [(paper.full_title, note) for _, paper, note, _ in parts]
    titles += [(copy.title, f"{copy.nomination.nominee}, {copy.citation}".rstrip(", ")) for copy in attached]
    keep(gather_contents(submission, titles), kind=Kind.CONTENTS, position=1, **shared)
    for place, (kind, paper, _, more) in enumerate(parts, start=2):
        keep(paper, kind=kind, position=place, **shared, **more)
    for place, copy in enumerate(attached, start=len(parts) + 2):
        _keep_file(copy, place, **shared)
    if submission.paper_id:
        _keep_signed(len(parts) + len(attached) + 2, **shared)
    return len(parts) + len(attached) + 1


def _parts(submission: Submission, rows: list[Nomination]) -> Iterator[Part]:
    year, earlier = submission.year, given_before(submission.year)
    yield Kind.LETTER, gather_letter(submission, rows), submission.citation, {}
    listed = gather_list(submission, rows, earlier)
    yield Kind.LIST, listed, f"{len(rows):02d} trường hợp", {"sheets": [_list_sheet(rows)]}
    for poll, chosen in _votes(rows):
        yield Kind.MINUTES, gather_minutes(year, poll, chosen, earlier), f"{len(chosen):02d} đề nghị", {}
    yield Kind.TABLE, consolidated_tables(year), "các lớp điểm", {}
    if report := _summary_report(year):
        yield Kind.REPORT, report.paper, report.reference or "chưa cấp số", {}
    for nomination in rows:
        if written := AchievementReport.objects.filter(nomination=nomination).first():
            paper = gather_achievement(nomination, achievements_of(nomination), written.prose)
            title = f"Báo cáo thành tích: {nomination.printed_name}"
            yield Kind.ACHIEVEMENT, paper, nomination.nominee, {"nomination": nomination, "title": title}


def _votes(rows: list[Nomination]) -> Iterator[tuple[Poll, list[Nomination]]]:
    """Each vote with what it was about, by kind of award: titles and commendations have minutes of their own."""
    for kind in Award.Kind:
        chosen = [row for row in rows if row.award.kind == kind and row.poll is not None]
        for poll in {row.poll_id: row.poll for row in chosen}.values():
            voted = Nomination.objects.filter(poll=poll, award__kind=kind).select_related("award", "membership", "poll")
            yield poll, list(voted)  # type: ignore[misc]


def _summary_report(year: BlocYear) -> Document | None:
    kind = Document.Kind.SUMMARY_REPORT
    return latest_document(year, kind=kind, about="final") or latest_document(year, kind=kind, about="draft")


def _attached(rows: list[Nomination]) -> list[DossierPaper]:
    papers = DossierPaper.objects.filter(nomination__in=rows, removed_at=None)
    return list(papers.select_related("file", "nomination__membership", "nomination__award"))


def _keep_file(paper: DossierPaper, place: int, *, submission: Submission, **more: Any) -> None:
    KeptPaper.objects.create(
        submission=submission, authority=more["authority"], kind=Kind.ATTACHED, position=place,
        title=f"{paper.title}: {paper.nomination.nominee}"[:300], file=paper.file, nomination=paper.nomination,
        digest=paper.file.sha256, made_by=more["by"], made_at=more["at"],
    )  # fmt: skip


def _keep_signed(place: int, *, submission: Submission, **more: Any) -> None:
    signed = submission.paper
    assert signed is not None  # noqa: S101 - asked before
    KeptPaper.objects.create(
        submission=submission, authority=more["authority"], kind=Kind.ATTACHED, position=place,
        title="Tờ trình đã ký", file=signed, digest=signed.sha256, made_by=more["by"], made_at=more["at"],
    )  # fmt: skip


def _list_sheet(rows: list[Nomination]) -> Sheet:
    cells = [
        (place, row.printed_name, row.membership.province, row.award.printed_name, row.score, row.rank_text,
         row.votes_text, row.percent_text, row.override_reason)
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    return Sheet("Danh sách đề nghị", LIST_HEADERS, cells)
