"""What the page of one member's result shows: charts against the bloc and year over year, each with its table."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from blocs import text
from blocs.models import User
from scoring.charts import Bar, Chart, Dot, bar_chart, dot_chart
from scoring.models import SelfAssessment
from scoring.points import Kind
from scoring.queries import standings
from scoring.queries.timelines import GroupShare, YearResult, group_shares, year_results


@dataclass(frozen=True)
class Picture:
    """A chart with its table: the same figures for who cannot see it."""

    title: str
    svg: SafeString
    text: str
    columns: list[tuple[str, str]]
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True)
class ProfilePage:
    """One member's result of a year."""

    heading: str
    lead: str
    name: str
    pictures: list[Picture]
    note: str
    demo: bool


def profile_page(assessment: SelfAssessment, user: User, now: dt.datetime) -> ProfilePage:
    """Return the charts of one member; the bloc's best and median where the user may read every member's scores."""
    year, member = assessment.year, assessment.membership
    seen = SelfAssessment.objects.visible_to(user, now).filter(membership__year=year).handed_in().values("pk")
    may_compare = seen.count() == SelfAssessment.objects.filter(membership__year=year).handed_in().count()
    found = standings(year)
    own = next((row for row in found.rows if row.membership_id == member.pk), None)
    printed = own.printed if own else {}
    years = year_results(year, member.unit_id)
    pictures = [group_picture(shares_of(assessment, compared=may_compare), found.decimals)]
    return ProfilePage(
        heading=f"Kết quả năm {year.year}: {member.short_name or member.name}",
        lead=f"{found.label}: {printed.get('total', '–')} điểm, thứ hạng {printed.get('rank', '–')}, "
        f"xếp loại {printed.get('grade', '–')}."
        if may_compare
        else f"{found.label}: {printed.get('total', '–')} điểm.",
        name=member.name,
        pictures=pictures + ([years_picture(years, found.decimals)] if len(years) > 1 else []),
        note="" if may_compare else "Điểm cao nhất và trung vị của Khối hiện khi điểm của các đơn vị được xem.",
        demo=year.is_demonstration,
    )


def shares_of(assessment: SelfAssessment, *, compared: bool) -> list[GroupShare]:
    """Return the top groups of base points of one member at the bloc's layer; `compared` with the bloc."""
    tops = assessment.table.criteria.filter(parent=None, kind=Kind.BASE.value).order_by("position")
    found = standings(assessment.year).rows
    own = next((row.groups for row in found if row.membership_id == assessment.membership_id), {})
    bloc = [row.groups for row in found if row.total is not None] if compared else []
    return group_shares(list(tops.values_list("code", "title", "max_points")), own, bloc)


def group_chart(shares: list[GroupShare], decimals: int) -> Chart:
    """Return the bars of a member's groups, the best and the median of the bloc beside them where they are known."""
    bars = [
        Bar(
            f"{share.code}. {share.title}", share.own, share.maximum,
            f"{text.number(share.own, decimals)}/{text.number(share.maximum, decimals)}", share.middle, share.best,
        )
        for share in shares
    ]  # fmt: skip
    said = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    return bar_chart("Điểm theo nhóm tiêu chí", bars, said)


def group_picture(shares: list[GroupShare], decimals: int) -> Picture:
    """Return the chart of the groups with its table."""
    chart = group_chart(shares, decimals)
    columns = [("Nhóm tiêu chí", ""), ("Tối đa", "n"), ("Đơn vị", "n"), ("Trung vị", "n"), ("Cao nhất", "n")]
    rows = [
        [(f"{share.code}. {share.title}", ""), *_numbers(share.maximum, share.own, share.middle, share.best, decimals)]
        for share in shares
    ]
    return _picture(chart, columns, rows)


def years_chart(years: list[YearResult], decimals: int, *, compared: bool = True) -> Chart:
    """Return the totals of a member's years as dots."""
    dots = [
        Dot(
            str(one.year), one.total, text.number(one.total, decimals),
            one.middle if compared else None, one.best if compared else None,
        )
        for one in years
    ]  # fmt: skip
    said = "; ".join(f"năm {dot.label}: {dot.words} điểm" for dot in dots)
    return dot_chart("Tổng điểm qua các năm", dots, said)


def years_picture(years: list[YearResult], decimals: int) -> Picture:
    """Return the chart of the years with its table."""
    heads = ("Năm", "Tên đơn vị năm đó", "Tổng điểm", "Thứ hạng", "Xếp loại", "Trung vị", "Cao nhất")
    columns = [(head, "n" if head in {"Tổng điểm", "Trung vị", "Cao nhất"} else "") for head in heads]
    rows = [
        [
            (str(one.year), ""), (one.name, ""), (text.number(one.total, decimals), "n"),
            (f"{one.rank}/{one.members}" if one.rank else "–", ""), (one.grade or "–", ""),
            (text.number(one.middle, decimals), "n"), (text.number(one.best, decimals), "n"),
        ]
        for one in years
    ]  # fmt: skip
    return _picture(years_chart(years, decimals), columns, rows)


def _numbers(*values: Decimal | int | None) -> list[tuple[str, str]]:
    *amounts, decimals = values
    return [(text.number(amount, int(decimals or 0)), "n") for amount in amounts]


def _picture(chart: Chart, columns: list[tuple[str, str]], rows: list[list[tuple[str, str]]]) -> Picture:
    return Picture(chart.title, mark_safe(chart.svg), chart.text, columns, rows)  # noqa: S308 - escaped by the chart
