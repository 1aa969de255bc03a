"""One's own data: how mail is wanted, everything that is kept."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from blocs.actions.personal import choose_mail
from blocs.errors import Refusal
from blocs.forms.people import MailForm
from blocs.pages import answer, user_of
from blocs.queries.personal import personal_data


@require_POST
def mail_choice(request: HttpRequest) -> HttpResponse:
    """Keep how the person wants mail."""
    form = MailForm(request.POST)
    if not form.is_valid():
        raise Refusal("Đề nghị chọn một trong các cách nhận thư. Chưa có gì thay đổi.")
    choose_mail(user_of(request), by=user_of(request), **form.cleaned_data)
    return answer(request, "Đã đặt cách nhận thư.", "account_home")


@never_cache
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is kept about the person who asks."""
    content = json.dumps(personal_data(user_of(request)), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"'}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)
