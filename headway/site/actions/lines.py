"""What becomes of a line of the minutes: a promise, a decision, an idea, a barrier or a fact."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions import follow_minute, promise_from_minute
from headway.commitments.models import Commitment
from headway.forums.models import MinuteLine
from headway.initiatives.actions import link_records, lock_all, revise_record, withdraw_record
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Link, Record, RecordState, StageModel
from headway.problems.actions import add_fact
from headway.problems.models import Fact
from headway.solutions.actions import bring_idea, note_barrier
from headway.solutions.actions.outcomes import record_outcome
from headway.solutions.models import Barrier, Outcome, Solution

Kind = MinuteLine.Kind


class Made(NamedTuple):
    """How a kind of line becomes a record, and how that record says anew what the line says."""

    record_kind: str
    make: Callable[[Actor, MinuteLine], StageModel]
    follow: Callable[[Actor, MinuteLine, Record], object]


def _promise(by: Actor, line: MinuteLine) -> StageModel:
    return promise_from_minute(by=by, line=line)


def _follow_promise(by: Actor, line: MinuteLine, _made: Record) -> object:
    return follow_minute(by=by, line=line)


def _outcome(by: Actor, line: MinuteLine) -> StageModel:
    return record_outcome(
        by=by,
        initiative=line.record.initiative,
        text=line.text,
        meeting=line.meeting,
        organisation=line.owner,
        came_from=line.record,
        visibility=line.record.visibility,
        when=line.meeting.record.when,
    )


def _idea(by: Actor, line: MinuteLine) -> StageModel:
    return bring_idea(
        by=by,
        initiative=line.record.initiative,
        text=line.text,
        organisations=[line.owner] if line.owner else [],
        came_from=line.record,
        forum=line.meeting.forum,
        visibility=line.record.visibility,
    )


def _barrier(by: Actor, line: MinuteLine) -> StageModel:
    return note_barrier(
        by=by,
        initiative=line.record.initiative,
        text=line.text,
        came_from=line.record,
        visibility=line.record.visibility,
    )


def _fact(by: Actor, line: MinuteLine) -> StageModel:
    lock_all(line.record)
    fact = add_fact(
        by=by,
        initiative=line.record.initiative,
        claim=line.text,
        visibility=line.record.visibility,
    )
    link_records(by=by, origin=fact.record, target=line.record, kind=Link.Kind.CAME_FROM)
    return fact


def _reword(model: type[StageModel], field: str) -> Callable[[Actor, MinuteLine, Record], object]:
    """Let a record of a kind say what its line says now."""

    def follow(by: Actor, line: MinuteLine, made: Record) -> object:
        row = model._default_manager.select_related("record__initiative__stream").get(pk=made.pk)
        return revise_record(
            by=by, stage=row, title=title_of(line.text), values={field: line.text.strip()}
        )

    return follow


MADE: Final[dict[str, Made]] = {
    Kind.WILL_DO: Made(Commitment.RECORD_KIND, _promise, _follow_promise),
    Kind.DECIDED: Made(Outcome.RECORD_KIND, _outcome, _reword(Outcome, "text")),
    Kind.IDEA: Made(Solution.RECORD_KIND, _idea, _reword(Solution, "text")),
    Kind.IN_THE_WAY: Made(Barrier.RECORD_KIND, _barrier, _reword(Barrier, "text")),
    Kind.FACT: Made(Fact.RECORD_KIND, _fact, _reword(Fact, "claim")),
}


@transaction.atomic
def follow_lines(*, by: Actor, lines: Iterable[MinuteLine], changed: Collection[UUID]) -> None:
    """Let every line have its record, and the records of changed lines say what those say now.

    A line that stayed as it was leaves its record alone, so that saving again does nothing twice
    and does not undo what people did with the record since.
    """
    standing = list(lines)
    made = made_from(line.pk for line in standing)
    for line in standing:
        if line.pk in changed or not made[line.pk]:
            _follow(by, line, made[line.pk])


def follow_line(*, by: Actor, line: MinuteLine) -> None:
    """The same for one line that was just corrected."""
    follow_lines(by=by, lines=[line], changed=[line.pk])


def made_from(lines: Iterable[UUID]) -> dict[UUID, list[Record]]:
    """The records that came from each line, also those withdrawn, the first one first."""
    links = Link.objects.filter(
        target__in=list(lines), kind=Link.Kind.CAME_FROM, withdrawn_at__isnull=True
    )
    found: dict[UUID, list[Record]] = defaultdict(list)
    for link in links.select_related("origin__initiative__stream").order_by("made_at", "pk"):
        found[link.target_id].append(link.origin)
    return found


def take_back(by: Actor, records: Iterable[Record]) -> None:
    """Withdraw what a line brought forth by mistake; what people have worked on since stays."""
    for record in records:
        if not record.withdrawn and not _worked_on(record):
            because = _("The line of the minutes was corrected.")
            withdraw_record(by=by, record=record, because=because)


def _follow(by: Actor, line: MinuteLine, made: list[Record]) -> None:
    way = MADE.get(line.kind)
    right = [record for record in made if way is not None and record.kind == way.record_kind]
    take_back(by, [record for record in made if record not in right and record.kind in KINDS])
    standing = next((record for record in right if not record.withdrawn), None)
    if way is None or not is_clear(line):
        return
    if standing is None:
        way.make(by, line)
    elif not _moved_on(standing):
        way.follow(by, line, standing)


def is_clear(line: MinuteLine) -> bool:
    """Whether a record may be made of it: no guess puts a promise into anybody's mouth.

    A line whose kind or whose organisation was only guessed waits until somebody looks at it; so
    does a promise of somebody whom nobody here knows.
    """
    promised = line.kind == MinuteLine.Kind.WILL_DO
    guessed = "owner" in line.unsure and (promised or line.owner_id is not None)
    return "kind" not in line.unsure and not guessed


KINDS: Final = frozenset(each.record_kind for each in MADE.values())


def _moved_on(record: Record) -> bool:
    """Whether a record is in another state than the one it was made in."""
    return RecordState.objects.filter(record=record).count() > 1


def _worked_on(record: Record) -> bool:
    """Whether somebody did anything with it, or anything came of it."""
    followed = Link.objects.filter(
        target=record, withdrawn_at__isnull=True, origin__withdrawn_at__isnull=True
    )
    return _moved_on(record) or followed.exists()
