"""What reads almost like what somebody is typing."""

from dataclasses import dataclass

from headway.core.errors import Message
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.reader import Reader
from headway_analysis.similarity import similar

NEWEST = 5_000
AT_LEAST, LONGEST = 4, 300
FLOOR = 0.4


@dataclass(frozen=True)
class Alike:
    """A record that may be the same as what is being typed."""

    title: str
    who: str
    href: str


@dataclass(frozen=True)
class AlikePage:
    """The question under a field: whether it is the same as one of these."""

    kind: Message
    alike: tuple[Alike, ...]


def alike(initiative: Initiative, reader: Reader, kind: str, text: str) -> tuple[Alike, ...]:
    """At most three records of a kind that resemble a text, best first."""
    words = " ".join(text.split())[:LONGEST]
    if len(words) < AT_LEAST:
        return ()
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    known = list(
        found.filter(kind=kind)
        .select_related("organisation__merged_into")
        .order_by("-recorded_at")[:NEWEST]
    )
    matches = similar([record.title for record in known], words, top=3, floor=FLOOR)
    return tuple(_alike(known[match.position], reader) for match in matches)


def _alike(record: Record, reader: Reader) -> Alike:
    who = record.organisation.canonical.name if record.organisation else ""
    return Alike(record.title, who, kinds.href(record, reader.slug))
