"""The papers of the authority's desk: the list for the council, the draft decision, an extract, the announcement."""

from collections.abc import Sequence

from awards.models import Decision, Nomination
from awards.queries.council import Listed, columns_of
from blocs.models import Authority, BlocYear
from blocs.text import count
from documents.papers import Annex, Column, Letter, Letterhead, Section, Signer, Table

DOTS = "……………………"
WIDTHS = {
    "tt": 8,
    "year": 12,
    "score": 16,
    "rank": 16,
    "votes": 16,
    "percent": 16,
    "award": 30,
    "earlier": 30,
    "letter": 30,
}


def gather_council_list(authority: Authority, rows: Sequence[Listed], keys: Sequence[str], *, demo: bool) -> Letter:
    """Return the list over all blocs for the council, in the authority's own order of columns (landscape annex)."""
    return Letter(
        title="Danh sách",
        subject="Trường hợp đề nghị khen thưởng trình Hội đồng Thi đua - Khen thưởng",
        letterhead=_head(authority),
        demo=demo,
        sections=(Section(paragraphs=(f"Danh sách có {count(len(rows))} trường hợp (Phụ lục kèm theo).",)),),
        annexes=(
            Annex(number="", title="Danh sách trình Hội đồng", table=listed_table(rows, keys), broad=True),
        ),
        signers=(Signer(lines=("ĐƠN VỊ THƯỜNG TRỰC HỘI ĐỒNG",)),),
    )  # fmt: skip


def listed_table(rows: Sequence[Listed], keys: Sequence[str]) -> Table:
    """Return the rows as a table in an order of columns."""
    chosen = columns_of(keys)
    columns = tuple(
        Column(title=label, centred=key in {"tt", "rank", "votes"}, width=WIDTHS.get(key, 0)) for key, label in chosen
    )
    cells = tuple(tuple(row.cell(key) for key, _ in chosen) for row in rows)
    return Table(columns=columns, rows=cells)


def gather_draft_decision(
    authority: Authority, rows: Sequence[Nomination], *, grounds: tuple[str, ...], demo: bool
) -> Letter:
    """Return the draft of a decision over nominations of many blocs, with its annex; number and day stay blank."""
    awards = list(dict.fromkeys(row.award for row in rows))
    years = ", ".join(str(year) for year in sorted({row.year.year for row in rows}))
    named = ", ".join(award.printed_name for award in awards)
    articles = tuple(
        f"Điều {place}. Tặng {award.printed_name} cho {count(sum(row.award == award for row in rows))} "
        f"{'cá nhân' if award.is_for_persons else 'tập thể'} (có danh sách kèm theo) đã có thành tích xuất sắc trong "
        f"phong trào thi đua năm {years}."
        for place, award in enumerate(awards, start=1)
    )
    last = len(awards)
    closing = (
        f"Điều {last + 1}. Quyết định này có hiệu lực kể từ ngày ký.",
        (
            f"Điều {last + 2}. {authority.department or 'Đơn vị thường trực'}, các cơ quan, đơn vị liên quan và các trường hợp có tên "
            "trong danh sách chịu trách nhiệm thi hành Quyết định này./."
        ),
    )
    return Letter(
        title="Quyết định",
        subject=f"Về việc tặng {named} năm {years}",
        letterhead=_head(authority, "QĐ"),
        draft=True,
        demo=demo,
        grounds=(*grounds, "Theo đề nghị của Hội đồng Thi đua - Khen thưởng."),
        sections=(Section(paragraphs=(*articles, *closing)),),
        annexes=tuple(
            Annex(number="", title=f"Danh sách được tặng {award.printed_name}",
                  table=_annex([row for row in rows if row.award == award]))
            for award in awards
        ),
        signers=(Signer(lines=(" ".join(authority.decider.split()[:2]).upper() or "THỦ TRƯỞNG",)),),
        recipients=(f"Như Điều {last + 2};", "Lưu: VT."),
    )  # fmt: skip


def gather_extract(decision: Decision, unit_name: str, rows: Sequence[Nomination]) -> Letter:
    """Return the part of a decision that is about one unit."""
    given = "; ".join(f"{row.award.printed_name} năm {row.year.year} cho {row.printed_name}" for row in rows)
    return Letter(
        title="Trích quyết định",
        subject="Về việc khen thưởng",
        letterhead=_head(decision.authority),
        demo=any(row.year.is_demonstration for row in rows),
        addressees=(unit_name,),
        sections=(
            Section(paragraphs=(
                f"{decision.citation} của {decision.authority.decider or decision.authority.name}: tặng {given}.",
                "Trích nguyên văn phần liên quan để đơn vị biết, lưu hồ sơ./.",
            )),
        ),
        signers=(Signer(lines=("ĐƠN VỊ THƯỜNG TRỰC",)),),
    )  # fmt: skip


def gather_announcement(year: BlocYear, decisions: Sequence[Decision], rows: Sequence[Nomination]) -> Letter:
    """Return the announcement to a bloc: what is awarded by which decision, what is not and why."""
    awarded = [row for row in rows if row.state == Nomination.State.AWARDED]
    refused = [row for row in rows if row.state in {Nomination.State.NOT_AWARDED, Nomination.State.CANCELLED}]
    named = "; ".join(decision.citation for decision in decisions)
    items = tuple(f"{row.award.printed_name}: {row.printed_name}" for row in awarded)
    parts = [
        Section(
            paragraphs=(f"{year.bloc.name} có {count(len(awarded))} trường hợp được tặng ({named or DOTS}):",),
            items=items,
        )
    ]
    if refused:
        lines = tuple(f"{row.award.printed_name}, {row.printed_name}; lý do: {row.outcome_reason}" for row in refused)
        parts.append(Section(paragraphs=(f"{count(len(refused))} đề nghị chưa được khen thưởng:",), items=lines))
    parts.append(Section(paragraphs=(f"Việc trao tặng thực hiện {DOTS}. Trân trọng thông báo đến các đơn vị./.",)))
    return Letter(
        title="Thông báo",
        subject=f"Kết quả khen thưởng năm {year.year} đối với {year.bloc.name}",
        letterhead=_head(year.bloc.authority, "TB"),
        demo=year.is_demonstration,
        sections=tuple(parts),
        signers=(Signer(lines=("ĐƠN VỊ THƯỜNG TRỰC",)),),
        recipients=(f"Các đơn vị thành viên {year.bloc.bloc_word};", "Lưu: VT."),
    )


def _head(authority: Authority, code: str = "") -> Letterhead:
    return Letterhead(issuer=authority.name, symbol=f"{code}-…" if code else "", place="Hà Nội" if code else "")


def _annex(rows: Sequence[Nomination]) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10), Column(title="Tên tập thể, cá nhân"),
        Column(title="Khối thi đua", width=60), Column(title="Năm", centred=True, width=15),
    )  # fmt: skip
    cells = tuple(
        (str(place), row.printed_name, row.year.bloc.name, str(row.year.year)) for place, row in enumerate(rows, 1)
    )
    return Table(columns=columns, rows=cells)
