"""The people of a unit or of the authority: who they are, inviting them, ending their posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import clock
from blocs.actions import people as acts
from blocs.actions.year_settings import set_head_name
from blocs.errors import Refusal
from blocs.forms.people import HeadNameForm, InviteForm
from blocs.invitations import link_of
from blocs.models import Authority, Invitation, Post, Unit
from blocs.pages import answer, fetch, user_of
from blocs.queries.people import head_names, invitations_visible_to, people_at, posts_visible_to
from blocs.rules import require, roles_to_give

OFFICIALS = [(role.value, str(role.label)) for role in (Post.Role.OFFICER, Post.Role.DEPUTY_HEAD, Post.Role.HEAD)]


@require_GET
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Show who is who at a unit."""
    return _page(request, fetch_unit(request, code))


@require_GET
def officials(request: HttpRequest, authority: int) -> HttpResponse:
    """Show who is who at the authority."""
    return _page(request, fetch_authority(request, authority))


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Offer somebody a post at a unit; the link is shown once."""
    unit = fetch_unit(request, code)
    require(user_of(request), "blocs.keep_people", unit)
    return _invite(request, unit, roles_to_give(user_of(request), unit))


@never_cache
@require_http_methods(["GET", "POST"])
def invite_official(request: HttpRequest, authority: int) -> HttpResponse:
    """Offer somebody a post at the authority; the link is shown once."""
    return _invite(request, fetch_authority(request, authority), OFFICIALS)


@require_POST
def head_name(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Set the name of the unit's head as it is printed under the unit's papers of a year (a bloc year's key)."""
    unit = fetch_unit(request, code)
    require(user_of(request), "blocs.keep_people", unit)
    found = fetch(unit.memberships.select_related("year"), year=year)
    form = HeadNameForm(request.POST)
    if form.is_valid():
        set_head_name(found, head_name=form.cleaned_data["head_name"], by=user_of(request))
    return answer(request, f"Đã ghi tên in trên văn bản năm {found.year.year}.", "blocs:people", unit.code)


@require_POST
def invitation_withdraw(request: HttpRequest, invitation: int) -> HttpResponse:
    """Take an open invitation back."""
    found = fetch(invitations_visible_to(user_of(request), clock.today()), pk=invitation)
    if found.unit is not None:
        require(user_of(request), "blocs.keep_people", found.unit)
    acts.withdraw_invitation(found, by=user_of(request), at=clock.now())
    return answer(
        request, f"Đã thu hồi lời mời gửi {found.full_name}. Liên kết không còn dùng được.", people_url(found)
    )


@require_POST
def post_close(request: HttpRequest, post: int) -> HttpResponse:
    """End somebody's post."""
    found = fetch(posts_visible_to(user_of(request), clock.today()), pk=post)
    require(user_of(request), "blocs.close_post", found)
    acts.close_post(found, by=user_of(request), on=clock.today())
    return answer(request, f"Đã kết thúc chức vụ {found.title} của {found.user.full_name}.", people_url(found))


def fetch_unit(request: HttpRequest, code: str) -> Unit:
    """Return the unit that the user may see, else 404."""
    found: Unit = fetch(Unit.objects.visible_to(user_of(request), clock.today()), code=code)
    return found


def fetch_authority(request: HttpRequest, authority: int) -> Authority:
    """Return the authority at which the user holds a post, else 404."""
    posts = user_of(request).posts.in_force(clock.today())
    found: Authority = fetch(Authority.objects.filter(pk__in=posts.values("authority")), pk=authority)
    return found


def people_url(row: Post | Invitation) -> str:
    """Return the page that lists the people of the row's place."""
    if row.unit is not None:
        return reverse("blocs:people", args=[row.unit.code])
    return reverse("blocs:officials", args=[row.authority_id])


def _page(request: HttpRequest, place: Unit | Authority) -> HttpResponse:
    if isinstance(place, Unit):
        closable = {role for role, _ in roles_to_give(user_of(request), place, closing=True)}
        invite_url = reverse("blocs:invite", args=[place.code])
    else:
        closable, invite_url = set(Post.Role.values), reverse("blocs:invite_official", args=[place.pk])
    context = {
        "place": place,
        "unit": place if isinstance(place, Unit) else None,
        "people": people_at(place, at=clock.now()),
        "head_names": head_names(place) if closable and isinstance(place, Unit) else [],
        "keeps": bool(closable),
        "closable": closable,
        "invite_url": invite_url,
        "withdraw_effects": ["Liên kết đã gửi không còn dùng được."],
        "end_effects": [
            "Người được ủy quyền không còn làm thay Thủ trưởng đơn vị kể từ hôm nay. Giấy ủy quyền được giữ nguyên."
        ],
    }
    return render(request, "blocs/people_board.html", context)


def _invite(request: HttpRequest, place: Unit | Authority, roles: list[tuple[str, str]]) -> HttpResponse:
    form = InviteForm(request.POST or None, roles=roles)
    context: dict[str, object] = {"place": place, "unit": place if isinstance(place, Unit) else None, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = acts.invite(place, **form.cleaned_data, by=user_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            context |= {"invitation": invitation, "link": link_of(token)}
            return render(request, "blocs/invitation_sent.html", context)
    return render(request, "blocs/invite_form.html", context, status=422 if form.errors else 200)
