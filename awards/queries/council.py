"""The consolidated list for the council: every nomination found fit, over all blocs, in the authority's own columns."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from awards.models import ListColumns, Nomination
from awards.queries.dossiers import missing_by_nomination
from awards.queries.earlier import Given, given_before
from blocs.models import Authority, User

COLUMNS: tuple[tuple[str, str], ...] = (
    ("tt", "TT"),
    ("name", "Tên tập thể, cá nhân"),
    ("bloc", "Khối thi đua"),
    ("award", "Danh hiệu, hình thức đề nghị"),
    ("year", "Năm"),
    ("province", "Địa phương"),
    ("score", "Tổng điểm"),
    ("rank", "Thứ hạng"),
    ("votes", "Khối nhất trí"),
    ("percent", "Tỷ lệ (%)"),
    ("earlier", "Khen thưởng đã có"),
    ("letter", "Tờ trình"),
    ("summary", "Tóm tắt thành tích"),
    ("minded", "Nội dung cần lưu ý"),
    ("missing", "Tài liệu còn thiếu"),
    ("desk", "Ý kiến thẩm định"),
)
USUAL = ("tt", "name", "bloc", "award", "score", "rank", "votes", "percent", "earlier", "minded")
LABELS = dict(COLUMNS)


@dataclass(frozen=True)
class Listed:
    """One line of the list: the nomination and its cells by column."""

    nomination: Nomination
    cells: dict[str, str]

    def cell(self, key: str) -> str:
        """Return the words of one column."""
        return self.cells.get(key, "")


def columns_of(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return the columns with their headings, unknown ones left out; the usual ones where none is named."""
    wanted = [key for key in dict.fromkeys(keys) if key in LABELS] or list(USUAL)
    return [(key, LABELS[key]) for key in wanted]


def chosen_columns(authority: Authority) -> list[str]:
    """Return the authority's own order of columns."""
    kept = ListColumns.objects.filter(authority=authority).first()
    return [key for key, _ in columns_of(kept.columns if kept else ())]


def council_list(user: User, on: dt.date, *, award: str = "", year: int | None = None) -> list[Listed]:
    """Return what the desk found fit (and what the council has passed and no decision covers), by award, bloc, rank.

    The number of queries does not depend on the number of lines: only on the number of years they belong to.
    """
    State = Nomination.State  # noqa: N806 - the class of states
    rows = (
        Nomination.objects.at_desk(user, on)
        .filter(state__in=[State.FIT, State.PASSED])
        .select_related("award", "membership", "year__bloc__authority", "submission")
        .prefetch_related("reviews")
        .order_by("award__position", "year__bloc__name", "rank", "pk")
    )
    if award:
        rows = rows.filter(award__code=award)
    if year is not None:
        rows = rows.filter(year__year=year)
    found = list(rows)
    missing = missing_by_nomination(found)
    earlier: dict[tuple[int, int], dict[int, list[Given]]] = {}
    for row in found:
        if _asked(row) not in earlier:
            earlier[_asked(row)] = given_before(row.year)
    return [_listed(place, row, earlier[_asked(row)], missing[row.pk]) for place, row in enumerate(found, start=1)]


def _asked(row: Nomination) -> tuple[int, int]:
    """What the earlier awards are looked up by: the authority and the number of the year."""
    return row.year.bloc.authority_id, row.year.year


def _listed(place: int, row: Nomination, earlier: dict[int, list[Given]], missing: Sequence[str]) -> Listed:
    last = next((review for review in reversed(list(row.reviews.all())) if review.finding == "fit"), None)
    before = "; ".join(given.words for given in earlier.get(row.membership.unit_id, ()))
    cells: dict[str, Any] = {
        "tt": str(place),
        "name": row.printed_name,
        "bloc": row.year.bloc.name,
        "award": row.award.name,
        "year": str(row.year.year),
        "province": row.membership.province,
        "score": row.score_text,
        "rank": row.rank_text,
        "votes": row.votes_text,
        "percent": row.percent_text,
        "earlier": before or "–",
        "letter": row.submission.citation if row.submission else "",
        "summary": row.reason,
        "minded": row.override_reason,
        "missing": "; ".join(missing),
        "desk": last.reason if last else "",
    }
    return Listed(row, cells)
