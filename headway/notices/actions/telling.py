"""Reads the log of every initiative and writes who is told of what.

How far a log was read moves in the transaction that writes the notices. Whenever a worker dies,
the next one goes on behind the last notice that was kept, and nobody is told twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from headway.accounts.models import Event, User
from headway.initiatives.models import Initiative
from headway.notices.actions.addresses import write_to_addresses
from headway.notices.models import Notice, Reading, Rhythm
from headway.notices.queries.audience import Told, hearing
from headway.notices.queries.rhythm import due_at, rhythms_in

BLOCK: Final = 500
# After a long pause nobody is told of what is long past.
OLDEST: Final = timedelta(days=30)


def tell(*, now: datetime) -> int:
    """Tell everybody of what happened since the last time; answers how many were told."""
    written = 0
    for initiative in _behind():
        done = False
        while not done:
            count, done = _tell_block(initiative, now)
            written += count
    return written


def _behind() -> list[Initiative]:
    """Initiatives whose log holds more than was read."""
    read = Reading.objects.filter(stream=OuterRef("stream")).values("position")
    known = Coalesce(Subquery(read), 0)
    rows = Initiative.objects.annotate(read_to=known).filter(stream__last_position__gt=F("read_to"))
    return list(rows.select_related("stream", "authority"))


@transaction.atomic
def _tell_block(initiative: Initiative, now: datetime) -> tuple[int, bool]:
    """Read a block of the log; answers how many were told, and whether it was the last."""
    reading = _reading(initiative)
    log = Event.objects.filter(stream=initiative.stream_id, position__gt=reading.position)
    events = list(log.order_by("position")[:BLOCK])
    if not events:
        return 0, True
    fresh = [event for event in events if event.recorded_at >= now - OLDEST]
    heard = hearing(initiative, fresh, initiative.today(now))
    count = _write(initiative, heard.members, now)
    write_to_addresses(initiative, heard.addresses, now)
    reading.change(position=events[-1].position)
    return count, len(events) < BLOCK


def _reading(initiative: Initiative) -> Reading:
    """How far the log was read, held until the transaction ends."""
    Reading.objects.get_or_create(stream_id=initiative.stream_id)
    return Reading.objects.select_for_update().get(stream=initiative.stream_id)


def _write(initiative: Initiative, told: Sequence[Told], now: datetime) -> int:
    rhythms = rhythms_in(initiative) if told else {}
    dues = {
        rhythm: due_at(rhythm, now, initiative.zone)
        for rhythm in {Rhythm.DAILY.value, *rhythms.values()}
    }
    Notice.objects.insert_all(
        Notice(
            member_id=each.member_id,
            initiative=initiative,
            event=each.event,
            why=each.why,
            noted_at=now,
            mail_due_at=dues[rhythms.get(each.user_id, Rhythm.DAILY.value)],
        )
        for each in told
    )
    count_unread({each.user_id for each in told})
    return len(told)


def count_unread(users: Iterable[UUID]) -> None:
    """Count anew what some people have not read; it stands in the row that every page reads."""
    ids = sorted(users)
    unread = (
        Notice.objects.unread()
        .filter(member__user=OuterRef("pk"))
        .order_by()
        .values("member__user")
        .annotate(number=Count("pk"))
        .values("number")
    )
    for start in range(0, len(ids), BLOCK):
        User.objects.filter(Q(pk__in=ids[start : start + BLOCK])).update(
            unread_notices=Coalesce(Subquery(unread, output_field=IntegerField()), 0)
        )
