"""One next move, as it may be taken or declined today."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from headway.core.errors import Message
from headway.diagnosis.queries.evidence.items import record_id
from headway.diagnosis.queries.keeping import kept
from headway.diagnosis.queries.lines import Lines
from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import BY_KEY


@dataclass(frozen=True)
class Offer:
    """A next move: what it is called, why, and where it begins."""

    label: Message
    reason: str
    start_label: Message
    start_href: str
    about: UUID | None


def offer(initiative: Initiative, reader: Reader, lever: str) -> Offer:
    """Any of the eleven levers, with today's reason where its trigger holds.

    Raises:
        Http404: where there is no such lever, or nothing triggers it today.

    """
    found = kept(initiative, reader.readers, reader.today)
    trigger = next((each for each in found.diagnosis.levers if each.lever == lever), None)
    if lever not in BY_KEY or trigger is None:
        raise Http404
    line = Lines(found, reader, reader.today).move(trigger)
    about = record_id(trigger.records[0]) if trigger.records else ""
    known = bool(trigger.records) and trigger.records[0] in found.records
    return Offer(
        line.label, line.reason, line.start_label, line.start_href, UUID(about) if known else None
    )
