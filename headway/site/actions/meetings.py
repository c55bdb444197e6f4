"""The work of a meeting: its agenda, its notes that become records, the mails that go out."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from headway.accounts.actor import Actor
from headway.commitments.actions import mail_promises
from headway.core.errors import RuleError
from headway.forums.actions import (
    AgendaLine,
    SaidLine,
    call_meeting,
    correct_line,
    mark_minutes_sent,
    open_forum,
    set_agenda,
    write_minutes,
)
from headway.forums.actions.agenda import as_line
from headway.forums.models import AgendaItem, Forum, Meeting, MinuteLine
from headway.initiatives.actions import locked
from headway.initiatives.models import Initiative
from headway.site.actions.lines import follow_lines, made_from, take_back

# What a form calls the parts of a line.
PARTS: Final = {"text": "what", "owner": "who"}
Corrected = tuple[MinuteLine, SaidLine, int | None]


@transaction.atomic
def call_next(
    *,
    by: Actor,
    initiative: Initiative,
    forum: Forum | None = None,
    group: str = "",
    public_body: str = Forum.PublicBody.ASK,
    **said: Any,
) -> Meeting:
    """Call the next meeting; where no group meets yet, open it with its first meeting.

    Raises:
        RuleError: where the time does not fit, or the group has no name.

    """
    meets = forum or open_forum(by=by, initiative=initiative, name=group, public_body=public_body)
    return call_meeting(by=by, forum=meets, **said)


@transaction.atomic
def put_suggestions_on_agenda(*, by: Actor, meeting: Meeting, lines: Iterable[AgendaLine]) -> int:
    """Add lines at the end of the agenda; what is on it already stays where it is; how many.

    Raises:
        RuleError: where the agenda is full, or the meeting was withdrawn.

    """
    locked(meeting.record)
    standing = list(AgendaItem.objects.filter(meeting=meeting).select_related("record"))
    there = {item.record_id for item in standing}
    new = [line for line in lines if line.record is None or line.record.pk not in there]
    if new:
        set_agenda(by=by, meeting=meeting, items=[*map(as_line, standing), *new])
    return len(new)


@transaction.atomic
def keep_notes(
    *, by: Actor, meeting: Meeting, notes: str, lines: Sequence[SaidLine], seen: int | None = None
) -> list[MinuteLine]:
    """Keep the notes, and let every line in them become the record that it speaks of.

    The same notes again change nothing. A line that was reworded changes its record; the record
    of a line that is gone is withdrawn, unless somebody has worked on it.

    Raises:
        RuleError: where a line says nothing, or somebody else wrote meanwhile.

    """
    before = _revisions(meeting)
    kept = write_minutes(by=by, meeting=meeting, notes=notes, lines=lines, seen=seen)
    now = _revisions(meeting)
    changed = {pk for pk, revision in now.items() if before.get(pk) != revision}
    gone = made_from(before.keys() - now.keys())
    take_back(by, (record for records in gone.values() for record in records))
    follow_lines(by=by, lines=_rows(line.pk for line in kept), changed=changed)
    return kept


def _revisions(meeting: Meeting) -> dict[UUID, int]:
    """How often each standing line was changed so far."""
    standing = MinuteLine.objects.of(meeting).live().values_list("pk", "record__revision")
    return dict(standing)


def _rows(keys: Iterable[UUID]) -> list[MinuteLine]:
    """Lines with all that their records are made of, in their order."""
    rows = MinuteLine.objects.filter(pk__in=list(keys)).select_related(
        "record__initiative__stream",
        "meeting__record",
        "meeting__forum__record",
        "owner",
        "owner_person",
        "owner_post",
    )
    return list(rows.order_by("number"))


@transaction.atomic
def correct_lines(*, by: Actor, corrected: Sequence[Corrected]) -> int:
    """Say what lines mean; their records say so too from then on. Answers how many changed.

    Raises:
        RuleError: where a line says nothing, or somebody else wrote meanwhile.

    """
    changed = {line.pk for line, said, seen in corrected if _correct(by, line, said, seen)}
    follow_lines(by=by, lines=_rows(line.pk for line, _said, _seen in corrected), changed=changed)
    return len(changed)


def _correct(by: Actor, line: MinuteLine, said: SaidLine, seen: int | None) -> bool:
    """Correct one line; a refusal names the field of that line."""
    try:
        return correct_line(by=by, line=line, said=said, seen=seen)
    except RuleError as refusal:
        part = PARTS.get(refusal.field, refusal.field or "what")
        raise RuleError(refusal.message, f"{line.pk}-{part}") from refusal


@transaction.atomic
def send_promises(*, by: Actor, meeting: Meeting) -> int:
    """Mail each organisation its own promises of a meeting; how many mails were written.

    The meeting says that its minutes were sent only where something went out.
    """
    written = mail_promises(by=by, meeting=meeting)
    if written:
        mark_minutes_sent(by=by, meeting=meeting)
    return written
