"""The package that a bloc sends: the letter of submission, the list, and the contents."""

from collections.abc import Sequence
from decimal import Decimal

from awards.gathering.heads import head_signer, leader_unit, letterhead_of
from awards.models import Nomination, Submission
from awards.queries.earlier import Given
from awards.queries.quotas import places_of, provisions_of
from blocs.models import BlocYear
from blocs.text import count, date, long_date
from documents.papers import Column, Letter, Section, Table
from scoring.words import in_words


def gather_letter(submission: Submission, rows: Sequence[Nomination]) -> Letter:
    """Return the letter ("Tờ trình") with what the bloc proposes, on which grounds, and what is attached."""
    year, unit = submission.year, leader_unit(submission.year)
    return Letter(
        title="Tờ trình",
        subject=f"Về việc đề nghị tặng {_named(rows)} năm {year.year}",
        letterhead=letterhead_of(
            year, unit, "TTr", number=submission.number, dated=long_date(submission.dated_on)
        ),
        demo=year.is_demonstration,
        addressees=(str(year.bloc.authority), f"Hội đồng Thi đua - Khen thưởng {year.bloc.authority}"),
        sections=(
            Section(paragraphs=(_opening(year),)),
            Section(heading="1. Quá trình và kết quả bình xét", paragraphs=(_course(year, rows),), table=_results(rows)),
            Section(
                heading="2. Nội dung đề nghị",
                paragraphs=(f"Kính đề nghị {year.bloc.authority.decider} xem xét, tặng:",),
                items=_proposals(year, rows),
                closing=("(Danh sách kèm theo)",),
            ),
            Section(heading="3. Việc bảo đảm điều kiện", paragraphs=_conditions(year, rows)),
            Section(
                heading="4. Hồ sơ kèm theo",
                items=("Danh sách đề nghị", "Biên bản bình xét", "Bảng tổng hợp kết quả chấm điểm",
                       "Báo cáo thành tích của từng trường hợp", "Báo cáo tổng kết", "Tài liệu của từng hồ sơ"),
                closing=(f"Kính trình {year.bloc.authority} xem xét, quyết định./.",),
            ),
        ),
        signers=head_signer(year, unit, name=submission.signer_name, title=submission.signer_title),
        recipients=("Như trên;", "Lưu: VT."),
    )  # fmt: skip


def gather_list(submission: Submission, rows: Sequence[Nomination], earlier: dict[int, list[Given]]) -> Letter:
    """Return the list ("Danh sách đề nghị") with the names exactly as they are to be printed, one table an award."""
    year, unit = submission.year, leader_unit(submission.year)
    awards = list(dict.fromkeys(row.award for row in rows))
    tables = tuple(_listed([row for row in rows if row.award == award], earlier) for award in awards)
    return Letter(
        title="Danh sách",
        subject=f"Đề nghị tặng {_named(rows)} năm {year.year}",
        letterhead=letterhead_of(year, unit, "", dated=long_date(submission.dated_on)),
        demo=year.is_demonstration,
        sections=tables,
        signers=head_signer(year, unit, name=submission.signer_name, title=submission.signer_title),
    )


def gather_contents(submission: Submission, titles: Sequence[tuple[str, str]]) -> Letter:
    """Return the contents of the package; `titles` are the parts with what each is about."""
    year = submission.year
    columns = (Column(title="TT", centred=True, width=10), Column(title="Tài liệu"), Column(title="Nội dung", width=70))
    rows = tuple((str(place), title, note) for place, (title, note) in enumerate(titles, start=1))
    contact = ", ".join(filter(None, (submission.contact_name, submission.contact_phone)))
    return Letter(
        title="Danh mục",
        subject=f"Hồ sơ đề nghị khen thưởng năm {year.year} của {year.bloc.name}",
        letterhead=letterhead_of(year, leader_unit(year), "", dated=long_date(submission.dated_on)),
        demo=year.is_demonstration,
        sections=(
            Section(
                paragraphs=(f"Kèm theo {submission.citation}. Chuyên viên liên hệ: {contact or '…'}.",),
                table=Table(columns=columns, rows=rows),
                closing=(f"Danh mục có {count(len(rows))} tài liệu.",),
            ),
        ),
    )


def _named(rows: Sequence[Nomination]) -> str:
    return ", ".join(dict.fromkeys(row.award.printed_name for row in rows))


def _opening(year: BlocYear) -> str:
    day = f" ngày {date(year.conference_on)}" if year.conference_on else ""
    return (
        f"Căn cứ kết quả bình xét công tác thi đua, khen thưởng năm {year.year} của {year.bloc.name} (Hội nghị tổng "
        f"kết{day}), {year.bloc.leader_word} kính trình {year.bloc.authority} như sau:"
    )


def _course(year: BlocYear, rows: Sequence[Nomination]) -> str:
    members = count(year.memberships.count())
    last = [row.poll.rounds.last() for row in rows if row.poll]
    said = "; ".join(dict.fromkeys(one.manner.lower() for one in last if one))
    manner = f", theo hình thức {said}" if said else ""
    return (
        "Các đơn vị đã tự chấm điểm; kết quả được thẩm định và thống nhất theo Bảng tiêu chí chấm điểm thi đua. "
        f"Các đơn vị thành viên ({members} đơn vị có quyền biểu quyết) bình xét từng đề nghị{manner}. Kết quả:"
    )


def _results(rows: Sequence[Nomination]) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10), Column(title="Tập thể, cá nhân"),
        Column(title="Tổng điểm", figures=True, width=18), Column(title="Thứ hạng", centred=True, width=20),
        Column(title="Danh hiệu, hình thức đề nghị", width=30), Column(title="Nhất trí", centred=True, width=18),
        Column(title="Tỷ lệ (%)", figures=True, width=18),
    )  # fmt: skip
    return Table(
        columns=columns,
        rows=tuple(
            (str(place), row.printed_name, row.score_text, row.rank_text, row.award.printed_name, row.votes_text,
             row.percent_text)
            for place, row in enumerate(rows, start=1)
        ),
    )  # fmt: skip


def _proposals(year: BlocYear, rows: Sequence[Nomination]) -> tuple[str, ...]:
    awards = list(dict.fromkeys(row.award for row in rows))
    lines = []
    for award in awards:
        names = [row.printed_name for row in rows if row.award == award]
        who = "cá nhân" if award.is_for_persons else "tập thể"
        lines.append(
            f"{award.printed_name} cho {count(len(names))} {who}: {'; '.join(names)}, đã có thành tích xuất sắc trong "
            f"phong trào thi đua năm {year.year} của {year.bloc.name}"
        )
    return tuple(lines)


def _conditions(year: BlocYear, rows: Sequence[Nomination]) -> tuple[str, ...]:
    awards = list(dict.fromkeys(row.award for row in rows))
    places = places_of(awards, rows, provisions_of(year), year.memberships.count())
    sources = "; ".join(dict.fromkeys(place.source for place in places.values() if place.source))
    lines = [
        (
            f"Số lượng đề nghị trong phạm vi được giao ({sources or '…'}). Tại thời điểm trình, các trường hợp được đề nghị "
            "không thuộc diện chưa xét, không xét khen thưởng theo quy định. Các đơn vị chịu trách nhiệm về tính chính xác "
            f"của báo cáo thành tích; {year.bloc.leader_word} chịu trách nhiệm về kết quả bình xét."
        ),
    ]
    minded = [f"{row.nominee} ({row.award.short_name}): {row.override_reason}" for row in rows if row.override_reason]
    if minded:
        lines.append(f"Các nội dung cần lưu ý và lý do vẫn đề nghị: {'; '.join(minded)}.")
    return tuple(lines)


def _listed(rows: list[Nomination], earlier: dict[int, list[Given]]) -> Section:
    award = rows[0].award
    columns = (
        Column(title="TT", centred=True, width=10), Column(title="Tên (ghi đúng như in trên Cờ, Bằng)"),
        Column(title="Địa phương", width=24), Column(title="Tổng điểm, thứ hạng", centred=True, width=24),
        Column(title="Tỷ lệ nhất trí", centred=True, width=20), Column(title="Khen thưởng đã có", width=40),
    )  # fmt: skip
    cells = tuple(
        (str(place), _who(row), row.membership.province, f"{row.score_text}; {row.rank_text}",
         f"{row.votes_text} ({row.percent_text})",
         "; ".join(given.citation for given in earlier.get(row.membership.unit_id, ())) or "–")
        for place, row in enumerate(rows, start=1)
    )  # fmt: skip
    who = "cá nhân" if award.is_for_persons else "tập thể"
    closing = f"Ấn định danh sách có {count(len(rows))} ({in_words(Decimal(len(rows)))}) {who}./."
    return Section(heading=award.printed_name, table=Table(columns=columns, rows=cells), closing=(closing,))


def _who(row: Nomination) -> str:
    if not row.person_name:
        return row.printed_name
    return f"{row.printed_name}, {row.person_post}, {row.membership.name}"
