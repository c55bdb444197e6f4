import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from config import worker
from headway.accounts.actions import enqueue_if_due
from headway.accounts.models import ScheduledTask

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)
MAIL = "headway.accounts.tasks.deliver_mail"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def running(started_at: datetime, *workers: str) -> DBTaskResult[Any, Any]:
    task: DBTaskResult[Any, Any] = DBTaskResult.objects.create(
        id=uuid4(),
        status="RUNNING",
        task_path=MAIL,
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=started_at,
        started_at=started_at,
        worker_ids=list(workers),
        exception_class_path="",
        traceback="",
    )
    return task


def after_a_lease() -> datetime:
    return NOON + worker.LEASE + timedelta(seconds=1)


def test_a_task_whose_worker_died_runs_again_later() -> None:
    task = running(NOON, "dead")

    assert worker.take_up_dropped(after_a_lease()) == 1

    task.refresh_from_db()
    assert task.status == "READY"
    assert task.run_after > after_a_lease()


def test_a_task_whose_worker_lives_is_left_alone() -> None:
    task = running(NOON, "dead", "living")
    worker.beat("living", after_a_lease())

    assert worker.take_up_dropped(after_a_lease()) == 0

    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_a_task_that_has_just_begun_is_left_alone() -> None:
    running(NOON, "starting")

    assert worker.take_up_dropped(NOON + worker.LEASE) == 0


def test_each_next_try_waits_longer() -> None:
    first, second = running(NOON, "one"), running(NOON, "one", "two")

    worker.take_up_dropped(after_a_lease())

    first.refresh_from_db()
    second.refresh_from_db()
    assert second.run_after - first.run_after >= timedelta(seconds=10)


def test_a_task_that_ends_its_worker_three_times_has_failed() -> None:
    task = running(NOON, "one", "two", "three")

    worker.take_up_dropped(after_a_lease())

    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "3 times" in task.traceback


def done() -> None:
    DBTaskResult.objects.update(status="SUCCESSFUL")


def test_a_scheduled_task_is_enqueued_once_a_period_also_after_a_restart() -> None:
    assert worker.enqueue_due(NOON) == len(worker.SCHEDULE)
    done()
    cache.clear()

    assert worker.enqueue_due(NOON) == 0
    assert worker.enqueue_due(NOON + worker.SCHEDULE[MAIL]) == 1
    assert DBTaskResult.objects.filter(task_path=MAIL).count() == 2


def test_what_was_missed_while_no_worker_ran_is_made_up_for_once() -> None:
    worker.enqueue_due(NOON)
    done()
    after_a_week = NOON + timedelta(days=7)

    assert worker.enqueue_due(after_a_week) == len(worker.SCHEDULE)
    done()
    assert worker.enqueue_due(after_a_week) == 0


@pytest.mark.parametrize("status", ["READY", "RUNNING"])
def test_a_scheduled_task_that_still_waits_or_runs_is_not_put_beside_itself(status: str) -> None:
    worker.enqueue_due(NOON)
    DBTaskResult.objects.update(status=status, started_at=NOON)

    assert worker.enqueue_due(NOON + timedelta(days=1)) == 0


def test_of_several_workers_one_enqueues_a_task() -> None:
    every = timedelta(minutes=1)

    assert [enqueue_if_due(path=MAIL, every=every, now=NOON) for _one in range(3)] == [
        True,
        False,
        False,
    ]
    row = ScheduledTask.objects.get(path=MAIL)
    assert (row.enqueued_at, row.task_id) == (NOON, str(DBTaskResult.objects.get().pk))


def test_a_clock_that_was_wrong_once_stops_nothing() -> None:
    every = timedelta(minutes=1)
    enqueue_if_due(path=MAIL, every=every, now=NOON + timedelta(days=400))

    assert enqueue_if_due(path=MAIL, every=every, now=NOON)


def test_everything_scheduled_is_a_task() -> None:
    from django.utils.module_loading import import_string

    assert [path for path in worker.SCHEDULE if import_string(path).module_path != path] == []


def test_a_worker_that_beats_is_seen() -> None:
    assert worker.last_beat() is None

    worker.beat("one", NOON)

    assert worker.last_beat() == NOON


def test_trouble_in_one_step_stops_no_other_and_names_nobody_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_now: datetime) -> int:
        raise LookupError("mo@partner.example")

    monkeypatch.setattr(worker, "take_up_dropped", fail)
    with caplog.at_level(logging.DEBUG):
        assert not worker.tend("one", NOON)

    assert worker.last_beat() == NOON
    assert DBTaskResult.objects.filter(task_path=MAIL).count() == 1
    assert "LookupError" in caplog.text
    assert "mo@partner.example" not in caplog.text


class Stop(threading.Event):
    """Ends the tending after some rounds and notes the pauses between them."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds, self.pauses = rounds, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0)
        if len(self.pauses) == self.rounds:
            self.set()
        return self.is_set()


def test_tending_goes_on_after_any_trouble_ever_more_seldom_within_the_lease(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object) -> None:
        raise LookupError

    for step in ("beat", "take_up_dropped", "enqueue_due", "prune"):
        monkeypatch.setattr(worker, step, fail)
    stop = Stop(rounds=4)
    tending = threading.Thread(target=worker._tend_until, args=(stop, "one"))
    tending.start()
    tending.join(timeout=30)

    assert stop.pauses == [10.0, 20.0, 20.0, 20.0]
    assert max(stop.pauses) < worker.LEASE.total_seconds()
