"""What became of each recommendation: the days on which it reached its steps, along the trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from headway_analysis.diagnosis.evidence import Evidence
from headway_analysis.diagnosis.items import Item, Pledge, Recommendation, Request, Trial
from headway_analysis.followthrough import Promise, Step
from headway_analysis.followthrough import Recommendation as Steps

ADOPTED = ("adopted", "carried_out")
AGREED_TO = ("adopted", "changed")
TESTS = ("small_test", "pilot")
BEGUN = ("running", "ended", "stopped", "decided")
OVER = ("ended", "stopped", "decided")


@dataclass(frozen=True)
class Traced:
    """Evidence of one day with its trace laid out; built once, read by all that follows.

    Attributes:
        evidence: as `evidence.at` leaves it.
        as_of: the day.

    """

    evidence: Evidence
    as_of: date

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Every record by its id."""
        return {item.id: item for item in self.evidence.items}

    @cached_property
    def followers(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that follow each id directly."""
        found: dict[str, list[str]] = {}
        for link in self.evidence.links:
            found.setdefault(link.earlier, []).append(link.later)
        return {earlier: tuple(sorted(later)) for earlier, later in found.items()}

    @cached_property
    def preceders(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that each id follows directly."""
        found: dict[str, list[str]] = {}
        for link in self.evidence.links:
            found.setdefault(link.later, []).append(link.earlier)
        return {later: tuple(sorted(earlier)) for later, earlier in found.items()}

    def of(self, *kinds: str) -> tuple[Item, ...]:
        """The records of some kinds, oldest first."""
        return tuple(item for kind in kinds for item in self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.evidence.items:
            found.setdefault(item.kind, []).append(item)
        return found

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """Ideas and recommendations."""
        return tuple(item for item in self.evidence.items if isinstance(item, Recommendation))

    @cached_property
    def pledges(self) -> tuple[Pledge, ...]:
        """Promises."""
        return tuple(item for item in self.evidence.items if isinstance(item, Pledge))

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """Requests to decision bodies."""
        return tuple(item for item in self.evidence.items if isinstance(item, Request))

    @cached_property
    def tests(self) -> tuple[Trial, ...]:
        """Small tests and pilots that have begun."""
        found = (item for item in self.evidence.items if isinstance(item, Trial))
        return tuple(item for item in found if item.first(*BEGUN) is not None)

    def after(self, record: str) -> tuple[Item, ...]:
        """What a record led to, however many links away, each once.

        >>> from datetime import date
        >>> from headway_analysis.diagnosis.evidence import (Link)
        >>> day = date(2026, 1, 8)
        >>> idea, test = Item(id="i", kind="idea", on=day), Item(id="t", kind="pilot", on=day)
        >>> given = Evidence(items=(idea, test), links=(Link("t", "i", "tests", day),))
        >>> [item.id for item in Traced(given, day).after("i")]
        ['t']

        """
        seen, ahead = {record}, [record]
        while ahead:
            for later in self.followers.get(ahead.pop(), ()):
                if later not in seen:
                    seen.add(later)
                    ahead.append(later)
        return tuple(self.by_id[key] for key in sorted(seen - {record}))

    @cached_property
    def followed(self) -> Mapping[str, tuple[Item, ...]]:
        """What each recommendation led to."""
        return {item.id: self.after(item.id) for item in self.recommendations}

    @cached_property
    def reached(self) -> Mapping[str, Mapping[Step, date]]:
        """The days on which each recommendation reached its steps."""
        return {item.id: self._reached(item) for item in self.recommendations}

    def _reached(self, item: Recommendation) -> Mapping[Step, date]:
        after = self.followed[item.id]
        days: dict[Step, date | None] = {
            "owner": item.owner_on if item.owner else None,
            "approved": _approved(item, after),
            "under_way": _earliest((*_begun(after), item.first("carried_out"))),
            "result": _earliest((*_results(after), item.first("carried_out"))),
        }
        return {step: day for step, day in days.items() if day is not None}

    @cached_property
    def approved(self) -> tuple[Recommendation, ...]:
        """Recommendations that were approved and still stand so."""
        gone = {"not_adopted", "set_aside"}
        return tuple(
            item
            for item in self.recommendations
            if "approved" in self.reached[item.id] and item.state not in gone
        )

    @property
    def steps(self) -> tuple[Steps, ...]:
        """Every recommendation with its steps, mere ideas left out."""
        return tuple(
            Steps(item.id, self.reached[item.id])
            for item in self.recommendations
            if item.first("draft", *ADOPTED) is not None or self.reached[item.id]
        )

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The promises, for the follow-through."""
        return tuple(_promise(pledge) for pledge in self.pledges)

    @cached_property
    def counts(self) -> tuple[Item, ...]:
        """Counts that can tell of a change: of the population, later than where it started.

        A measure starts at its starting point; where it has none, at its first count. How the work
        itself goes is told by readings of another kind, `own_reading`.
        """
        first: dict[str, date] = {}
        for item in self.of("reading"):
            for measure in self._measures(item):
                first[measure] = min(item.on, first.get(measure, item.on))
        starts = {measure: self._start(measure) or day for measure, day in first.items()}
        return tuple(
            item
            for item in self.of("reading")
            if any(item.on > starts[measure] for measure in self._measures(item))
        )

    def _measures(self, reading: Item) -> tuple[str, ...]:
        """The measure that a reading is of."""
        earlier = self.preceders.get(reading.id, ())
        return tuple(key for key in earlier if self.by_id[key].kind == "measure")

    def _start(self, measure: str) -> date | None:
        """The day of the last starting point of a measure; None where it has none."""
        earlier = (self.by_id[key] for key in self.preceders.get(measure, ()))
        return max((item.on for item in earlier if item.kind == "baseline"), default=None)

    @cached_property
    def results(self) -> tuple[tuple[date, str], ...]:
        """Days with a result and the records behind them: kept, tested, counted, carried out."""
        kept = ((item.kept_on, item.id) for item in self.pledges)
        tested = ((item.first(*OVER), item.id) for item in self.tests)
        counted = ((item.on, item.id) for item in self.counts)
        carried = ((item.first("carried_out"), item.id) for item in self.recommendations)
        every = (*kept, *tested, *counted, *carried)
        return tuple(sorted((day, key) for day, key in every if day is not None))


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _approved(item: Recommendation, after: Iterable[Item]) -> date | None:
    """By the body that was asked, where one was asked; else by those who recommend it."""
    followed = list(after)
    decisions = [each for each in followed if each.kind == "decision"]
    if decisions or any(isinstance(each, Request) for each in followed):
        return _earliest(each.on for each in decisions if each.state in AGREED_TO)
    return item.first(*ADOPTED)


def _begun(after: Iterable[Item]) -> Iterable[date | None]:
    for each in after:
        if isinstance(each, Trial):
            yield each.first(*BEGUN)
        if isinstance(each, Pledge):
            yield each.confirmed_on or each.kept_on


def _results(after: Iterable[Item]) -> Iterable[date | None]:
    for each in after:
        if isinstance(each, Trial):
            yield each.first(*OVER)
        if isinstance(each, Pledge):
            yield each.kept_on
        if each.kind == "reading":
            yield each.on


def _promise(pledge: Pledge) -> Promise:
    """A promise as the follow-through counts it; one that was dropped says why."""
    return Promise(
        id=pledge.id,
        organisation=pledge.holder,
        owner=pledge.owner,
        due=pledge.due,
        kept_on=pledge.kept_on,
        dropped_on=None if pledge.kept_on else pledge.dropped_on,
        reason=pledge.reason or "no reason recorded",
        confirmed=pledge.confirmed_on is not None or pledge.kept_on is not None,
        reported=pledge.reported,
    )
