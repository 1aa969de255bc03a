"""The results of a meeting as everybody may read them: ready sentences, no points, no names of persons."""

from typing import Any

from awards.queries.years import nominations_for_report
from blocs.text import date
from conferences.models import Conference
from conferences.queries.elections import elections_of, role_word
from conferences.queries.meetings import attendances_of, presence_of
from voting.queries import latest_round, result_view


def gather_results(conference: Conference) -> dict[str, Any]:
    """Return the results as JSON values: where and when, who was there, proposals, elections with their arithmetic."""
    year = conference.year
    presence = presence_of(conference, attendances_of(conference))
    return {
        "title": conference.title,
        "bloc": year.bloc.name,
        "bloc_word": year.bloc.bloc_word,
        "authority": year.bloc.authority.name,
        "held_on": date(conference.held_on),
        "place": conference.place,
        "presence": f"{presence.sentence}, {presence.verdict}.",
        "proposals": [
            {"award": row.award, "name": row.printed_name, "votes": f"{row.votes} đơn vị nhất trí (đạt {row.percent})"}
            for row in nominations_for_report(year)
        ],
        "elections": [_election(year, role, election) for role, election in elections_of(year).items()],
        "is_demonstration": year.is_demonstration,
    }


def _election(year: Any, role: str, election: Any) -> dict[str, Any]:
    round_ = latest_round(election.poll) if election.poll else None
    result = result_view(round_) if round_ else None
    return {
        "role": f"{role_word(year, role)} năm {year.year + 1}",
        "winner": election.winner.name if election.winner else "",
        "sentences": list(result.sentences) if result and result.shown else [],
    }
