"""The whole diagnosis of one day: evidence in; conditions, readings, risks and next moves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from headway_analysis.diagnosis.conditions import ConditionReading, read_conditions
from headway_analysis.diagnosis.evidence import Condition, Evidence, Holding, at
from headway_analysis.diagnosis.levers import Trigger, moves, triggered
from headway_analysis.diagnosis.readings import LeadershipReading, read_leadership
from headway_analysis.diagnosis.spread import Spread, only_holdings, spread
from headway_analysis.diagnosis.steps import Traced
from headway_analysis.diagnosis.tenure import Gap, gaps
from headway_analysis.diagnosis.thresholds import DEFAULT, Thresholds
from headway_analysis.followthrough import (
    Conversion,
    PromiseTally,
    by_organisation,
    conversions,
    tally_promises,
    weeks_since,
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Where an initiative stands at the end of a day.

    Attributes:
        as_of: the day.
        conditions: the eight, in the order of the path.
        conversions: of recommendations, from step to step.
        promises: how promises stand.
        by_organisation: the same for each organisation.
        weeks_since_result: whole weeks since the last result; None where there has been none.
        last_result: id of the record behind it.
        readings: the three readings of leadership.
        spread: how all acts of leadership together are spread.
        only: what has one holder and no other.
        gaps: terms, elections and budgets that end before a milestone.
        levers: every lever that would help.
        moves: at most two of them.

    """

    as_of: date
    conditions: tuple[ConditionReading, ...]
    conversions: tuple[Conversion, ...]
    promises: PromiseTally
    by_organisation: Mapping[str, PromiseTally]
    weeks_since_result: int | None
    last_result: str
    readings: tuple[LeadershipReading, ...]
    spread: Spread
    only: tuple[Holding, ...]
    gaps: tuple[Gap, ...]
    levers: tuple[Trigger, ...]
    moves: tuple[Trigger, ...]

    def condition(self, name: Condition) -> ConditionReading:
        """Where one condition stands."""
        return next(reading for reading in self.conditions if reading.condition == name)

    @property
    def waited_on(self) -> Condition | None:
        """The condition that is waited on; None where none is."""
        waiting = (each.condition for each in self.conditions if each.state == "waiting_on")
        return next(waiting, None)


def diagnose(evidence: Evidence, as_of: date, thresholds: Thresholds = DEFAULT) -> Diagnosis:
    """Read the evidence as of a day. What lies after the day changes nothing, nor does any order.

    Args:
        evidence: all that is known.
        as_of: the day at whose end the initiative is looked at.
        thresholds: from when on something is worth a question.

    Source: `method`, sections 4 and 9.

    >>> from datetime import date
    >>> from headway_analysis.diagnosis import Evidence, Item
    >>> day = date(2026, 1, 8)
    >>> met = Item(id="m", kind="meeting", on=day, states=((day, "held"),))
    >>> found = diagnose(Evidence(items=(met,)), date(2026, 6, 1))
    >>> found.condition("promised").state, found.condition("tested").state
    ('waiting_on', 'not_recorded')

    """
    traced = Traced(at(evidence, as_of), as_of)
    read = read_conditions(traced, thresholds)
    waited_on = next((each.condition for each in read if each.state == "waiting_on"), None)
    levers = triggered(traced, thresholds)
    last = traced.results[-1] if traced.results else None
    return Diagnosis(
        as_of=as_of,
        conditions=read,
        conversions=conversions(traced.steps, as_of),
        promises=tally_promises(traced.promises, as_of),
        by_organisation=by_organisation(traced.promises, as_of),
        weeks_since_result=weeks_since(last[0], as_of) if last else None,
        last_result=last[1] if last else "",
        readings=read_leadership(traced, thresholds),
        spread=spread(traced.evidence.acts, thresholds),
        only=only_holdings(traced.evidence.holdings),
        gaps=gaps(traced),
        levers=levers,
        moves=moves(levers, traced, waited_on, thresholds),
    )
