"""The board of the year's nominations, a proposal, a withdrawal, the cases in which a member is not considered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import end_blocking_case, propose_nomination, record_blocking_case, withdraw_nomination
from awards.forms.bloc import CaseForm, ProposalForm, ReasonForm, VoteForm
from awards.models import Award, BlockingCase, Nomination
from awards.models.submissions import printed_score
from awards.queries.board import Board
from awards.queries.board import board as board_of
from awards.queries.candidates import Eligibility, eligibility
from awards.queries.polls import ReviewView, review_of
from awards.queries.simulation import trial as trial_of
from awards.queries.simulation import trial_rows
from awards.views.attempts import attempt, status_of
from blocs import clock
from blocs.models import BlocYear, Membership
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import may, require
from blocs.standing import leadership_of, standing_of
from voting.forms import HandsForm


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show whom the bloc may propose and whom it has proposed."""
    bloc_year = fetch_year(request, bloc, year)
    return show_board(request, bloc_year)


def show_board(request: HttpRequest, year: BlocYear, **forms: object) -> HttpResponse:
    """Answer with the board; `forms` are those that were refused, with what was typed."""
    user = user_of(request)
    standing = standing_of(user)
    leads = may(user, "awards.propose", year) and not year.is_past
    concludes = may(user, "awards.conclude", year) and not year.is_past
    shown = board_of(year, clock.now(), leads=leads, units={*standing.units, *standing.authorised})
    review = review_of(user, shown.poll) if shown.poll else None
    main_act = _main_act(shown, review, leads=leads, concludes=concludes)
    context = {
        "year": year,
        "board": shown,
        "leads": leads,
        "concludes": concludes,
        "review": review,
        "vote_form": VoteForm(),
        "submissions": list(year.submissions.all()),
        "main_act": main_act,
        "vote_is_main": main_act == "vote",
    }
    context |= _cases(request, year, shown) | _hands(review, concludes=concludes) | forms
    status = max(status_of(form) for form in (None, *forms.values()))  # type: ignore[arg-type]
    return render(request, "awards/board.html", context, status=status)


def _main_act(shown: Board, review: ReviewView | None, *, leads: bool, concludes: bool) -> str:
    """The one act of the page: the reader's ballot, the next proposal, the vote, its end, the submission."""
    if review and review.awaits_me:
        return "ballot"
    if review and review.is_open:
        return "conclude" if concludes else ""
    if not leads:
        return ""
    if any(offer.is_next for row in shown.rows for offer in row.offers):
        return "offer"
    return "vote" if shown.planned else "submit" if shown.agreed else ""


def _cases(request: HttpRequest, year: BlocYear, shown: Board) -> dict[str, object]:
    keeps = may(user_of(request), "blocs.lead_or_oversee", year) and not year.is_past
    return {
        "keeps_cases": keeps,
        "cases": shown.cases,
        "case_form": CaseForm(members=shown.members) if keeps else None,
    }


def _hands(review: ReviewView | None, *, concludes: bool) -> dict[str, object]:
    counts = review is not None and review.is_open and review.by_hands and concludes
    return {"hands_form": HandsForm(review.round) if review and counts else None}


@require_GET
def trial(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Try a list before anything is proposed; leader, official and members see the same."""
    bloc_year = fetch_year(request, bloc, year)
    now = eligibility(bloc_year, clock.now())
    pairs = [key.partition("-") for key in request.GET.getlist("chon")[:200]]
    chosen = [(int(member), int(award)) for member, _, award in pairs if member.isdecimal() and award.isdecimal()]
    context = {"year": bloc_year, "trial": trial_of(now, chosen), "rows": trial_rows(now, chosen)}
    return render(request, "awards/trial.html", context)


def propose(request: HttpRequest, bloc: str, year: int, membership: int, award: str) -> HttpResponse:
    """Show what speaks for and against one nomination, and make it."""
    bloc_year = fetch_year(request, bloc, year)
    member = fetch(bloc_year.memberships.select_related("year__bloc__authority"), pk=membership)
    wanted: Award = fetch(Award.objects.all(), code=award)
    user = user_of(request)
    require(user, "awards.propose", bloc_year)
    at = clock.now()
    now = eligibility(bloc_year, at)
    found = now.why_not(member.pk, wanted) if wanted.pk in now.places else ()
    form = ProposalForm(
        request.POST or None,
        has_warnings=any(not objection.hard for objection in found),
        for_person=wanted.is_for_persons,
        initial={"printed_name": "" if wanted.is_for_persons else member.name},
    )
    made = attempt(request, form, lambda: propose_nomination(member, award=wanted, by=user, at=at, **form.proposal))
    if made:
        sentence = f"Đã đưa {member.short_name} vào danh sách đề nghị {wanted.short_name}."
        return answer(request, sentence, "awards:board", bloc=bloc, year=year)
    context = _proposal(bloc_year, now, member, wanted) | {"form": form, "objections": found}
    return render(request, "awards/propose.html", context, status=status_of(form))


def _proposal(year: BlocYear, now: Eligibility, member: Membership, award: Award) -> dict[str, object]:
    candidate = now.candidates[member.pk]
    return {
        "year": year,
        "membership": member,
        "award": award,
        "candidate": candidate,
        "total": printed_score(candidate.total),
        "is_leader": leadership_of(year).leader == member.unit_id,
        "of": len(now.ranking.places),
        "places": now.places.get(award.pk),
        "is_possible": award.pk in now.places
        and not any(objection.hard for objection in now.why_not(candidate.key, award)),
    }


@require_POST
def withdraw(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take a nomination off the list."""
    bloc_year = fetch_year(request, bloc, year)
    nomination = fetch(Nomination.objects.select_related("membership", "award"), year=bloc_year, pk=pk)
    user = user_of(request)
    require(user, "awards.propose", bloc_year)
    form = ReasonForm(request.POST)
    at = clock.now()
    if attempt(request, form, lambda: withdraw_nomination(nomination, by=user, at=at, **form.cleaned_data)):
        sentence = f"Đã rút {nomination.membership.short_name} khỏi danh sách đề nghị {nomination.award.short_name}."
        return answer(request, sentence, "awards:board", bloc=bloc, year=year)
    return show_board(request, bloc_year, reason_form=form)


@require_POST
def case_add(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Note a case in which a member is not considered."""
    bloc_year = fetch_year(request, bloc, year)
    user = user_of(request)
    require(user, "blocs.lead_or_oversee", bloc_year)
    form = CaseForm(request.POST, members=bloc_year.memberships.values_list("pk", "short_name"))
    at = clock.now()

    def note() -> BlockingCase:
        given = dict(form.cleaned_data)
        member = bloc_year.memberships.select_related("year").get(pk=given.pop("membership"))
        return record_blocking_case(member, by=user, at=at, **given)

    if attempt(request, form, note):
        return answer(
            request, "Đã ghi trường hợp không xét, đề nghị khen thưởng.", "awards:board", bloc=bloc, year=year
        )
    return show_board(request, bloc_year, case_form=form)


@require_POST
def case_end(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Note that a case no longer stands."""
    bloc_year = fetch_year(request, bloc, year)
    case = fetch(BlockingCase.objects.select_related("membership__year"), membership__year=bloc_year, pk=pk)
    user = user_of(request)
    require(user, "blocs.lead_or_oversee", bloc_year)
    end_blocking_case(case, reason=request.POST.get("reason", ""), by=user, at=clock.now())
    return answer(request, "Đã ghi kết thúc trường hợp không xét.", "awards:board", bloc=bloc, year=year)
