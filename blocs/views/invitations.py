"""Taking an offered post by a one-time link. The link's token stands in the first address only, never in a page."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock, text
from blocs.actions.people import InvitationVoid, NameTaken, accept_invitation
from blocs.forms.people import AcceptForm
from blocs.invitations import invitation_behind
from blocs.models import Invitation, User
from blocs.pages import answer

_KEPT = "invitation"


@login_not_required
@never_cache
@sensitive_variables("token")
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Remember which invitation the link belongs to, and go on to an address that does not hold the token."""
    found = invitation_behind(token)
    if found is None or not found.is_open(clock.now()):
        return _leave(HttpResponseRedirect(reverse("blocs:invitation_void")))
    request.session[_KEPT] = found.pk
    return _leave(HttpResponseRedirect(reverse("blocs:accept")))


@login_not_required
@never_cache
@require_GET
def invitation_void(request: HttpRequest) -> HttpResponse:
    """Say that the link works no longer, and whom to ask."""
    return _void(request)


def _void(request: HttpRequest) -> HttpResponse:
    return _leave(render(request, "blocs/invitation_void.html", status=410))


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Take the post, with the account at hand or with a new one."""
    rows = Invitation.objects.select_related("unit", "authority")
    found = rows.filter(pk=request.session.get(_KEPT, 0)).first()
    if found is None or not found.is_open(clock.now()):
        return _void(request)
    user = request.user if isinstance(request.user, User) else None
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and (user is not None or form.is_valid()):
        try:
            return _take(request, found, form, user)
        except NameTaken as refusal:
            form.add_error("username", refusal.sentence)
        except InvitationVoid:
            return _void(request)
    known = User.objects.filter(email__iexact=found.email, is_active=True).exists()
    context = {
        "invitation": found,
        "form": form,
        "holder": user,
        "known": known,
        "until": text.moment(found.expires_at),
    }
    return _leave(render(request, "blocs/invitation_accept.html", context, status=422 if form.errors else 200))


def _take(request: HttpRequest, found: Invitation, form: AcceptForm, user: User | None) -> HttpResponse:
    if user is not None:
        post = accept_invitation(found, by=user, at=clock.now())
    else:
        name, password = form.cleaned_data["username"], form.cleaned_data["password1"]
        post = accept_invitation(found, username=name, password=password, at=clock.now())
        login(request, post.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.pop(_KEPT, None)
    return answer(request, f"Đã nhận chức vụ {post.title}, {post.unit or post.authority}.", resolve_url("home:tasks"))


def _leave(response: HttpResponse) -> HttpResponse:
    """Tell the browser to hand the address on to nobody."""
    response["Referrer-Policy"] = "no-referrer"
    return response
