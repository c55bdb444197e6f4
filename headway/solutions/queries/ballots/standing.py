"""What a closed vote decided, given what became of its objections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from headway.solutions.models import Ballot, Objection, Solution
from headway.solutions.models.outcome import ObjectionQuerySet
from headway.solutions.queries.ballots.voices import may_vote_for, member_who_votes


@dataclass(frozen=True, slots=True)
class Standing:
    """What a vote decided, as things stand.

    Attributes:
        code: adopted, objected, too_many_aside, no_quorum, chosen, nothing_chosen or void.
        open_objections: how many objections still stop the proposal.
        winners: the recommendations that were chosen or adopted.

    """

    code: str
    open_objections: int = 0
    winners: frozenset[object] = frozenset()

    @property
    def positive(self) -> bool:
        """Whether something was adopted or chosen."""
        return self.code in {"adopted", "chosen"}

    def adopts(self, solution: Solution | None) -> bool:
        """Whether the vote adopts a recommendation, or anything where none is named."""
        return self.positive and (solution is None or solution.pk in self.winners)


def standing_of(ballot: Ballot, unresolved: Sequence[Objection] | None = None) -> Standing:
    """What a vote decided; consent is adopted only when no objection is open.

    Args:
        ballot: the vote.
        unresolved: the objections that still stop it, where they were looked up already.

    """
    result: dict[str, Any] = ballot.result or {"result": "void"}
    code = str(result["result"])
    if ballot.rule == Ballot.Rule.CONSENT:
        stop = open_objections(ballot) if unresolved is None else unresolved
        return _consent(ballot, result, code, len(stop))
    numbers = set(result.get("winners", ()))
    options = ballot.options.filter(number__in=numbers)
    return Standing(code, winners=frozenset(options.values_list("solution", flat=True)))


def _consent(ballot: Ballot, result: dict[str, Any], code: str, unresolved: int) -> Standing:
    if code == "objected" and not unresolved:
        code = "adopted" if _few_aside(ballot, result) else "too_many_aside"
    winners = ballot.options.values_list("solution", flat=True) if code == "adopted" else ()
    return Standing(code, unresolved, frozenset(winners))


def open_objections(ballot: Ballot) -> list[Objection]:
    """The objections that still stop the proposal of a vote."""
    return still_open(objections_of(ballot).unresolved())


def objections_of(ballot: Ballot) -> ObjectionQuerySet:
    """Every objection in a vote with what tells whether it stops the proposal."""
    rows = Objection.objects.filter(ballot=ballot).order_by("record__title", "pk")
    withdrawn_by = "record__withdrawn_by__organisation"
    return rows.select_related("record__initiative", withdrawn_by, "organisation__merged_into")


def still_open(objections: Iterable[Objection]) -> list[Objection]:
    """Those that were neither met nor taken back by whoever objected."""
    return [each for each in objections if each.is_unresolved and is_kept_up(each)]


def is_kept_up(objection: Objection) -> bool:
    """Whether whoever objected has not withdrawn it; withdrawn by others it waits for an answer."""
    record, whose = objection.record, objection.organisation
    if record.withdrawn_at is None:
        return True
    if record.withdrawn_by is None:
        return True
    if whose is None:
        return record.withdrawn_by_id != record.author_id
    day = record.initiative.today(record.withdrawn_at)
    return whose.canonical_pk not in may_vote_for(record.withdrawn_by, day)


def is_theirs(objection: Objection, member_id: UUID | None, today: date) -> bool:
    """Whether a member may take an objection back: their organisation's, or their own that stops.

    Nobody can take back the one of a secret vote: no name stands beside it.
    """
    member = member_who_votes(member_id)
    if member is None:
        return False
    if objection.organisation is not None:
        return objection.organisation.canonical_pk in may_vote_for(member, today)
    return objection.is_unresolved and objection.record.author_id == member.pk


def _few_aside(ballot: Ballot, result: dict[str, Any]) -> bool:
    most = 1 - Fraction(ballot.needed_percent, 100)
    return bool(result["stand_aside"] <= most * result["cast"])
