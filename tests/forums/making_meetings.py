"""Groups, phases, meetings, agendas and minutes, made by the convener through actions."""

from datetime import datetime, timedelta

from headway.forums import actions
from headway.forums.actions import AgendaLine, Attendee, SaidLine
from headway.forums.models import Forum, Meeting, MinuteLine, Phase
from headway_analysis.partial_date import PartialDate, parse
from tests.world import NOON, World

WEEK = timedelta(days=7)
NOTES = """We met at the library.
Will do: call the three shelters by April 10 (St. Stephen's)
Decided: one list for all shelter beds
Idea: open the church hall in January
In the way: the fire code counts cots as rooms
Fact: 412 people slept outside on January 26
"""


def a_forum(
    world: World, name: str = "All partners", public_body: str = "no", **given: object
) -> Forum:
    """A group that is no public body unless said otherwise."""
    return actions.open_forum(
        by=world.actor(),
        initiative=world.hennepin,
        name=name,
        purpose="Everybody who works on shelter meets once a month.",
        public_body=public_body,
        **given,
    )


def a_phase(world: World, forum: Forum, rights: tuple[str, ...] = ("discuss",)) -> Phase:
    """A phase that opened yesterday and closes in a week."""
    return actions.open_phase(
        by=world.actor(),
        forum=forum,
        name="Collect ideas",
        opens_at=NOON - timedelta(days=1),
        closes_at=NOON + WEEK,
        rights=rights,
        product="A list of ideas",
        product_due=(NOON + WEEK).date(),
    )


def a_meeting(
    world: World, forum: Forum | None = None, starts_at: datetime = NOON + WEEK, **given: object
) -> Meeting:
    """A meeting in a week, two hours long, at the library."""
    return actions.call_meeting(
        by=world.actor(),
        forum=forum or a_forum(world),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Central Library, room 201",
        **given,
    )


def said(text: str, kind: str = "will_do", **given: object) -> SaidLine:
    """A line of notes as somebody understood it."""
    return SaidLine(kind=kind, text=text, **given)


def minutes(world: World, meeting: Meeting) -> list[MinuteLine]:
    """What was agreed, written down an hour after the meeting began."""
    lines = [
        said(
            "call the three shelters by April 10 (St. Stephen's)",
            what="call the three shelters",
            owner=world.shelter,
            due=parse("2026-04-10"),
        ),
        said("one list for all shelter beds", "decided"),
        said("Denise sends the agenda", "note", unsure=["kind", "owner"]),
    ]
    by = world.actor(at=meeting.starts_at + timedelta(hours=1))
    return actions.write_minutes(by=by, meeting=meeting, notes=NOTES, lines=lines)


def fill_meetings(world: World) -> None:
    """At least one of everything about meetings, in every state that has a page of its own."""
    partners = a_forum(world)
    council = a_forum(world, "Shelter commission", public_body="yes")
    a_phase(world, partners)
    actions.name_moderator(by=world.actor(), forum=partners, member=world.members["evaluator"])
    coming, past = a_meeting(world, partners), a_meeting(world, partners, NOON + timedelta(days=2))
    line = AgendaLine(title="Winter shelter beds", text="How many, and where?", minutes=20)
    actions.set_agenda(by=world.actor(), meeting=coming, items=[line, AgendaLine("Next steps")])
    attendee = Attendee(member=world.members["partner"])
    guest = Attendee(name="A neighbor", was="excused")
    actions.note_attendance(by=world.actor(), meeting=past, attendees=[attendee, guest])
    minutes(world, past)
    off = a_meeting(world, council, NOON + 2 * WEEK)
    actions.cancel_meeting(by=world.actor(), meeting=off, because="Snow emergency.")
    when = PartialDate(parse("2006-11").start, parse("2006-11").end, "2006-11")
    actions.record_meeting(by=world.actor(), forum=council, when=when, title="First session")
