"""A bloc whose members have final ranks, and nominations at every step of their way."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.actions import (
    add_paper,
    ask_for_more,
    conclude_peer_review,
    find_fit,
    propose_nomination,
    put_to_vote,
    receive_submission,
    record_council_result,
    record_decision,
    submit_nominations,
)
from awards.models import Award, Decision, DossierPaper, Nomination, RequestForMore, Submission
from blocs import clock
from blocs.models import User
from scoring.models import CriteriaTable, Result
from tests.cast import TODAY, Cast
from voting.actions import cast_ballot
from voting.models import Poll
from voting.queries import latest_round
from voting.tally import Answer, Conduct

NOW = clock.at(TODAY, 9)
DECIDED = dt.date(2025, 2, 10)
REASON = "Đơn vị có thành tích đặc biệt xuất sắc."


def award(code: str = "CERTIFICATE") -> Award:
    return Award.objects.get(code=code)


def rank_members(cast: Cast, *, blocking: tuple[str, ...] = ()) -> None:
    """Give every member a final result: BQL-1 first with 99,00, each next one point less."""
    CriteriaTable.objects.create(
        year=cast.year, state=CriteriaTable.State.ADOPTED, blocking=list(blocking), adopted_at=NOW
    )
    for place, membership in enumerate(cast.memberships.values(), start=1):
        Result.objects.create(
            membership=membership,
            total=Decimal(f"{100 - place}.00"),
            rank=place,
            grade="Hoàn thành xuất sắc",
            source=Result.Source.FINALISED,
            at=NOW,
        )


def pdf(name: str = "bao-cao.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def propose(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE", by: User | None = None) -> Nomination:
    return propose_nomination(cast.memberships[code], award=award(what), override_reason=REASON, by=by, at=NOW)


def vote(cast: Cast, against: tuple[str, ...] = (), present: int | None = None) -> Poll:
    """Put all planned nominations to a show of hands; members named in `against` count against each."""
    poll = put_to_vote(cast.year, conduct=Conduct.HANDS, by=None, at=NOW)
    everybody = present or len(cast.memberships)
    votes = {option.key: (everybody - len(against), len(against), None) for option in latest_round(poll).options.all()}
    return conclude_peer_review(poll, votes=votes, present=everybody, by=None, at=NOW)


def cast_all(poll: Poll, cast: Cast, answer: Answer = Answer.APPROVE) -> None:
    """Cast the ballot of every member on the system."""
    round_ = latest_round(poll)
    for membership in cast.memberships.values():
        marks = [(option.key, answer) for option in round_.options.all()]
        cast_ballot(round_, membership=membership, marks=marks, by=None, at=NOW)


def submit(cast: Cast, by: User | None = None) -> Submission:
    return submit_nominations(
        cast.year, number="05/TTr-BQLKCN", dated_on=TODAY, signer_name="", signer_title="Trưởng ban", by=by, at=NOW
    )


def agreed(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE") -> Nomination:
    nomination = propose(cast, code, what)
    vote(cast)
    nomination.refresh_from_db()
    return nomination


def submitted(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE") -> Nomination:
    nomination = agreed(cast, code, what)
    submit(cast)
    nomination.refresh_from_db()
    return nomination


def in_review(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE") -> Nomination:
    nomination = submitted(cast, code, what)
    receive_submission(nomination.submission, by=None, at=NOW)
    nomination.refresh_from_db()
    return nomination


def asked(cast: Cast, code: str = "BQL-1") -> RequestForMore:
    return ask_for_more(
        in_review(cast, code), items=["Báo cáo thành tích"], due_on=TODAY + dt.timedelta(days=5), by=None, at=NOW
    )


def fit(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE") -> Nomination:
    return find_fit(in_review(cast, code, what), by=None, at=NOW)


def passed(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE") -> Nomination:
    return record_council_result(fit(cast, code, what), held_on=TODAY, passed=True, by=None, at=NOW)


def decide(*nominations: Nomination, number: str = "12/QĐ-BKHĐT", **more) -> Decision:
    authority = nominations[0].year.bloc.authority
    return record_decision(
        authority,
        nominations=nominations,
        number=number,
        decided_on=DECIDED,
        signer_name="",
        signer_title="Bộ trưởng",
        by=None,
        at=NOW,
        **more,
    )


def awarded(cast: Cast, code: str = "BQL-1", what: str = "CERTIFICATE") -> Nomination:
    nomination = passed(cast, code, what)
    decide(nomination)
    nomination.refresh_from_db()
    return nomination


def complete(nomination: Nomination) -> None:
    """Put the required papers into a dossier that the bloc still has."""
    for kind in DossierPaper.REQUIRED:
        add_paper(nomination, kind=kind, upload=pdf(), by=None, at=NOW)
