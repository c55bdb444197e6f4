"""`headway worker`: runs background tasks, shows that it lives and takes up dropped ones."""

import argparse
import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from config.command import start_django

PULSE = 5.0
LEASE = timedelta(seconds=30)
MOST_TRIES = 3
LIVING = "worker-pulse"
LONGEST_PAUSE = 20.0
SCHEDULE = {
    "headway.accounts.tasks.deliver_mail": timedelta(seconds=10),
    "headway.accounts.tasks.forget_mail": timedelta(hours=6),
    "headway.commitments.tasks.forget": timedelta(hours=1),
    "headway.commitments.tasks.remind": timedelta(minutes=10),
    "headway.directory.tasks.forget_files": timedelta(hours=1),
    "headway.forums.tasks.close_conversations": timedelta(minutes=1),
    "headway.forums.tasks.destroy_keys": timedelta(hours=1),
    "headway.forums.tasks.store_what_was_said": timedelta(minutes=1),
    "headway.initiatives.tasks.forget_forms": timedelta(hours=6),
    "headway.measures.tasks.forget": timedelta(hours=1),
    "headway.measures.tasks.open_reviews": timedelta(hours=1),
    "headway.notices.tasks.fetch": timedelta(minutes=1),
    "headway.notices.tasks.forget": timedelta(hours=6),
    "headway.notices.tasks.mail": timedelta(minutes=1),
    "headway.notices.tasks.tell": timedelta(seconds=20),
    "headway.pilots.tasks.destroy_raw_notes": timedelta(hours=1),
    "headway.pilots.tasks.forget_results": timedelta(hours=1),
    "headway.pilots.tasks.open_reviews": timedelta(hours=1),
    "headway.pilots.tasks.store_what_was_told": timedelta(minutes=10),
    "headway.solutions.tasks.close_votes": timedelta(minutes=1),
    "headway.solutions.tasks.remind_of_reviews": timedelta(hours=1),
}

log = logging.getLogger("headway.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Allow a run that ends when nothing is left to do."""
    parser.add_argument("--batch", action="store_true", help="end when no task waits")


def pulse_key(worker_id: str) -> str:
    """Where one worker notes that it lives."""
    return f"{LIVING}:{worker_id}"


def beat(worker_id: str, now: datetime) -> None:
    """Note in the shared cache that this worker lives."""
    from django.core.cache import cache

    cache.set_many({pulse_key(worker_id): now, LIVING: now}, timeout=LEASE.seconds)


def last_beat() -> datetime | None:
    """When any worker last showed that it lives, within the lease."""
    from django.core.cache import cache

    found: datetime | None = cache.get(LIVING)
    return found


def _dropped(now: datetime) -> list[Any]:
    """Tasks whose worker has been silent for longer than its lease."""
    from django.core.cache import cache
    from django_tasks_db.models import DBTaskResult

    running = DBTaskResult.objects.running().filter(started_at__lt=now - LEASE)
    return [task for task in running if cache.get(pulse_key(task.worker_ids[-1])) is None]


def _take_up(task: Any, now: datetime) -> None:
    """Put a dropped task back into the queue, later each time, and give up after three tries."""
    tries = len(task.worker_ids)
    if tries >= MOST_TRIES:
        task.set_failed(TimeoutError(f"its worker ended {tries} times in the middle of it"))
        return
    again_at = now + timedelta(seconds=5 * 2**tries)
    # Only if nobody else was quicker: the row must still be as it was read.
    type(task).objects.filter(pk=task.pk, status=task.status, started_at=task.started_at).update(
        status="READY", run_after=again_at, started_at=None
    )
    log.warning("Task %s was dropped by its worker; it runs again at %s.", task.pk, again_at)


def take_up_dropped(now: datetime) -> int:
    """Give every dropped task another try; answer how many there were."""
    dropped = _dropped(now)
    for task in dropped:
        _take_up(task, now)
    return len(dropped)


def _under_way() -> set[str]:
    """The tasks that wait or run at this moment; none is put beside itself."""
    from django_tasks_db.models import DBTaskResult

    unfinished = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"])
    return set(unfinished.values_list("task_path", flat=True).distinct())


def enqueue_due(now: datetime) -> int:
    """Enqueue every scheduled task whose period has passed; answer how many.

    When each ran last stands in a table: restarts forget nothing, of several workers one enqueues,
    and what was missed while none ran is made up for once.
    """
    from headway.accounts.actions import enqueue_if_due

    under_way = _under_way()
    return sum(
        enqueue_if_due(path=path, every=every, now=now)
        for path, every in SCHEDULE.items()
        if path not in under_way
    )


def prune() -> None:
    """Forget what was done well more than a day ago, and what failed a month ago."""
    from django.core.cache import cache
    from django.core.management import call_command

    if cache.add("schedule:prune", value=True, timeout=3600):
        call_command(
            "prune_db_task_results",
            "--min-age-days",
            "1",
            "--failed-min-age-days",
            "30",
            verbosity=0,
        )


def _done(step: Callable[[], object]) -> bool:
    """Whether a step around the tasks worked; its trouble is logged and stops no other step."""
    from headway.core.errors import Attempt, without_words

    with Attempt() as attempt:
        step()
    if attempt.trouble:
        log.error("The worker will try again what failed: %s", without_words(attempt.trouble))
    return attempt.trouble is None


def tend(worker_id: str, now: datetime) -> bool:
    """One round of everything around the tasks themselves; answer whether all of it worked."""
    steps = (
        partial(beat, worker_id, now),
        partial(take_up_dropped, now),
        partial(enqueue_due, now),
        prune,
    )
    worked = [_done(step) for step in steps]
    return all(worked)


def _tend_until(stop: threading.Event, worker_id: str) -> None:
    """Tend every few seconds; after trouble more seldom, yet often enough to count as living."""
    from django.db import connections

    pause = PULSE
    while not stop.is_set():
        well = tend(worker_id, datetime.now(UTC))
        pause = PULSE if well else min(2 * pause, LONGEST_PAUSE)
        if not well:
            connections.close_all()
        stop.wait(pause)
    connections.close_all()


def run(options: argparse.Namespace) -> int:
    """Work until asked to stop; a task under way is finished first."""
    start_django()
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=options.batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    stop = threading.Event()
    tending = threading.Thread(target=_tend_until, args=(stop, worker.worker_id), daemon=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, worker.shutdown)
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    tending.start()
    try:
        worker.run()
    finally:
        stop.set()
        tending.join(timeout=2 * PULSE)
    return 0
