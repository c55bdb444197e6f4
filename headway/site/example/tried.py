"""Carries what reports tell of pilots into pilots: when each ran and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import Provenance
from headway.measures.actions import say_what_moves
from headway.measures.models import Measure
from headway.pilots.actions import (
    Numbers,
    decide_pilot,
    end_pilot,
    prepare_pilot,
    record_finding,
    start_pilot,
)
from headway.pilots.models import Pilot
from headway.site.formats.example_csv import Cited, PilotRow, ReadingRow
from headway.solutions.models import Solution

CARD = ("hypothesis", "affected", "comparison")


@dataclass
class Tried:
    """The pilots of one initiative, out of the example's table."""

    by: Actor
    initiative: Initiative
    organisations: Mapping[str, Organisation]
    provenance: Callable[[Cited], Provenance]
    actions: Mapping[str, Solution]
    readings: Sequence[ReadingRow]

    def pilot(self, rows: Sequence[PilotRow]) -> None:
        """One pilot, as far as reports tell; loaded before, it stays as it is."""
        told = {row.what: row for row in rows}
        pilot = self._prepare(told)
        if pilot.state != Pilot.State.CARD or pilot.record.withdrawn:
            return
        self._moves(pilot, told)
        self._run(pilot, told)
        for row in rows:
            if row.what == "finding":
                self._finding(pilot, row)

    def _prepare(self, told: Mapping[str, PilotRow]) -> Pilot:
        begun = told["running"]
        card: dict[str, Any] = {name: told[name].said for name in CARD if name in told}
        measure = self._measure(told)
        if measure is not None and measure.direction in Pilot.Better.values:
            card |= {"measure": measure.name, "better": measure.direction}
        owner = self.organisations[told["owner"].said] if "owner" in told else None
        return prepare_pilot(
            by=self.by,
            initiative=self.initiative,
            title=begun.pilot,
            solution=self.actions.get(told["tests"].said),
            owner=owner,
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(begun.source),
            when=begun.when,
            **card,
        )

    def _measure(self, told: Mapping[str, PilotRow]) -> Measure | None:
        """The measure that it is meant to move, where a report counts it."""
        if "measure" not in told:
            return None
        found = Measure.objects.in_initiative(self.initiative).live()
        return found.filter(record__title=told["measure"].said).select_related("record").first()

    def _moves(self, pilot: Pilot, told: Mapping[str, PilotRow]) -> None:
        measure = self._measure(told)
        if measure is not None:
            say_what_moves(by=self.by, record=pilot.record, measure=measure)

    def _run(self, pilot: Pilot, told: Mapping[str, PilotRow]) -> None:
        begun, ended, decided = told["running"], told.get("ended"), told.get("decided")
        saw = told["saw"].said if "saw" in told else ""
        source = self.provenance(begun.source)
        start_pilot(by=self.by, pilot=pilot, when=begun.when, provenance=source)
        if ended is not None:
            source = self.provenance(ended.source)
            end_pilot(
                by=self.by,
                pilot=pilot,
                result=ended.value,
                saw=saw if ended.value else "",
                when=ended.when,
                provenance=source,
            )
        if decided is not None:
            result, decision = decided.value.split()
            decide_pilot(
                by=self.by,
                pilot=pilot,
                result=result,
                saw=saw,
                decision=decision,
                because=decided.said,
                when=decided.when,
                provenance=self.provenance(decided.source),
            )

    def _finding(self, pilot: Pilot, row: PilotRow) -> None:
        """A published figure, or the difference of two."""
        record_finding(
            by=self.by,
            pilot=pilot,
            numbers=Numbers(estimate=self._figure(row.value)),
            outcome=row.said,
            source=self.provenance(row.source).source,
        )

    def _figure(self, keys: str) -> float:
        first, *others = (self._value(key) for key in keys.split(" - "))
        return first - sum(others)

    def _value(self, key: str) -> float:
        return float(next(row.value for row in self.readings if row.key == key and row.value))
