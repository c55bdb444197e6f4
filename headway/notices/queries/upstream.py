"""From what a record grew: the links back to what people said, asked and suggested."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from headway.initiatives.models import Link
from headway.solutions.models import Amendment

# A test or a pilot grew out of the idea that it tries.
GROWS = (Link.Kind.CAME_FROM, Link.Kind.ANSWERS, Link.Kind.TESTS)
# Talk, idea, recommendation, vote, outcome, request, decision, promise, and its parts.
LONGEST_TRACE = 12


def _parents(records: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """One step back: what each record came from, and changes that were taken into it."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    ids = list(records)
    links = Link.objects.filter(origin__in=ids, kind__in=GROWS, withdrawn_at__isnull=True)
    for origin, target in links.values_list("origin_id", "target_id"):
        found[origin].add(target)
    taken = Amendment.objects.live().filter(solution__in=ids, state=Amendment.State.ACCEPTED)
    for solution, amendment in taken.values_list("solution_id", "pk"):
        found[solution].add(amendment)
    return found


def grew_from(records: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each record everything that it grew from, itself included; two queries a step back."""
    begun = set(records)
    steps: dict[UUID, set[UUID]] = {}
    frontier = begun
    for _step in range(LONGEST_TRACE):
        if not frontier:
            break
        parents = _parents(frontier)
        steps |= {each: parents.get(each, set()) for each in frontier}
        frontier = {parent for found in parents.values() for parent in found} - set(steps)
    return {record: _reached(record, steps) for record in begun}


def _reached(record: UUID, steps: dict[UUID, set[UUID]]) -> frozenset[UUID]:
    seen, waiting = {record}, [record]
    while waiting:
        fresh = steps.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += fresh
    return frozenset(seen)
