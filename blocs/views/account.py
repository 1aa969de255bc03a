"""One's own account: who I am here, and the session kept alive."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from blocs import clock, text
from blocs.forms.people import MailForm
from blocs.models import MailChoice, User
from blocs.pages import user_of
from blocs.views.people import people_url


@never_cache
@require_GET
def account_home(request: HttpRequest) -> HttpResponse:
    """Show the person's name, contact, posts and authorisations of today."""
    user, today = user_of(request), clock.today()
    posts = [
        {
            "label": post.title,
            "value": f"{post.unit or post.authority}, {post.get_role_display()}, từ {text.date(post.from_on)}",
            "url": people_url(post),
        }
        for post in user.posts.in_force(today).select_related("unit", "authority")
    ]
    authorisations = [
        {
            "label": f"Ủy quyền của {held.unit}",
            "value": f"đến {text.date(held.until_on)}",
            "url": reverse("blocs:people", args=[held.unit.code]),
        }
        for held in user.authorisations.in_force(today).select_related("unit")
    ]
    contact = [
        ("Họ và tên", user.full_name),
        ("Tên đăng nhập", user.username),
        ("Thư điện tử công vụ", user.email),
        ("Điện thoại công vụ", user.phone),
    ]
    context = {
        "contact": contact,
        "posts": posts + authorisations,
        "mail_form": MailForm(initial=_mail_choice(user)),
        "idle_minutes": text.count(settings.SESSION_COOKIE_AGE // 60),
    }
    return render(request, "account/home.html", context)


def _mail_choice(user: User) -> dict[str, object]:
    choice = MailChoice.objects.filter(user=user).first() or MailChoice(user=user)
    return {"manner": choice.manner, "reminds": choice.reminds}


@require_POST
def keep_session(_request: HttpRequest) -> HttpResponse:
    """Start the idle time anew; the session middleware does it with any answer."""
    return HttpResponse(status=204)
