"""The catalogue of awards at the desk: what each rests on, its conditions, who has confirmed them."""

from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import add_award, amend_award, confirm_rule, end_rule, record_rule
from awards.forms.catalogue import AmendAwardForm, AwardForm, ConfirmRuleForm, EndRuleForm, RuleForm
from awards.models import Award, AwardRule
from awards.queries.catalogue import catalogue as catalogue_of
from awards.queries.catalogue import entry_of
from awards.views.attempts import attempt, status_of
from blocs import clock, text
from blocs.models import Authority
from blocs.pages import answer, fetch, user_of
from blocs.rules import require
from blocs.standing import standing_of


def own_authority(request: HttpRequest) -> Authority:
    """Return the authority for which the user works at the desk; 403 for anybody else."""
    user = user_of(request)
    require(user, "blocs.keep_units", None)
    found: Authority = fetch(Authority.objects.filter(pk__in=standing_of(user).authorities))
    return found


def fetch_award(request: HttpRequest, code: str) -> tuple[Award, Authority]:
    """Return an award that the user's authority knows; else 404."""
    authority = own_authority(request)
    known = Award.objects.filter(Q(authority=None) | Q(authority=authority))
    return fetch(known, code__iexact=code), authority


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the awards and their conditions."""
    entries = catalogue_of(own_authority(request), clock.today())
    waiting = sum(entry.to_confirm for entry in entries)
    lead = f"{text.count(waiting)} nội dung cần xác nhận." if waiting else "Mọi nội dung đã được xác nhận."
    return render(request, "desk/catalogue.html", {"entries": entries, "lead": lead})


def award_add(request: HttpRequest) -> HttpResponse:
    """Put an award into the catalogue."""
    authority = own_authority(request)
    form = AwardForm(request.POST or None, initial={"valid_from": clock.today(), "required_papers": ["report"]})
    made = attempt(request, form, lambda: add_award(authority, by=user_of(request), **form.cleaned_data))
    if made:
        return answer(request, f"Đã đưa {made.name} vào danh mục.", "desk:award", code=made.code)
    return render(request, "desk/award_form.html", {"form": form}, status=status_of(form))


@require_GET
def award(request: HttpRequest, code: str) -> HttpResponse:
    """Show one award with its conditions and what can be done with them."""
    found, authority = fetch_award(request, code)
    return _show(request, found, authority)


def _show(request: HttpRequest, found: Award, authority: Authority, **forms: Form) -> HttpResponse:
    names = ("legal_basis", "valid_to", "most_per_bloc", "confirmed_by", "required_papers")
    context: dict[str, Any] = {
        "entry": entry_of(found, authority, clock.today()),
        "amend_form": AmendAwardForm(initial={name: getattr(found, name) for name in names}, prefix="sua"),
        "rule_form": RuleForm(initial={"effective_from": clock.today()}, prefix="dk"),
    } | forms
    status = max(status_of(form) for form in (None, *forms.values()))
    return render(request, "desk/award.html", context, status=status)


@require_POST
def award_amend(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what an award rests on, confirm it."""
    found, authority = fetch_award(request, code)
    form = AmendAwardForm(request.POST, prefix="sua")
    if attempt(request, form, lambda: amend_award(found, by=user_of(request), **form.cleaned_data)):
        return answer(request, f"Đã ghi {found.name}.", "desk:award", code=code)
    return _show(request, found, authority, amend_form=form)


@require_POST
def rule_add(request: HttpRequest, code: str) -> HttpResponse:
    """Record a condition."""
    found, authority = fetch_award(request, code)
    form = RuleForm(request.POST, prefix="dk")

    def act() -> AwardRule:
        return record_rule(found, authority=authority, by=user_of(request), **form.cleaned_data)

    if attempt(request, form, act):
        return answer(request, "Đã ghi điều kiện.", "desk:award", code=code)
    return _show(request, found, authority, rule_form=form)


def fetch_rule(request: HttpRequest, pk: int) -> tuple[AwardRule, Authority]:
    """Return a condition that the user's authority may end or confirm; else 404."""
    authority = own_authority(request)
    rows = AwardRule.objects.filter(Q(authority=None) | Q(authority=authority)).select_related("award")
    return fetch(rows, pk=pk), authority


@require_POST
def rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a condition."""
    rule, authority = fetch_rule(request, pk)
    form = EndRuleForm(request.POST)
    if attempt(request, form, lambda: end_rule(rule, by=user_of(request), **form.cleaned_data)):
        return answer(request, "Đã ghi ngày hết hiệu lực.", "desk:award", code=rule.award.code)
    return _show(request, rule.award, authority, end_form=form)


@require_POST
def rule_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who has checked a condition."""
    rule, authority = fetch_rule(request, pk)
    form = ConfirmRuleForm(request.POST)
    if attempt(request, form, lambda: confirm_rule(rule, by=user_of(request), **form.cleaned_data)):
        return answer(request, "Đã ghi người xác nhận.", "desk:award", code=rule.award.code)
    return _show(request, rule.award, authority, end_form=form)
