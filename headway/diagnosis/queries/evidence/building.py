"""Puts rows together as evidence, with the names that pages need."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from headway.diagnosis.queries.evidence.acts import acts, holdings, ties
from headway.diagnosis.queries.evidence.details import details
from headway.diagnosis.queries.evidence.gathered import Gathered
from headway.diagnosis.queries.evidence.items import Items, reading_id
from headway.diagnosis.queries.evidence.roles import roles
from headway.diagnosis.queries.evidence.rows import (
    RecordRow,
    View,
    link_rows,
    organisation_rows,
    record_rows,
)
from headway.initiatives.models import Link as RawLink
from headway_analysis.diagnosis import (
    CONDITIONS,
    NAMES,
    Answered,
    Evidence,
    Link,
    Statement,
    Thresholds,
    Turn,
)


@dataclass(frozen=True)
class Titled:
    """What a record is called, and of which kind it is."""

    kind: str
    title: str


@dataclass(frozen=True)
class Told:
    """Evidence, what its ids are called, and the thresholds that count.

    Attributes:
        evidence: for the diagnosis.
        records: kind and title of each record.
        names: of organisations and posts.
        thresholds: as the initiative set them, else the usual ones.

    """

    evidence: Evidence
    records: Mapping[str, Titled]
    names: Mapping[str, str]
    thresholds: Thresholds


def tell(view: View) -> Told:
    """Everything that is known of an initiative, as far as the reader may see; seven queries."""
    rows, organisations = record_rows(view), organisation_rows(view)
    got = Gathered.of(rows, details(view), organisations)
    posts, told = tuple(roles(view)), tuple(link_rows(view))
    links = tuple(_links(got, told))
    evidence = Evidence(
        items=tuple(Items(got, view, _came_from(told)).every()),
        links=links,
        acts=tuple(acts(got, view)),
        holdings=tuple(holdings(got, posts)),
        roles=posts,
        ties=tuple(ties(got)),
        statements=tuple(_statements(got)),
        turns=tuple(_turns(got)),
        answers=tuple(_answers(got)),
        sectors=tuple((str(key), sector) for key, (_name, sector) in organisations.items()),
        convener=str(view.initiative.owner.canonical_pk),
    )
    named = {str(key): name for key, (name, _sector) in organisations.items()}
    return Told(
        evidence=evidence,
        records={str(key): Titled(row.kind, row.title) for key, row in rows.items()},
        names=named | {role.id: role.title for role in posts} | dict(got.said),
        thresholds=_thresholds(got),
    )


def _thresholds(got: Gathered) -> Thresholds:
    """The last that was set of each; one that is out of bounds by now counts as usual."""
    found = Thresholds()
    told = (one for one in got.each("threshold") if one.record in got.rows and one.words in NAMES)
    for one in sorted(told, key=lambda each: (str(each.at), str(each.record))):
        try:
            found = found.with_one(one.words, one.number or 0)
        except ValueError:
            continue
    return found


def _came_from(told: Iterable[tuple[UUID, UUID, str]]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for one, other, kind in told:
        if kind == RawLink.Kind.CAME_FROM:
            found.setdefault(one, []).append(other)
    return found


def _links(got: Gathered, told: Iterable[tuple[UUID, UUID, str]]) -> Iterator[Link]:
    """What came from what; a link holds as soon as both its ends are there."""
    every = {*told}
    every |= {(one, other, "about") for one, of in got.others("about").items() for other in of}
    rows = got.rows
    for one, other, kind in every:
        if one in rows and other in rows:
            day = max(rows[one].begins, rows[other].begins)
            yield Link(str(one), str(other), kind, day)
    for measure, key, on in got.readings:
        day = max(on, rows[measure].begins)
        yield Link(reading_id(measure, key), str(measure), "about", day)


def _known(got: Gathered, tag: str) -> Iterator[tuple[RecordRow, str]]:
    """The records that carry a tag and what it says of them."""
    for one in got.each(tag):
        if one.record in got.rows:
            yield got.rows[one.record], one.words


def _statements(got: Gathered) -> Iterator[Statement]:
    verdicts = {row.id: words for row, words in _known(got, "verdict")}
    sources = {row.id: words for row, words in _known(got, "told_by")}
    for row, words in _known(got, "condition"):
        name = next((each for each in CONDITIONS if each == words), None)
        if name is None:
            continue
        verdict: Literal["met", "not_needed"] = (
            "not_needed" if verdicts.get(row.id) == "not_needed" else "met"
        )
        yield Statement(name, verdict, row.title, row.on, sources.get(row.id, ""), str(row.id))


def _turns(got: Gathered) -> Iterator[Turn]:
    for one in got.each("election"):
        if one.day is not None:
            yield Turn(str(one.record), "election", one.words, one.day)


def _answers(got: Gathered) -> Iterator[Answered]:
    for row, lever in _known(got, "move"):
        yield Answered(lever, row.on, row.id in got.marked["taken"], str(row.id))
