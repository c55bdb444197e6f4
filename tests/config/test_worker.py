import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from config import worker

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


def test_a_scheduled_task_is_enqueued_once_an_interval() -> None:
    assert worker.enqueue_due(NOON) == len(worker.SCHEDULE)
    assert worker.enqueue_due(NOON) == 0
    assert DBTaskResult.objects.filter(task_path=MAIL).count() == 1


def test_a_scheduled_task_that_still_waits_is_not_enqueued_again() -> None:
    worker.enqueue_due(NOON)
    cache.clear()

    assert worker.enqueue_due(NOON) == 0


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
