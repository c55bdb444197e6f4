from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.exchange.actions.expunge import remove
from headway.exchange.actions.ledger import complete_ledger
from headway.exchange.queries.retention import due_for_destruction
from headway.initiatives.actions import locked
from headway.initiatives.models import Record

BATCH = 100


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How many records were destroyed."""

    count: int


def _reason(record: Record, schedule: str) -> str:
    return _("retention schedule %(schedule)s: %(name)s, %(years)s years") % {
        "schedule": schedule or "–",
        "name": record.retention.name if record.retention else "–",
        "years": record.retention.keep_years if record.retention else "–",
    }


@transaction.atomic
def _destroy(by: Actor, authority: Authority, today: date) -> int:
    """Destroy a first few of what is due; each is looked at anew once it is locked."""
    keys = list(due_for_destruction(authority, today).values_list("pk", flat=True)[:BATCH])
    records = [locked(record) for record in Record.objects.filter(pk__in=keys)]
    still = set(due_for_destruction(authority, today).filter(pk__in=keys).values_list("pk"))
    for record in records:
        if (record.pk,) in still:
            remove(by=by, record=record, because=_reason(record, authority.retention_schedule))
    return len(still)


def destroy_due(
    *,
    by: Actor,
    authority: Authority,
    today: date,
    report: Callable[[int], None] = lambda _done: None,
) -> Destroyed:
    """Destroy every record whose time under the schedule is over; holds are honoured throughout.

    It works in small steps, each kept as soon as it is done, and goes on where it was stopped.
    """
    done = 0
    while moved := _destroy(by, authority, today):
        complete_ledger()
        done += moved
        report(done)
    return Destroyed(done)
