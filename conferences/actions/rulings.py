"""The rules of an election's round, from the settings of its form to what voting takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocs.models import Membership
from conferences.models import Election
from conferences.queries.elections import role_word
from voting.models import Round
from voting.tally import Base, Choice, Conduct, Form, Method, Quorum, Ruling, Threshold, TieBreak, Wording, share_of


@dataclass(frozen=True, kw_only=True)
class RoundSettings:
    """How an election is held; copied into its round when it opens.

    `form` open|secret|acclamation, `conduct` hands|system|paper|writing. `threshold` and `quorum` are shares ("1/2";
    quorum "" for none); `strict`: more than the threshold, else at least; `base` members|present|cast|valid.
    `tie_break` run_off|lot|chair|authority. `publishes` outcome|threshold|figures|names. `may_change`: an open ballot on
    the system may be cast again until closing. `most_rounds`: after so many without result the authority is asked; 0: any.
    """

    form: str = Form.OPEN
    conduct: str = Conduct.SYSTEM
    threshold: str = "1/2"
    strict: bool = True
    base: str = Base.MEMBERS
    quorum: str = "2/3"
    tie_break: str = TieBreak.RUN_OFF
    publishes: str = Round.Publishes.FIGURES
    may_change: bool = False
    most_rounds: int = 0


def ruling_of(
    election: Election, candidates: Sequence[Membership], settings: RoundSettings, *, attendance_taken: bool
) -> Ruling:
    """Return the rules of a round of an election; a quorum counts those present, or those who cast without a meeting."""
    word = f"{role_word(election.year, election.role)} năm {election.year.year + 1}"
    counted = Base.PRESENT if attendance_taken else Base.CAST
    return Ruling(
        method=Method.EACH if len(candidates) == 1 else Method.ONE,
        options=tuple(Choice(str(member.pk), member.name) for member in candidates),
        threshold=Threshold(share_of(settings.threshold), settings.strict, Base(settings.base)),
        quorum=Quorum(share_of(settings.quorum), counted=counted) if settings.quorum else None,
        seats=1,
        tie_break=TieBreak(settings.tie_break),
        most_rounds=settings.most_rounds,
        form=Form(settings.form),
        conduct=Conduct(settings.conduct),
        wording=Wording(f"được bầu làm {word}", f"chưa được bầu làm {word}", "bầu"),
    )
