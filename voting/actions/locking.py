"""The first statement of every act on a round, and the last one on its roll."""

from collections.abc import Mapping

from blocs.actions.years import refuse_past
from voting.models import RollEntry, Round, Urn


def locked_round(round_: Round) -> Round:
    """The round under lock, its year not yet past. Raises YearClosed."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("poll__year")
    found = rows.get(pk=round_.pk)
    refuse_past(found.poll.year)
    return found


def keep_roll(round_: Round, delegates: Mapping[int, tuple[str, str]]) -> None:
    """Write down who was there when the round closed, and wipe the order of casting from a secret round's rows.

    The rows of a secret round are taken out and put back in the order of the roll, by one transaction: neither their
    place (`ctid`), nor their age (`xmin`), nor their key tells who cast before whom.
    """
    entries = list(RollEntry.objects.select_for_update().filter(round=round_).order_by("pk"))
    for entry in entries:
        entry.attended, entry.delegate = delegates.get(entry.membership_id, ("", ""))
    if not round_.is_secret:
        RollEntry.objects.bulk_update(entries, ["attended", "delegate"])
        return
    urn = Urn.objects.select_for_update().filter(round=round_).first()
    RollEntry.objects.filter(round=round_).delete()
    RollEntry.objects.bulk_create(entries)
    if urn is not None:
        Urn.objects.filter(round=round_).delete()
        Urn.objects.create(round=round_, marks=sorted(urn.marks))
