"""The minutes of a vote on nominations: "Bình xét thi đua" for titles, "Xét khen thưởng" for commendations."""

from collections.abc import Sequence
from dataclasses import replace

from awards.gathering.heads import DOTS, leader_unit, letterhead_of
from awards.models import Award, Nomination
from awards.queries.earlier import Given
from awards.queries.quotas import peer_review_rules, places_of, provisions_of
from blocs.models import BlocYear
from blocs.text import count, moment
from documents.papers import Column, Minutes, Section, Signer, Table
from voting.models import Poll, RollEntry

TITLES = {Award.Kind.TITLE: "Bình xét thi đua", Award.Kind.COMMENDATION: "Xét khen thưởng"}


def gather_minutes(year: BlocYear, poll: Poll, rows: Sequence[Nomination], earlier: dict[int, list[Given]]) -> Minutes:
    """Return the minutes of one vote over nominations of one kind of award, with the list of who took part.

    Under a secret vote the list is one of attendance and tells nobody's opinion.
    """
    kinds = list(dict.fromkeys(Award.Kind(row.award.kind) for row in rows))
    title = ", ".join(TITLES[kind] for kind in kinds)
    return Minutes(
        title="Biên bản",
        subject=f"{title} năm {year.year} của {year.bloc.name}",
        letterhead=replace(letterhead_of(year, leader_unit(year), "BB"), place=""),
        demo=year.is_demonstration,
        sections=(
            Section(paragraphs=_present(year, poll)),
            Section(heading="1. Nguyên tắc, tiêu chuẩn và số lượng đề nghị", paragraphs=(_principles(year, rows),)),
            Section(heading="2. Danh sách đưa ra bình xét", table=_candidates(rows, earlier)),
            Section(heading="3. Kết quả", paragraphs=(_manner(year, poll),), table=_results(rows), items=_said(rows)),
            Section(heading="4. Kết luận", paragraphs=_conclusion(year, rows)),
            Section(heading="5. Đại diện các đơn vị tham gia bình xét", table=_roll(poll)),
        ),
        signers=(Signer(lines=("THƯ KÝ",)), Signer(lines=("CHỦ TỌA",))),
    )


def _present(year: BlocYear, poll: Poll) -> tuple[str, ...]:
    last = poll.rounds.last()
    entries = RollEntry.objects.filter(round=last)
    whole = entries.count()
    there = entries.exclude(present=False).count() if entries.filter(present=True).exists() else whole
    opened = moment(last.opened_at) if last and last.opened_at else DOTS
    return (
        f"Thời gian bắt đầu: {opened}. Địa điểm: {DOTS}",
        (
            f"Thành phần: {count(there)}/{count(whole)} đơn vị thành viên có quyền biểu quyết tham gia. Đại diện "
            f"{year.bloc.authority} dự, chỉ đạo không tham gia biểu quyết. Chủ trì: {DOTS} Thư ký: {DOTS}"
        ),
    )


def _principles(year: BlocYear, rows: Sequence[Nomination]) -> str:
    awards = list(dict.fromkeys(row.award for row in rows))
    places = places_of(awards, rows, provisions_of(year), year.memberships.count())
    said = "; ".join(
        f"{count(places[award.pk].limit or 0)} {award.printed_name} ({places[award.pk].source})" for award in awards
    )
    return (
        f"Số lượng được đề nghị: {said}. Việc bình xét bảo đảm chính xác, công khai, minh bạch, công bằng; căn cứ kết quả "
        "chấm điểm và thành tích thực tế."
    )


def _candidates(rows: Sequence[Nomination], earlier: dict[int, list[Given]]) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10), Column(title="Đơn vị, cá nhân"),
        Column(title="Tổng điểm", figures=True, width=18), Column(title="Thứ hạng", centred=True, width=24),
        Column(title="Đề nghị", width=30), Column(title="Khen thưởng 03 năm gần nhất", width=40),
    )  # fmt: skip
    cells = tuple(
        (str(place), row.printed_name, row.score_text, row.rank_text, row.award.printed_name,
         "; ".join(given.words for given in earlier.get(row.membership.unit_id, ())) or "–")
        for place, row in enumerate(rows, start=1)
    )  # fmt: skip
    return Table(columns=columns, rows=cells)


def _manner(year: BlocYear, poll: Poll) -> str:
    last = poll.rounds.last()
    rules = peer_review_rules(provisions_of(year))
    share = rules.threshold.share
    least = f"{share.numerator}/{share.denominator} số đơn vị có quyền biểu quyết"
    least = f"quá {least}" if rules.threshold.strict else f"từ {least} trở lên"
    manner = last.manner.lower() if last else DOTS
    return (
        f"Hình thức: {manner}. Điều kiện được đề nghị: {least} nhất trí ({rules.source[:1].lower()}{rules.source[1:]})."
    )


def _results(rows: Sequence[Nomination]) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10), Column(title="Đơn vị, cá nhân"),
        Column(title="Đề nghị", width=30), Column(title="Nhất trí", centred=True, width=16),
        Column(title="Không nhất trí", centred=True, width=18), Column(title="Không có ý kiến", centred=True, width=18),
        Column(title="Tỷ lệ (%)", figures=True, width=18), Column(title="Kết luận", width=24),
    )  # fmt: skip
    cells = tuple(
        (str(place), row.printed_name, row.award.printed_name, row.votes_text, count(row.reject or 0),
         count(row.abstain or 0), row.percent_text, "Đề nghị" if row.is_held else "Không đề nghị")
        for place, row in enumerate(rows, start=1)
    )  # fmt: skip
    return Table(columns=columns, rows=cells)


def _said(rows: Sequence[Nomination]) -> tuple[str, ...]:
    return tuple(f"{row.nominee}: {row.vote_sentence.rstrip('.')}" for row in rows if row.vote_sentence)


def _conclusion(year: BlocYear, rows: Sequence[Nomination]) -> tuple[str, ...]:
    agreed = [f"{row.award.printed_name} cho {row.printed_name}" for row in rows if row.is_held]
    if not agreed:
        return (f"{year.bloc.bloc_word} không thống nhất đề nghị trường hợp nào.", "Biên bản được thông qua ./.")
    return (
        (
            f"Căn cứ kết quả trên, {year.bloc.bloc_word} thống nhất đề nghị {year.bloc.authority.decider} xem xét, tặng: "
            f"{'; '.join(agreed)}."
        ),
        f"Biên bản được thông qua và kết thúc vào {DOTS} cùng ngày./.",
    )


def _roll(poll: Poll) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10), Column(title="Đơn vị"), Column(title="Họ và tên", width=40),
        Column(title="Chức vụ", width=30), Column(title="Ký tên", width=30),
    )  # fmt: skip
    entries = RollEntry.objects.filter(round=poll.rounds.last()).select_related("membership")
    rows = tuple(
        (str(place), entry.membership.name, "", "", "")
        for place, entry in enumerate(entries.order_by("membership__position", "pk"), start=1)
    )
    return Table(columns=columns, rows=rows)
