"""One's own name and work contact."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from blocs.actions.people import NameTaken, change_contact
from blocs.forms.people import ContactForm
from blocs.pages import answer, user_of


@reauthentication_required
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Correct one's name and contact; identity is confirmed first, because the mail address opens the account."""
    user = user_of(request)
    initial = {"full_name": user.full_name, "email": user.email, "phone": user.phone}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(user, **form.cleaned_data, by=user)
            return answer(request, "Đã ghi liên hệ công vụ.", "account_home")
        except NameTaken as refusal:
            form.add_error("email", refusal.sentence)
    return render(request, "blocs/contact_form.html", {"form": form}, status=422 if form.errors else 200)
