"""The first statement of every act on a round."""

from blocs.actions.years import refuse_past
from voting.models import Round


def locked_round(round_: Round) -> Round:
    """The round under lock, its year not yet past. Raises YearClosed."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("poll__year")
    found = rows.get(pk=round_.pk)
    refuse_past(found.poll.year)
    return found
