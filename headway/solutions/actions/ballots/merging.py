"""Organisations that were merged while a vote was open speak with one voice."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from headway.accounts.actor import Actor
from headway.initiatives.actions import note_event
from headway.solutions.models import Ballot, Elector, NamedVote


def count_merged_once(by: Actor, ballot: Ballot) -> None:
    """At the close, leave one voice to what counts as one organisation by now, and say so.

    Of two votes by name the later one counts. Two secret votes that were given before the merge
    stay two, because nobody can tell which ones they are.
    """
    same: dict[UUID, list[Elector]] = defaultdict(list)
    rows = Elector.objects.filter(ballot=ballot, organisation__isnull=False)
    for row in rows.select_related("organisation__merged_into").order_by("pk"):
        same[row.voice].append(row)
    for voices in same.values():
        if len(voices) > 1:
            _count_once(by, ballot, voices)


def _count_once(by: Actor, ballot: Ballot, voices: Sequence[Elector]) -> None:
    votes = NamedVote.objects.filter(elector__in=voices)
    cast_at = dict(votes.values_list("elector", "cast_at"))
    kept, *others = sorted(
        voices,
        key=lambda each: (each.has_voted, cast_at.get(each.pk, ballot.opened_at), not each.recused),
        reverse=True,
    )
    gone = [each for each in others if not (ballot.secret and each.has_voted)]
    if not gone:
        return
    votes.filter(elector__in=gone).delete()
    Elector.objects.filter(pk__in=[each.pk for each in gone]).delete()
    told = ", ".join(sorted(str(each) for each in (kept, *gone)))
    into = kept.organisation.canonical.name if kept.organisation else ""
    changes = {"voice": (told, into)}
    note_event(by=by, record=ballot.record, verb="voices_merged", changes=changes)
