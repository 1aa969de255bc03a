"""Whether the site can serve: the database answers. Says nothing else to anybody."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET


@require_GET
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" when a query goes through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
