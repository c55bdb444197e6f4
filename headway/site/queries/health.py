"""What a monitor reads: when each task that runs again and again ran last, and how it ended."""

from dataclasses import asdict, dataclass

from django_tasks_db.models import DBTaskResult

from headway.accounts.models import ScheduledTask


@dataclass(frozen=True)
class LastRun:
    """The last run of one task; empty where it never ran or where its result is forgotten.

    Attributes:
        task: the app and what it does, like `solutions: close_votes`.
        handed_over_at: when it was handed to the workers, in UTC.
        ended: the state that the worker wrote, like SUCCESSFUL or FAILED.

    """

    task: str
    handed_over_at: str
    ended: str


def last_runs() -> list[dict[str, str]]:
    """The last run of every scheduled task, by name; two queries."""
    rows = list(ScheduledTask.objects.all())
    known = DBTaskResult.objects.filter(pk__in=[row.task_id for row in rows if row.task_id])
    ended = {str(key): str(status) for key, status in known.values_list("pk", "status")}
    return [
        asdict(
            LastRun(
                task=row.path.removeprefix("headway.").replace(".tasks.", ": "),
                handed_over_at=row.enqueued_at.isoformat() if row.enqueued_at else "",
                ended=ended.get(row.task_id, ""),
            )
        )
        for row in rows
    ]
