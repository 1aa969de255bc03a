"""What a result page shows: the arithmetic as sentences, the figures as a table, and what they reveal."""

from dataclasses import dataclass
from typing import Any

from blocs import text
from voting.models import Ballot, Round
from voting.queries.ballots import STATE_CSS, spoken
from voting.queries.verdicts import verdict_of
from voting.tally import (
    Method,
    Ruling,
    Standing,
    Verdict,
    conclusion_sentence,
    option_sentence,
    percent,
    quorum_sentence,
    rule_sentence,
    turnout_sentence,
)

SMALL_GROUP = 15
STANDINGS = {
    Standing.WON: ("Đạt", "s-ok"),
    Standing.TIED: ("Bằng phiếu", "s-fix"),
    Standing.RUN_OFF: ("Bỏ phiếu lại", "s-fix"),
    Standing.BEATEN: ("Chưa đạt", ""),
    Standing.SHORT: ("Chưa đạt", ""),
    Standing.VOID: ("Không có giá trị", ""),
}


@dataclass(frozen=True)
class ResultRow:
    """One option's line: figures as text, the sentence of the minutes, the word and colour of what became of it."""

    key: str
    label: str
    approve: str
    reject: str
    abstain: str
    share: str
    least: str
    sentence: str
    standing: str
    css: str


@dataclass(frozen=True)
class ResultView:
    """The result of a round. Before it is shown (`shown` False) it carries nothing but its state."""

    title: str
    manner: str
    state_label: str
    state_css: str
    shown: bool
    published: str
    with_figures: bool
    with_answers: bool
    rows: tuple[ResultRow, ...] = ()
    turnout: str = ""
    quorum: str = ""
    rule: str = ""
    conclusion: str = ""
    warning: str = ""
    names: tuple[tuple[str, str], ...] = ()
    standings: tuple[tuple[str, str, str], ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The arithmetic in the order of the minutes."""
        every = (self.turnout, self.quorum, self.rule, *(row.sentence for row in self.rows), self.conclusion)
        return tuple(sentence for sentence in every if sentence)


def result_view(round_: Round, *, before_publishing: bool = False) -> ResultView:
    """The result as the round's rules let it be published; `before_publishing` for those who count and chair."""
    is_public = round_.state in {Round.State.PUBLISHED, Round.State.NO_RESULT}
    shown = is_public or (before_publishing and round_.is_counted)
    frame: dict[str, Any] = {
        "title": str(round_),
        "manner": round_.manner,
        "state_label": round_.get_state_display(),
        "state_css": STATE_CSS[Round.State(round_.state)],
        "shown": shown,
        "published": text.moment(round_.published_at) if round_.published_at else "",
        "with_figures": before_publishing or round_.publishes in {Round.Publishes.FIGURES, Round.Publishes.NAMES},
        "with_answers": round_.method == Method.EACH,
    }
    if not shown:
        return ResultView(**frame)
    ruling, verdict = round_.ruling, verdict_of(round_)
    figures = _figures(ruling, verdict) if frame["with_figures"] else {}
    return ResultView(
        **frame,
        **figures,
        conclusion=conclusion_sentence(ruling, verdict, round_.number + 1, with_figures=frame["with_figures"]),
        standings=_standings(round_, ruling, verdict) if not frame["with_figures"] else (),
        warning=_warning(round_, verdict),
        names=_names(round_),
    )


def _standings(round_: Round, ruling: Ruling, verdict: Verdict) -> tuple[tuple[str, str, str], ...]:
    """Met or not met, option by option, where the rules publish that and no figure."""
    if round_.publishes != Round.Publishes.THRESHOLD:
        return ()
    return tuple((ruling.label(row.count.key), *STANDINGS[row.standing]) for row in verdict.options)


def _figures(ruling: Ruling, verdict: Verdict) -> dict[str, Any]:
    return {
        "rows": tuple(_row(ruling, verdict, key) for key in ruling.keys),
        "turnout": turnout_sentence(ruling, verdict),
        "quorum": quorum_sentence(ruling, verdict),
        "rule": rule_sentence(ruling, verdict),
    }


def _row(ruling: Ruling, verdict: Verdict, key: str) -> ResultRow:
    row = verdict.option(key)
    word, css = STANDINGS[row.standing]
    count = row.count
    return ResultRow(
        key,
        ruling.label(key),
        f"{count.approve}/{row.whole}",
        str(count.reject),
        str(count.abstain),
        percent(count.approve, row.whole),
        str(row.least),
        option_sentence(ruling, verdict, key),
        word,
        css,
    )


def _warning(round_: Round, verdict: Verdict) -> str:
    """What the figures of a small secret round tell about single units."""
    if not round_.is_secret or verdict.count.cast > SMALL_GROUP:
        return ""
    unanimous = any(row.count.approve == verdict.count.cast > 0 for row in verdict.options)
    if unanimous:
        return "Tất cả các phiếu giống nhau nên kết quả này cho biết lựa chọn của từng đơn vị, dù bỏ phiếu kín."
    return (
        f"Chỉ có {text.count(verdict.count.cast)} phiếu: đơn vị biết phiếu của mình và của vài đơn vị khác có thể suy "
        "ra các phiếu còn lại, dù bỏ phiếu kín."
    )


def _names(round_: Round) -> tuple[tuple[str, str], ...]:
    """Who chose what, only in an open round whose rules publish names."""
    if round_.is_secret or round_.publishes != Round.Publishes.NAMES:
        return ()
    labels = {option.key: option.label for option in round_.options.all()}
    ballots = Ballot.objects.filter(entry__round=round_).order_by("entry__membership__position")
    rows = ballots.values_list("entry__membership__name", "marks")
    return tuple((name, "; ".join(spoken(labels, *mark) for mark in marks)) for name, marks in rows)
