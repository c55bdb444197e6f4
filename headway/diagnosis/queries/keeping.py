"""The diagnosis of a day, kept until anything changes that it rests on; never for other eyes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Q

from headway.accounts.models import Stream
from headway.diagnosis.queries.evidence import Told, tell
from headway.diagnosis.queries.evidence.building import Titled
from headway.diagnosis.queries.evidence.items import record_id
from headway.diagnosis.queries.evidence.rows import View
from headway.initiatives.models import Initiative
from headway_analysis.diagnosis import VERSION, Diagnosis, Thresholds, diagnose

DAY = 24 * 60 * 60
# How evidence is made out of rows; another way reads anew, as another version of the analysis does.
EVIDENCE = "4"


@dataclass(frozen=True)
class Kept:
    """A diagnosis, with the names and titles that its words need.

    Attributes:
        diagnosis: of the day.
        thresholds: that counted.
        records: kind and title of the records that next moves and warnings speak of.
        names: of every organisation and post that it names.

    """

    diagnosis: Diagnosis
    thresholds: Thresholds
    records: Mapping[str, Titled]
    names: Mapping[str, str]


def kept(
    initiative: Initiative,
    readers: Collection[str],
    as_of: date,
    known_at: datetime | None = None,
) -> Kept:
    """The diagnosis as somebody with these reader classes may see it; two queries when kept."""
    key = _key(initiative, readers, as_of, known_at)
    found = cache.get(key)
    if isinstance(found, Kept):
        return found
    made = _made(tell(View(initiative, readers, known_at, as_of)), as_of)
    cache.set(key, made, timeout=DAY)
    return made


def _key(
    initiative: Initiative, readers: Collection[str], as_of: date, known_at: datetime | None
) -> str:
    """Changes with every event of the initiative, its directory and its authority's settings.

    The positions are read before the evidence: what is written in between is read anew next time.
    """
    shared = Q(authority=initiative.authority_id) & ~Q(kind=Stream.Kind.INITIATIVE)
    streams = Stream.objects.filter(Q(pk=initiative.stream_id) | shared).order_by("pk")
    positions = list(streams.values_list("pk", "last_position"))
    told = (VERSION, EVIDENCE, initiative.pk, positions, as_of, known_at, sorted(readers))
    return f"diagnosis:{sha256(repr(told).encode()).hexdigest()}"


def _made(told: Told, as_of: date) -> Kept:
    found = diagnose(told.evidence, as_of, told.thresholds)
    spoken = {key for move in found.levers for key in move.records}
    spoken |= {gap.milestone.record for gap in found.gaps} | {found.last_result}
    named = {whom for condition in found.conditions for whom in condition.whom}
    named |= {each.holder for each in found.only} | {found.spread.top}
    named |= {reading.spread.top for reading in found.readings} | set(found.by_organisation)
    records = {key: told.records[one] for key in spoken if (one := record_id(key)) in told.records}
    names = {key: told.names[key] for key in named if key in told.names}
    return Kept(found, told.thresholds, records, names)
