"""A review opens by itself about what was missed: a promise or one of its steps past its day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from headway.accounts.actor import Actor
from headway.commitments.models import Commitment, Milestone
from headway.core.errors import RuleError
from headway.initiatives.models import Initiative, Record
from headway.pilots.actions.reviews import open_review
from headway.pilots.models import Review

# An installation that was switched off for long does not look back at what is long past.
OLDEST: Final = timedelta(days=30)
MISSED: Final = Review.Occasion.MISSED


def open_missed_reviews(*, now: datetime) -> int:
    """Open a review about each promise that was missed, or a step of it; answers how many."""
    initiatives = Initiative.objects.filter(closed_on__isnull=True)
    return sum(
        open_about(each, missed_promises(each, each.today(now)), now=now)
        for each in initiatives.select_related("authority", "stream")
    )


def missed_promises(initiative: Initiative, today: date) -> dict[UUID, date]:
    """The last missed day of each promise lately missed; none of what a source reported."""
    lately = {"__lt": today, "__gte": today - OLDEST}
    rows = Commitment.objects.in_initiative(initiative).live().still_open()
    own = rows.filter(record__provenance=Record.Provenance.HERE)
    late = own.filter(**{f"due_to{name}": day for name, day in lately.items()})
    found = {key: day for key, day in late.values_list("pk", "due_to") if day is not None}
    steps = Milestone.objects.filter(
        commitment__in=own, done_on__isnull=True, withdrawn_at__isnull=True
    ).filter(**{f"due_on{name}": day for name, day in lately.items()})
    for key, day in steps.values_list("commitment_id", "due_on"):
        if day is not None:
            found[key] = max(day, found.get(key, day))
    return found


def open_about(initiative: Initiative, missed: Mapping[UUID, date], *, now: datetime) -> int:
    """Open a review about each record whose missed day nobody looked back at; answers how many."""
    told = _looked_back(initiative, missed)
    fresh = [key for key, day in missed.items() if told.get(key, date.min) <= day]
    records = Record.objects.filter(pk__in=fresh).select_related("initiative__stream")
    return sum(_open(record, now) for record in records.order_by("pk"))


def _looked_back(initiative: Initiative, records: Iterable[UUID]) -> dict[UUID, date]:
    """The day of the last review about each record that was missed, or is looked at now."""
    found: dict[UUID, date] = {}
    reviews = Review.objects.filter(about__in=list(records)).select_related("record")
    for review in reviews:
        if review.state == Review.State.OPEN and not review.record.withdrawn:
            found[review.about_id] = date.max
        elif review.occasion == MISSED:
            day = initiative.today(review.record.recorded_at)
            found[review.about_id] = max(day, found.get(review.about_id, day))
    return found


@transaction.atomic
def _open(record: Record, now: datetime) -> bool:
    """Open one; what was withdrawn meanwhile asks for none."""
    try:
        open_review(by=Actor(kind="worker", at=now), about=record, occasion=MISSED)
    except RuleError:
        return False
    return True
