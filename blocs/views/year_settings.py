"""The settings of a bloc year: dates, members, leadership, the reviewer of the leader, beginning and end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from blocs import clock
from blocs.actions import year_settings as acts
from blocs.actions import years
from blocs.errors import Refusal
from blocs.forms.years import LeaderForm, MembersForm, ReviewerForm, SettingsForm
from blocs.models import BlocYear, Membership
from blocs.pages import answer, fetch_year, user_of
from blocs.queries.units import find_units
from blocs.queries.years import STATE_CSS, guidances_of, members_of, quotas, terms_of
from blocs.rules import may, require


@require_http_methods(["GET", "POST"])
def year_settings(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the settings; the leader and the authority change dates and rules here."""
    found = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.lead_or_oversee", found)
    initial = {name: getattr(found, name) for name in (*acts.DATES, *acts.SETTINGS)}
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.settle_year(found, **form.cleaned_data, by=user_of(request))
            return answer(request, "Đã ghi thiết lập.", "blocs:year_settings", bloc, year)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _page(request, found, form=form, status=422 if form.errors else 200)


@require_POST
def year_leader(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Name the leader or the deputy."""
    found = _overseen(request, bloc, year)
    form = LeaderForm(request.POST, year=found, members=members_of(found))
    if form.is_valid():
        try:
            term = acts.name_leader(found, **form.cleaned_data, by=user_of(request))
            return answer(request, f"Đã ghi {term.unit.name}.", "blocs:year_settings", bloc, year)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _page(request, found, leader_form=form, status=422)


@require_POST
def year_reviewer(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Name who reviews the leader's own scores."""
    found = _overseen(request, bloc, year)
    form = ReviewerForm(request.POST, year=found, members=members_of(found))
    if form.is_valid():
        try:
            acts.name_leader_reviewer(found, unit=form.cleaned_data["unit"], by=user_of(request))
            return answer(request, "Đã ghi đơn vị thẩm định.", "blocs:year_settings", bloc, year)
        except Refusal as refusal:
            form.add_error("unit", refusal.sentence)
    return _page(request, found, reviewer_form=form, status=422)


@require_http_methods(["GET", "POST"])
def year_members(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Set the members of a year and their order."""
    found = _overseen(request, bloc, year)
    rows = members_of(found)
    form = MembersForm(request.POST or None, initial={"members": "\n".join(row.unit.code for row in rows)})
    if request.method == "POST" and form.is_valid():
        members, lost = find_units(form.cleaned_data["members"].splitlines())
        try:
            if not lost:
                acts.set_members(found, members=members, by=user_of(request), on=clock.today())
                return answer(request, "Đã ghi danh sách đơn vị thành viên.", "blocs:year_settings", bloc, year)
            form.add_error("members", f"Không tìm thấy đơn vị: {'; '.join(lost)}.")
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"year": found, "rows": rows, "form": form}
    return render(request, "blocs/member_form.html", context, status=422 if form.errors else 200)


@require_POST
def year_start(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Begin a year that was being prepared."""
    found = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.lead_or_oversee", found)
    years.start_year(found, by=user_of(request))
    return answer(request, f"Năm thi đua {year} đã bắt đầu.", "blocs:year_settings", bloc, year)


@require_POST
def year_close(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """End a year for good."""
    found = _overseen(request, bloc, year)
    years.close_year(found, by=user_of(request))
    return answer(request, f"Năm thi đua {year} đã kết thúc và chỉ còn xem được.", "blocs:year_settings", bloc, year)


@require_POST
def year_next(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Open the year after this one."""
    found = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.lead_or_oversee", found)
    following = years.open_next_year(found, by=user_of(request), on=clock.today())
    return answer(request, f"Đã mở năm thi đua {following.year}.", "blocs:year_settings", bloc, following.year)


def _overseen(request: HttpRequest, bloc: str, year: int) -> BlocYear:
    found = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.oversee", found)
    return found


def _known(year: BlocYear, members: list[Membership]) -> dict[str, object]:
    return {
        "year": year,
        "state_css": STATE_CSS[year.state],
        "members": members,
        "terms": terms_of(year, members),
        "quotas": quotas(year, on=clock.today()),
        "guidances": guidances_of(year),
    }


def _page(
    request: HttpRequest,
    year: BlocYear,
    *,
    form: SettingsForm | None = None,
    leader_form: LeaderForm | None = None,
    reviewer_form: ReviewerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    initial = {name: getattr(year, name) for name in (*acts.DATES, *acts.SETTINGS)}
    oversees, members = may(user_of(request), "blocs.oversee", year), members_of(year)
    where = [year.bloc.code, year.year]
    context = {
        "form": form or SettingsForm(initial=initial),
        "oversees": oversees,
        "leader_form": leader_form or LeaderForm(year=year, members=members) if oversees else None,
        "reviewer_form": reviewer_form
        or ReviewerForm(year=year, members=members, initial={"unit": year.leader_reviewer_id}),
        "next_url": reverse("blocs:year_next", args=where),
        "close_url": reverse("blocs:year_close", args=where),
        "leader_url": reverse("blocs:year_leader", args=where),
        "close_effects": [
            f"Mọi nội dung của năm {year.year} chỉ còn xem được; không ai sửa được nữa.",
            "Điểm, đề nghị khen thưởng và văn bản được giữ nguyên để tra cứu.",
        ],
        "next_effects": [
            f"Năm {year.year + 1} có cùng các đơn vị thành viên, với tên của năm đó, và cùng các thiết lập.",
            f"Thời hạn được đặt sau; {year.bloc.leader_word} theo kết quả bầu.",
        ],
    }
    return render(request, "blocs/year_settings.html", _known(year, members) | context, status=status)
