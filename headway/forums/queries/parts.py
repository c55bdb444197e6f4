"""What several pages of groups and meetings share: times, people, records and words."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from headway.core.dates import date_words, day_that_ends
from headway.core.tables import TextLink
from headway.directory.models import Organisation
from headway.forums.models import Meeting, MinuteLine
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.reader import Reader

MARKS = {"planned": "planned", "held": "done", "cancelled": "not_going_ahead"}


def local(at: datetime, initiative: Initiative) -> datetime:
    """An instant as the clock shows it where the initiative is."""
    return at.astimezone(ZoneInfo(initiative.zone))


def moment_words(at: datetime, initiative: Initiative) -> str:
    """A day with its weekday and time, as somebody writes it into a calendar."""
    there = local(at, initiative)
    return f"{day_words(there)}, {time_format(there, 'TIME_FORMAT')}"


def end_words(at: datetime, initiative: Initiative) -> str:
    """An end as people read it: the midnight that ends a day belongs to that day."""
    day = day_that_ends(at, initiative.zone)
    if day is None:
        return moment_words(at, initiative)
    return _("%(day)s, end of the day") % {"day": day_words(day)}


def day_words(day: date) -> str:
    """A day with its weekday: "Friday, March 27, 2026"."""
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"


def time_words(meeting: Meeting, initiative: Initiative) -> str:
    """When a meeting is, as exactly as it is known, with the zone."""
    if meeting.day_only:
        return date_words(meeting.record.when)
    begins = moment_words(meeting.starts_at, initiative)
    if meeting.ends_at is None:
        return f"{begins} ({zone_words(meeting.starts_at, initiative)})"
    ends = local(meeting.ends_at, initiative)
    same_day = ends.date() == initiative.today(meeting.starts_at)
    until = time_format(ends, "TIME_FORMAT") if same_day else moment_words(ends, initiative)
    return _("%(begins)s to %(ends)s (%(zone)s)") % {
        "begins": begins,
        "ends": until,
        "zone": zone_words(meeting.starts_at, initiative),
    }


def zone_words(at: datetime, initiative: Initiative) -> str:
    """What people call the zone on that day, like CDT."""
    return local(at, initiative).strftime("%Z")


def owner_words(line: MinuteLine) -> str:
    """Who answers for a line: the seat or organisation, else the words that were said."""
    if line.owner_post is not None:
        return f"{line.owner_post.label}, {line.owner_post.organisation.name}"
    organisation: Organisation | None = line.owner.canonical if line.owner else None
    return organisation.name if organisation else line.owner_as_said


def due_words(line: MinuteLine) -> str:
    """By when, or the words for it."""
    return date_words(line.due) if line.due else line.due_as_said


def by_when_words(line: MinuteLine) -> str:
    """The same in a sentence: "by March 20", or as it was said: "before the board meets"."""
    return _("by %s") % date_words(line.due) if line.due else line.due_as_said


def came_of(records: Collection[UUID], reader: Reader) -> dict[UUID, tuple[TextLink, ...]]:
    """What came of each of these records: the ones that link back to it and may be read."""
    links = Link.objects.filter(
        target__in=list(records), withdrawn_at__isnull=True, kind=Link.Kind.CAME_FROM
    )
    readable = links.filter(
        origin__withdrawn_at__isnull=True, origin__visibility__in=reader.readers
    )
    found: dict[UUID, list[TextLink]] = {}
    for link in readable.select_related("origin").order_by("made_at", "pk"):
        words = f"{kinds.label(link.origin.kind)}: {link.origin.title}"
        shown = TextLink(words, kinds.href(link.origin, reader.slug))
        found.setdefault(link.target_id, []).append(shown)
    return {target: tuple(shown) for target, shown in found.items()}


def may_read(record: Record | None, reader: Reader) -> bool:
    """Whether the page of a record opens for the reader."""
    if record is None or record.visibility not in reader.readers:
        return False
    return not record.withdrawn or reader.may("initiatives.view_history")
