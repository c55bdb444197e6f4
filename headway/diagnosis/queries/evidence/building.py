"""Puts rows together as evidence, with the names that pages need."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from headway.diagnosis.queries.evidence.acts import acts, holdings, ties
from headway.diagnosis.queries.evidence.details import IN_UNIT, details
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
class Fared:
    """How many measures are better, worse or the same as at their starting point."""

    better: int = 0
    worse: int = 0
    same: int = 0


@dataclass(frozen=True)
class AnsweredMove:
    """A next move that was taken or declined, and the records that followed.

    Attributes:
        record: id of the answer.
        lever: which move.
        on: the day.
        taken: whether it was; else it was declined.
        whose: the organisation that answered.
        because: its reason.
        about: id of the record that it was about.
        followed: ids of the records that came from that one since.
        owned: whether that one got an owner since.

    """

    record: str
    lever: str
    on: date
    taken: bool
    whose: str
    because: str
    about: str
    followed: tuple[str, ...]
    owned: bool


@dataclass(frozen=True)
class Told:
    """Evidence, what its ids are called, and the thresholds that count.

    Attributes:
        evidence: for the diagnosis.
        records: kind and title of each record.
        names: of organisations and posts.
        thresholds: as the initiative set them, else the usual ones.
        fared: how the counts stand beside their starting points.
        moves: what was answered to next moves, the last answer first.

    """

    evidence: Evidence
    records: Mapping[str, Titled]
    names: Mapping[str, str]
    thresholds: Thresholds
    fared: Fared
    moves: tuple[AnsweredMove, ...]


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
        sectors=tuple((key, sector) for key, (_name, sector) in organisations.items()),
        convener=str(view.initiative.owner.canonical_pk),
    )
    named = {key: name for key, (name, _sector) in organisations.items()}
    return Told(
        evidence=evidence,
        records={key: Titled(row.kind, row.title) for key, row in rows.items()},
        names=named | {role.id: role.title for role in posts} | dict(got.said),
        thresholds=_thresholds(got),
        fared=_fared(got, view),
        moves=tuple(sorted(_moves(got, told, view), key=_last_first)),
    )


def _last_first(one: AnsweredMove) -> tuple[int, str]:
    return -one.on.toordinal(), one.record


def _moves(
    got: Gathered, links: Iterable[tuple[str, str, str]], view: View
) -> Iterator[AnsweredMove]:
    """What followed a move came from the record that it was about, on its day or later."""
    came: dict[str, list[str]] = {}
    for origin, target, _kind in links:
        came.setdefault(target, []).append(origin)
    reasons = {one.record: one.words for one in got.each("because")}
    for one in got.each("move"):
        row = got.rows.get(one.record)
        if row is None:
            continue
        about = got.rows.get(one.other)
        later = (
            got.rows[key] for key in (came.get(about.id, ()) if about else ()) if key in got.rows
        )
        after = [each for each in later if each.begins >= row.on and each.kind != row.kind]
        named = got.owner_on.get(about.id) if about else None
        yield AnsweredMove(
            record=row.id,
            lever=one.words,
            on=row.on,
            taken=row.id in got.marked["taken"],
            whose=got.organisations.get(row.organisation, ("", ""))[0],
            because=reasons.get(row.id, ""),
            about=about.id if about else "",
            followed=tuple(each.id for each in sorted(after, key=lambda one: one.begins)),
            owned=named is not None and view.day(named) >= row.on,
        )


def _fared(got: Gathered, view: View) -> Fared:
    """Those that started by the day, in one unit, where the reader may see the starting point."""
    told = Counter(
        one.number
        for one in got.each("fared")
        if one.record in got.rows
        and len({unit.strip().casefold() for unit in one.words.split(IN_UNIT)}) == 1
        and (start := got.rows.get(one.other)) is not None
        and (view.as_of is None or start.begins <= view.as_of)
    )
    return Fared(better=told[1], worse=told[-1], same=told[0])


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


def _came_from(told: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other, kind in told:
        if kind == RawLink.Kind.CAME_FROM:
            found.setdefault(one, []).append(other)
    return found


def _links(got: Gathered, told: Iterable[tuple[str, str, str]]) -> Iterator[Link]:
    """What came from what; a link holds as soon as both its ends are there."""
    every = {*told}
    every |= {(one, other, "about") for one, of in got.others("about").items() for other in of}
    rows = got.rows
    for one, other, kind in every:
        if one in rows and other in rows:
            day = max(rows[one].begins, rows[other].begins)
            yield Link(one, other, kind, day)
    for measure, key, on in got.readings:
        day = max(on, rows[measure].begins)
        yield Link(reading_id(measure, key), measure, "about", day)


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
        yield Statement(name, verdict, row.title, row.on, sources.get(row.id, ""), row.id)


def _turns(got: Gathered) -> Iterator[Turn]:
    for one in got.each("election"):
        if one.day is not None:
            yield Turn(one.record, "election", one.words, one.day)


def _answers(got: Gathered) -> Iterator[Answered]:
    for row, lever in _known(got, "move"):
        yield Answered(lever, row.on, row.id in got.marked["taken"], row.id)
