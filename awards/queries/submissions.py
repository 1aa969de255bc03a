"""The list as it would be sent, and a submission as its page prints it."""

from collections.abc import Sequence

from awards.models import Nomination, Submission, SubmittedLine
from awards.queries.dossiers import missing_by_nomination
from blocs import text


def line_of(nomination: Nomination) -> SubmittedLine:
    """Return the line of the list that sending the nomination would write; it is not stored."""
    return SubmittedLine(
        nomination=nomination,
        award_name=nomination.award.printed_name,
        printed_name=nomination.printed_name,
        province=nomination.membership.province,
        score=nomination.score,
        rank_text=nomination.rank_text,
        votes_text=nomination.votes_text,
        percent_text=nomination.percent_text,
        override_reason=nomination.override_reason,
    )


def list_caption(lines: Sequence[SubmittedLine]) -> str:
    """Return the count of a list by award: "03 tập thể: 01 Cờ thi đua …; 02 Bằng khen …"."""
    names = list(dict.fromkeys(line.award_name for line in lines))
    parts = [f"{text.count(sum(line.award_name == name for line in lines))} {name}" for name in names]
    return f"{text.count(len(lines))} tập thể: {'; '.join(parts)}"


def incomplete(nominations: list[Nomination]) -> list[str]:
    """Return a sentence for each nomination whose dossier lacks required papers."""
    missing = missing_by_nomination(nominations)
    return [
        f"Hồ sơ của {row.membership.short_name} ({row.award.short_name}) chưa có: {', '.join(missing[row.pk]).lower()}."
        for row in nominations
        if missing[row.pk]
    ]


def facts_of(submission: Submission) -> list[tuple[str, str]]:
    """Return the letter's particulars as label and value; what is unknown stays blank."""
    contact = ", ".join(filter(None, (submission.contact_name, submission.contact_phone)))
    signer = ", ".join(filter(None, (submission.signer_name, submission.signer_title)))
    return [
        ("Số tờ trình", submission.number or "…"),
        ("Ngày tờ trình", text.date(submission.dated_on)),
        ("Người ký", signer or "…"),
        ("Chuyên viên liên hệ", contact or "–"),
        ("Trình lúc", text.moment(submission.sent_at)),
        ("Tiếp nhận lúc", text.moment(submission.received_at)),
    ]
