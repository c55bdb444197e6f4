"""One record after the other as the diagnosis reads it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from headway.core.dates import working_day_before
from headway.diagnosis.queries.evidence.gathered import Gathered
from headway.diagnosis.queries.evidence.rows import RecordRow, View
from headway_analysis.diagnosis import (
    Item,
    Phase,
    Pledge,
    Recommendation,
    Request,
    Step,
    Trial,
)

# The pure package's word where it differs from the kind of record.
WORDS = {"ballot": "vote"}


def reading_id(measure: str, key: str) -> str:
    """A data point as evidence: it has no record of its own, so it names its measure's."""
    return f"{measure}:{key}"


def record_id(key: str) -> str:
    """The record that a piece of evidence belongs to."""
    return key.partition(":")[0]


class Items:
    """Makes an item of each record, with what its stage knows of it."""

    def __init__(self, got: Gathered, view: View, came_from: Mapping[str, list[str]]) -> None:
        self.got, self.view, self.came_from = got, view, came_from
        self.followed = {earlier for each in came_from.values() for earlier in each}
        self.makers: Mapping[str, Callable[[str, dict[str, Any]], Item]] = {
            "partner": self._partner,
            "meeting": self._meeting,
            "phase": self._phase,
            "recommendation": self._recommendation,
            "decision": self._decision,
            "ask": self._ask,
            "promise": self._promise,
            "small_test": self._trial,
            "pilot": self._trial,
        }

    def every(self) -> Iterator[Item]:
        """All records that count, and the data points of measures."""
        for key, row in self.got.rows.items():
            if key not in self.got.marked["undone"]:
                yield self.makers.get(row.kind, _plain)(key, self._base(row))
        for measure, key, day in self.got.readings:
            row = self.got.rows[measure]
            told = reading_id(measure, key)
            kind = "own_reading" if measure in self.got.marked["own"] else "reading"
            yield Item(id=told, kind=kind, on=day, title=row.title, public=row.public)

    def _kind(self, row: RecordRow) -> str:
        """The pure package's word for what a record is."""
        # What the record of a meeting tells by itself is not counted twice.
        if row.id in self.got.marked["met"] and row.id not in self.followed:
            return "consultation"
        return "own_measure" if row.id in self.got.marked["own"] else WORDS.get(row.kind, row.kind)

    def _base(self, row: RecordRow) -> dict[str, Any]:
        return {
            "id": row.id,
            "kind": self._kind(row),
            "on": row.begins,
            "title": row.title,
            "states": tuple(row.states),
            "holder": row.organisation,
            "parties": frozenset(self._parties(row.id)),
            "public": row.public,
        }

    def _parties(self, key: str) -> Iterator[str]:
        """Who took part, by the record itself or by what it came from, like a dated happening."""
        yield from self.got.parties.get(key, ())
        for earlier in self.came_from.get(key, ()):
            if earlier in self.got.marked["met"]:
                yield from self.got.parties.get(earlier, ())

    def _day(self, at: datetime | None, otherwise: date) -> date:
        return otherwise if at is None else self.view.day(at)

    def _partner(self, _key: str, base: dict[str, Any]) -> Item:
        whose = next(iter(sorted(base["parties"])), base["holder"])
        return Item(**base | {"holder": whose})

    @cached_property
    def _starts(self) -> Mapping[str, datetime | None]:
        return {one.record: one.at for one in self.got.each("starts")}

    def _meeting(self, key: str, base: dict[str, Any]) -> Item:
        """A meeting is held on its day, whenever somebody said so."""
        starts = self._starts.get(key)
        states = tuple(
            (self._day(starts, on) if name == "held" else on, name) for on, name in base["states"]
        )
        first = min((base["on"], *(on for on, _name in states)))
        return Item(**base | {"states": states, "on": first})

    @cached_property
    def _closes(self) -> Mapping[str, datetime | None]:
        return {one.record: one.at for one in self.got.each("closes")}

    def _phase(self, key: str, base: dict[str, Any]) -> Item:
        told, closes = self.got.one("opens").get(key), self._closes.get(key)
        return Phase(
            **base | {"on": self._day(told.at if told else None, base["on"]), "states": ()},
            forum=told.other if told else "",
            ends=None if closes is None else self.view.day(closes),
        )

    @cached_property
    def _forums(self) -> Mapping[str, str]:
        return self.got.other("forum")

    def _recommendation(self, key: str, base: dict[str, Any]) -> Item:
        owner = self.got.owners.get(key)
        since = max(self._day(self.got.owner_on.get(key), base["on"]), base["on"])
        return Recommendation(
            **base | {"holder": owner or base["holder"]},
            owner=owner or "",
            owner_on=since if owner else None,
            forum=self._forums.get(key, ""),
            sectors=self.got.sectors_of(key),
            checks=self.got.checks.get(key, ()),
        )

    @cached_property
    def _results(self) -> Mapping[str, str]:
        return {one.record: one.words for one in self.got.each("result")}

    def _decision(self, key: str, base: dict[str, Any]) -> Item:
        return Item(**base | {"states": ((base["on"], self._results.get(key, "")),)})

    @cached_property
    def _seats(self) -> Mapping[str, frozenset[str]]:
        """The posts that decide on each request."""
        posts, arenas = self.got.others("seat"), self.got.other("arena")
        return {key: frozenset(posts.get(arena, ())) for key, arena in arenas.items()}

    @cached_property
    def _steps(self) -> Mapping[str, tuple[Any, ...]]:
        return self.got.many("step")

    @cached_property
    def _backed(self) -> Mapping[str, tuple[Any, ...]]:
        return self.got.many("backed")

    def _ask(self, key: str, base: dict[str, Any]) -> Item:
        told = self.got.one("ask").get(key)
        vote_on = told.day if told else None
        steps = (
            Step(
                title=one.words,
                due=None if vote_on is None else working_day_before(vote_on, one.number or 0),
                owner=one.other,
                done_on=one.day,
            )
            for one in self._steps.get(key, ())
        )
        return Request(
            **base | {"holder": told.other if told else ""},
            vote_on=vote_on,
            steps=tuple(steps),
            may_ask=self.got.may_ask(key),
            seats=self._seats.get(key, frozenset()),
            reported=self.got.rows[key].reported,
            backed=tuple(
                day
                for one in self._backed.get(key, ())
                if (day := one.day or (one.at and self.view.day(one.at)))
            ),
        )

    def _promise(self, key: str, base: dict[str, Any]) -> Item:
        told, reported = self.got.due.get(key), self.got.rows[key].reported
        states = base["states"]
        last = states[-1] if states else (base["on"], "intent")
        confirmed = min((day for day, name in states if name == "confirmed"), default=None)
        # What a report tells counts as confirmed only where its organisation confirmed it here.
        unknown = reported and (told is None or told.at is None)
        whose = self.got.promised_by(key)
        return Pledge(
            **base | {"holder": whose, "gone": last[0] if last[1] == "split" else None},
            owner=self.got.answers.get(key) or whose,
            due=told.day if told else None,
            confirmed_on=None if unknown or last[1] == "intent" else confirmed,
            kept_on=last[0] if last[1] == "kept" else None,
            dropped_on=last[0] if last[1] == "dropped" else None,
            reported=reported,
        )

    @cached_property
    def _deciders(self) -> Mapping[str, str]:
        return self.got.other("decider")

    def _trial(self, key: str, base: dict[str, Any]) -> Item:
        told = self.got.tests.get(key)
        return Trial(
            **base | {"holder": told.other if told else ""},
            ends=told.day if told else None,
            decision=told.words if told else "",
            role=self._deciders.get(key, ""),
        )


def _plain(_key: str, base: dict[str, Any]) -> Item:
    return Item(**base)
