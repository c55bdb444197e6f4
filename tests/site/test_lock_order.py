"""Rows are locked in one order, so that no two actions wait for each other for ever.

The initiative comes first, then members and records, then what hangs on them, and the counter of
the log last. Every lock of every action that makes the records of the tests is looked at, on each
engine: what asks for a lock is seen where the query is carried out, not in what SQL became of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.transaction import Atomic

from headway.accounts import events
from headway.arenas.actions import make_ask
from headway.commitments.actions import promise
from headway.initiatives.actions import locked, note_event
from headway.initiatives.models import Initiative, Member, Record, StageModel
from headway.pilots.actions import prepare_pilot, start_small_test
from headway.problems.actions import propose_framing
from headway.solutions.actions import bring_idea, note_barrier, start_recommendation
from headway.solutions.actions.amendments import accept_change, suggest_change
from headway.solutions.actions.outcomes import record_outcome
from tests.arenas.making import an_arena
from tests.arenas.making import fill as fill_decisions
from tests.commitments.making import fill as fill_promises
from tests.diagnosis.making import fill as fill_standing
from tests.forums.making import fill as fill_forums
from tests.measures.making import fill as fill_measures
from tests.pilots.making import fill as fill_pilots
from tests.site.test_apart import fill as fill_once
from tests.solutions.making import fill as fill_recommendations
from tests.solutions.voting import fill as fill_votes
from tests.world import TODAY, World, a_happening

COUNTER = 3
Row = tuple[type[models.Model], object]


def rank(model: type[models.Model]) -> int:
    """When rows of a table are locked."""
    if issubclass(model, Initiative):
        return 0
    return 1 if issubclass(model, Member | Record) else 2


@dataclass
class Locks:
    """The rows that the running transaction holds, and each lock that came too late."""

    late: set[str] = field(default_factory=set)
    seen: int = 0
    _depth: int = 0
    _held: set[Row] = field(default_factory=set)
    _highest: tuple[int, str] = (0, "")

    def enter(self) -> None:
        """A transaction or a step of it begins."""
        self._depth += 1

    def leave(self) -> None:
        """It ends; nothing is held after the outermost one."""
        self._depth -= 1
        if self._depth == 0:
            self._held.clear()
            self._highest = (0, "")

    def own(self, rows: Iterator[models.Model]) -> None:
        """Nobody else can wait for what this transaction has just made."""
        self._held |= {(type(row), row.pk) for row in rows}

    def take(self, level: int, model: type[models.Model], keys: set[object]) -> None:
        """Rows are locked; those held already, or whose record is held, make nobody wait."""
        if self._depth == 0 or not {(model, key) for key in keys} - self._held:
            return
        if issubclass(model, StageModel) and not {(Record, key) for key in keys} - self._held:
            return
        self.seen += 1
        self._held |= {(model, key) for key in keys}
        highest, name = self._highest
        if level < highest:
            self.late.add(f"{model.__name__} after {name}")
        else:
            self._highest = (level, model.__name__)


@contextmanager
def watched() -> Iterator[Locks]:
    """See every lock while the block runs."""
    locks = Locks()
    fetch, insert, count = QuerySet._fetch_all, QuerySet._insert, events._next_position
    begin, end = Atomic.__enter__, Atomic.__exit__

    def fetch_all(self: Any) -> None:
        asks = self._result_cache is None and self.query.select_for_update
        fetch(self)
        if asks:
            keys = {getattr(row, "pk", row) for row in self._result_cache}
            locks.take(rank(self.model), self.model, keys)

    def insert_rows(self: Any, objs: Any, *args: Any, **kwargs: Any) -> Any:
        made = insert(self, objs, *args, **kwargs)
        locks.own(iter(objs))
        return made

    def next_position(stream: Any, *args: Any) -> Any:
        locks.take(COUNTER, type(stream), {stream.pk})
        return count(stream, *args)

    def enter(self: Any) -> None:
        locks.enter()
        begin(self)

    def leave(self: Any, *raised: Any) -> None:
        end(self, *raised)
        locks.leave()

    with (
        mock.patch.object(QuerySet, "_fetch_all", fetch_all),
        mock.patch.object(QuerySet, "_insert", insert_rows),
        mock.patch.object(events, "_next_position", next_position),
        mock.patch.object(Atomic, "__enter__", enter),
        mock.patch.object(Atomic, "__exit__", leave),
    ):
        yield locks


def test_everything_that_is_recorded_locks_its_rows_in_one_order(world: World) -> None:
    with watched() as locks:
        fill_once(world.actor(), world.hennepin, world.shelter)
        fill_recommendations(world)
        fill_decisions(world)
    assert locks.late == set()
    assert locks.seen > 100


@pytest.mark.parametrize(
    "fill", [fill_forums, fill_votes, fill_promises, fill_measures, fill_pilots, fill_standing]
)
def test_the_actions_of_a_stage_lock_their_rows_in_one_order(world: World, fill: Any) -> None:
    with watched() as locks:
        fill(world)
    assert locks.late == set()
    assert locks.seen > 10


def test_what_is_made_of_other_records_locks_those_first(world: World) -> None:
    by, initiative = world.actor(), world.hennepin
    told, also = a_happening(world, "Told").record, a_happening(world, "Told too").record
    first = bring_idea(by=by, initiative=initiative, text="Open the hall")
    start_recommendation(by=by, solution=first)
    barrier = note_barrier(by=by, initiative=initiative, text="The permit")
    arena = an_arena(world)
    change = suggest_change(by=by, solution=first, text="Open two halls")
    with watched() as locks:
        bring_idea(by=by, initiative=initiative, text="Open a church", came_from=told)
        note_barrier(by=by, initiative=initiative, text="Fire", blocks=first, came_from=told)
        make_ask(by=by, arena=arena, text="Pay", solution=first, barrier=barrier, came_from=told)
        accept_change(by=by, amendment=change)
        record_outcome(by=by, initiative=initiative, text="Yes", solution=first, came_from=also)
        propose_framing(
            by=by, initiative=initiative, title="Rents", text="Too high", came_from=[told, also]
        )
        promise(
            by=by, initiative=initiative, text="A list", organisation=world.shelter, came_from=told
        )
        start_small_test(
            by=by,
            initiative=initiative,
            tries="One night",
            expects="Ten people",
            owner=world.shelter,
            look_on=TODAY + timedelta(days=9),
            solution=first,
            came_from=also,
        )
        prepare_pilot(by=by, initiative=initiative, title="Pilot", solution=first, came_from=told)
    assert locks.late == set()
    assert locks.seen > 20


def test_a_lock_that_comes_too_late_is_seen(world: World) -> None:
    first, second = a_happening(world, "One").record, a_happening(world, "Two").record
    with watched() as locks, transaction.atomic():
        locked(first)
        note_event(by=world.actor(), record=first, verb="revised")
        locked(first)
        assert locks.late == set()
        locked(second)
    assert locks.late == {"Record after Stream"}
