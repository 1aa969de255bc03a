"""Documents of an assessment across its criteria: which content stands where, and what may be used again."""

from collections.abc import Mapping, Sequence

from scoring.models import Evidence


def same_elsewhere(added: Sequence[Evidence]) -> str:
    """Say which of the documents just added stand under other criteria of the same assessment already; "" for none.

    Compared by the digest of the content, whatever the names. One query, none for links.
    """
    digests = {piece.file.sha256: piece for piece in added if piece.file}
    if not digests:
        return ""
    first = added[0]
    others = (
        Evidence.objects.in_use()
        .filter(assessment=first.assessment_id, file__sha256__in=digests)
        .exclude(criterion=first.criterion_id)
    )
    codes = sorted(set(others.values_list("criterion__code", flat=True)))
    if not codes:
        return ""
    return f"Lưu ý: tệp có nội dung này đã có ở tiêu chí {', '.join(codes)}; lần sau có thể chọn “Dùng lại tài liệu đã có”."


def reusable(evidence: Mapping[int, Sequence[Evidence]], criterion_id: int) -> list[Evidence]:
    """Return the documents of other criteria that this one does not have yet, each content once."""
    have = {_content(piece) for piece in evidence.get(criterion_id, ())}
    found: dict[tuple[str, str], Evidence] = {}
    for owner, pieces in evidence.items():
        for piece in pieces if owner != criterion_id else ():
            if _content(piece) not in have:
                found.setdefault(_content(piece), piece)
    return list(found.values())


def _content(piece: Evidence) -> tuple[str, str]:
    return (piece.file.sha256 if piece.file else "", piece.link)
