"""Brings in a whole conversation that was held elsewhere, as its open data tell it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Deed, Subject, append_events
from headway.core.errors import RuleError
from headway.forums.actions.statements import checked_text, name_in_log, visibility_in
from headway.forums.models import Choice, Conversation, Forum, Moderation, Participant, Statement
from headway.initiatives.actions import locked, must_stand, open_record
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.actions.records import retention_for, subject_of
from headway.initiatives.models import Record, RecordState, Wording
from headway.initiatives.provenance import Provenance
from headway.problems.actions.citations import as_reported
from headway_analysis.partial_date import PartialDate

State = Statement.State


@dataclass(frozen=True, slots=True)
class StatedThere:
    """One statement as it was made elsewhere; with a reason it was hidden there."""

    number: int
    text: str
    on: date
    hidden_because: str = ""


@dataclass(frozen=True, slots=True)
class HeldThere:
    """A conversation that was held elsewhere, from its first day to its last.

    Attributes:
        title: what was asked.
        introduction: what people read before they voted.
        first: the day on which it opened.
        last: the day on which it closed; votes whose own day is not told bear it.
        statements: what was stated.
        people: what each who took part chose, by the number of the statement.

    """

    title: str
    introduction: str
    first: date
    last: date
    statements: Sequence[StatedThere]
    people: Sequence[Mapping[int, str]]


@transaction.atomic
def bring_in_conversation(
    *, by: Actor, forum: Forum, held: HeldThere, visibility: str = "", provenance: Provenance
) -> Conversation:
    """Store a closed conversation with its statements, participants and votes, all at once.

    Nobody can go on voting or be known again: there never was a key. Brought in before from the
    same source, it is answered as it is.

    Raises:
        RuleError: where a statement says too much or nothing, or a vote is on none of them.

    """
    group = locked(forum.record)
    must_stand(group)
    known = as_reported(Conversation, group.initiative, provenance, record__title=held.title)
    if known is not None:
        return known
    _check(held)
    conversation = _conversation(by, group, forum, held, visibility, provenance)
    statements = _statements(by, conversation, held, provenance)
    _votes(conversation, statements, held)
    return conversation


def _check(held: HeldThere) -> None:
    numbers = {each.number for each in held.statements}
    if len(numbers) < len(held.statements):
        raise RuleError(_("Two statements have the same number."), "statements")
    if any(set(choices) - numbers for choices in held.people):
        raise RuleError(_("Somebody voted on a statement that is not among them."), "people")
    if any(set(choices.values()) - set(Choice.Value.values) for choices in held.people):
        raise RuleError(_("Choose agree, disagree or pass."), "people")


def _conversation(
    by: Actor,
    group: Record,
    forum: Forum,
    held: HeldThere,
    visibility: str,
    provenance: Provenance,
) -> Conversation:
    zone = ZoneInfo(group.initiative.zone)
    record = open_record(
        by=by,
        initiative=group.initiative,
        kind=Conversation.RECORD_KIND,
        title=held.title,
        visibility=visibility or group.visibility,
        provenance=provenance,
        when=PartialDate(held.first, held.last, f"{held.first} to {held.last}"),
    )
    conversation = Conversation(
        record=record,
        forum=forum,
        introduction=held.introduction.strip(),
        state=Conversation.State.CLOSED,
        open_to=Conversation.OpenTo.ANYONE,
        opens_at=_noon(held.first, zone),
        closes_at=_noon(held.last, zone),
        closed_at=_noon(held.last, zone),
        asks_sector=False,
    )
    conversation.save(force_insert=True)
    _tell(by, conversation, held)
    return conversation


def _tell(by: Actor, conversation: Conversation, held: HeldThere) -> None:
    """Keep its wording, its two states and its two events."""
    record = conversation.record
    Wording.objects.insert_all([_wording(by, record, "introduction", conversation.introduction)])
    RecordState.objects.insert_all(
        [
            _state(by, record, Conversation.State.OPEN, held.first),
            _state(by, record, Conversation.State.CLOSED, held.last),
        ]
    )
    told = {"statements": ("", len(held.statements)), "people": ("", len(held.people))}
    deeds = [Deed("opened", subject_of(record), told), Deed("closed", subject_of(record))]
    stream = record.initiative.stream
    append_events(stream=stream, by=by, deeds=deeds, visibility=record.visibility)


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), zone).astimezone(UTC)


def _wording(by: Actor, record: Record, field: str, text: str) -> Wording:
    return Wording(
        record=record,
        field=field,
        number=1,
        text=text,
        language=record.language,
        member_id=by.member_id,
        recorded_at=by.at,
    )


def _state(by: Actor, record: Record, state: str, day: date) -> RecordState:
    # What is closed after it was open is read in this order.
    later = timedelta(microseconds=state == Conversation.State.CLOSED)
    row = RecordState(record=record, state=state, recorded_at=by.at + later)
    return row.set_when(PartialDate.on(day))


def _statements(
    by: Actor, conversation: Conversation, held: HeldThere, provenance: Provenance
) -> dict[int, Statement]:
    """The statements by number, with their words and what was decided about them."""
    about = conversation.record
    retention = retention_for(about.initiative, Statement.RECORD_KIND)
    rows = {}
    for each in held.statements:
        text, state = checked_text(each.text), _state_of(each)
        record = Record(
            initiative=about.initiative,
            kind=Statement.RECORD_KIND,
            title=title_of(text),
            language=about.language,
            visibility=visibility_in(state, about),
            provenance=provenance.kind,
            source=provenance.source,
            recorded_at=by.at,
            retention=retention,
            revision=2,
        ).set_when(PartialDate.on(each.on))
        rows[each.number] = Statement(
            record=record, conversation=conversation, number=each.number, text=text, state=state
        )
    _insert(by, conversation, held, rows)
    return rows


def _state_of(each: StatedThere) -> str:
    return State.HIDDEN if each.hidden_because else State.PUBLISHED


def _insert(
    by: Actor, conversation: Conversation, held: HeldThere, rows: Mapping[int, Statement]
) -> None:
    Record.objects.insert_all(row.record for row in rows.values())
    Statement.objects.insert_all(rows.values())
    Wording.objects.insert_all(_wording(by, row.record, "text", row.text) for row in rows.values())
    RecordState.objects.insert_all(
        _state(by, rows[each.number].record, rows[each.number].state, each.on)
        for each in held.statements
    )
    Moderation.objects.insert_all(_moderations(by, conversation, held, rows))
    _note(by, conversation, rows.values())


def _moderations(
    by: Actor, conversation: Conversation, held: HeldThere, rows: Mapping[int, Statement]
) -> list[Moderation]:
    return [
        Moderation(
            forum=conversation.forum,
            initiative=conversation.record.initiative,
            statement=rows[each.number],
            decision=Moderation.Decision.HIDDEN,
            rule=Moderation.Rule.OTHER,
            because=each.hidden_because,
            member_id=by.member_id,
            decided_at=by.at,
        )
        for each in held.statements
        if each.hidden_because
    ]


def _note(by: Actor, conversation: Conversation, rows: Iterable[Statement]) -> None:
    """Write each into the log by its number, as open as the statement itself."""
    by_reach: dict[str, list[Deed]] = {}
    for row in rows:
        named = Subject(row.record.kind, row.record.pk, name_in_log(row))
        by_reach.setdefault(row.record.visibility, []).append(Deed("stated", named))
    stream = conversation.record.initiative.stream
    for visibility, deeds in by_reach.items():
        append_events(stream=stream, by=by, deeds=deeds, visibility=visibility)


def _votes(
    conversation: Conversation, statements: Mapping[int, Statement], held: HeldThere
) -> None:
    people = [
        (Participant(conversation=conversation, choices_made=len(choices)), choices)
        for choices in held.people
    ]
    Participant.objects.insert_all(person for person, _choices in people)
    Choice.objects.insert_all(
        Choice(participant=person, statement=statements[number], choice=choice, day=held.last)
        for person, choices in people
        for number, choice in choices.items()
    )
