"""The diagnosis of a day, kept until anything changes that it rests on; never for other eyes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache
from django.db.models import OuterRef, Q, Subquery

from headway.accounts.models import Event, Stream
from headway.diagnosis.queries.evidence import Told, tell
from headway.diagnosis.queries.evidence.building import AnsweredMove, Fared, Titled
from headway.diagnosis.queries.evidence.items import record_id
from headway.diagnosis.queries.evidence.rows import View
from headway.diagnosis.queries.words import MOST_NAMED
from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import VERSION, Diagnosis, Thresholds, diagnose

DAY = 24 * 60 * 60
MOST_AT_ONCE = 6
# What is said about a record, beside it or in another language changes nothing that is read here.
QUIET = (
    *("commented", "comment_edited", "comment_hidden", "comment_left", "comment_restored"),
    *("comment_taken_back", "file_added", "file_withdrawn", "translated"),
)
MOST_MOVES = 4
# How evidence is made out of rows; another way reads anew, as another version of the analysis does.
EVIDENCE = "7"


@dataclass(frozen=True)
class Kept:
    """A diagnosis, with the names and titles that its words need.

    Attributes:
        diagnosis: of the day.
        thresholds: that counted.
        records: kind and title of the records that next moves and warnings speak of.
        names: of every organisation and post that it names.
        fared: how the counts stand beside their starting points.
        moves: what was answered to next moves lately, as long as they rest.

    """

    diagnosis: Diagnosis
    thresholds: Thresholds
    records: Mapping[str, Titled]
    names: Mapping[str, str]
    fared: Fared
    moves: tuple[AnsweredMove, ...]


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


def kept_of_many(asked: Sequence[tuple[Initiative, Reader]]) -> dict[UUID, Kept]:
    """The diagnosis of several initiatives of an authority today, for a list; by initiative.

    Two queries for those that are kept. Of the others only some are made at once, so that a list
    does not wait for all of them: the next one finds more.
    """
    named = {initiative.pk: (initiative, reader) for initiative, reader in asked}
    keys = _keys(list(named.values()))
    found = cache.get_many(keys.values())
    told = {key: found[name] for key, name in keys.items() if isinstance(found.get(name), Kept)}
    for key in [key for key in named if key not in told][:MOST_AT_ONCE]:
        initiative, reader = named[key]
        told[key] = kept(initiative, reader.readers, reader.today)
    return told


def _keys(asked: Sequence[tuple[Initiative, Reader]]) -> dict[UUID, str]:
    """The key of each initiative, with one query for all."""
    authorities = {initiative.authority_id for initiative, _reader in asked}
    own = {initiative.stream_id for initiative, _reader in asked}
    shared = Q(authority__in=authorities) & ~Q(kind=Stream.Kind.INITIATIVE)
    rows = Stream.objects.filter(Q(pk__in=own) | shared).order_by("pk")
    known = list(rows.values_list("pk", _telling(), "authority"))
    return {
        initiative.pk: _named(
            initiative,
            [
                (key, position)
                for key, position, authority in known
                if key == initiative.stream_id
                or (key not in own and authority == initiative.authority_id)
            ],
            reader.readers,
            reader.today,
            None,
        )
        for initiative, reader in asked
    }


def _key(
    initiative: Initiative, readers: Collection[str], as_of: date, known_at: datetime | None
) -> str:
    """Changes with each event of initiative, directory and authority that could change a reading.

    The positions are read before the evidence: what is written in between is read anew next time.
    """
    shared = Q(authority=initiative.authority_id) & ~Q(kind=Stream.Kind.INITIATIVE)
    streams = Stream.objects.filter(Q(pk=initiative.stream_id) | shared).order_by("pk")
    positions = list(streams.values_list("pk", _telling()))
    return _named(initiative, positions, readers, as_of, known_at)


def _telling() -> Subquery:
    """The position of the last event of a stream that could change what is read."""
    told = Event.objects.filter(stream=OuterRef("pk")).exclude(verb__in=QUIET)
    return Subquery(told.order_by("-position").values("position")[:1])


def _named(
    initiative: Initiative,
    positions: list[tuple[UUID, int | None]],
    readers: Collection[str],
    as_of: date,
    known_at: datetime | None,
) -> str:
    told = (VERSION, EVIDENCE, initiative.pk, positions, as_of, known_at, sorted(readers))
    return f"diagnosis:{sha256(repr(told).encode()).hexdigest()}"


def _made(told: Told, as_of: date) -> Kept:
    found = diagnose(told.evidence, as_of, told.thresholds)
    spoken = {key for move in found.levers for key in move.records}
    spoken |= {gap.milestone.record for gap in found.gaps} | {found.last_result}
    spoken |= {key for each in found.conditions if each.short for key in each.open[:MOST_NAMED]}
    moves = tuple(_answered(told, as_of))[:MOST_MOVES]
    spoken |= {key for move in moves for key in (move.about, *move.followed)}
    named = {whom for condition in found.conditions for whom in condition.whom}
    named |= {each.holder for each in found.only} | {found.spread.top}
    named |= {reading.spread.top for reading in found.readings} | set(found.by_organisation)
    records = {key: told.records[one] for key in spoken if (one := record_id(key)) in told.records}
    names = {key: told.names[key] for key in named if key in told.names}
    return Kept(found, told.thresholds, records, names, told.fared, moves)


def _answered(told: Told, as_of: date) -> Iterator[AnsweredMove]:
    """Moves that are not proposed again yet, with what had followed by the day."""
    rest = timedelta(told.thresholds.rest_days)
    known = {item.id for item in told.evidence.items if item.on <= as_of}
    for move in told.moves:
        if move.on <= as_of < move.on + rest:
            yield replace(move, followed=tuple(key for key in move.followed if key in known))
