"""A review opens by itself about a measure whose target was not reached by its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from headway.initiatives.models import Initiative, Record
from headway.measures.models import Measure, Reading
from headway.measures.queries.points import MeasureStanding, where_measures_stand
from headway.pilots.actions.missed import OLDEST, open_about

# The worker judges by what anybody of the initiative may read.
READERS = ("public", "members")


@dataclass(frozen=True, slots=True)
class Due:
    """A target whose day is over, and the series of values that it is judged by."""

    measure: Measure
    series_id: UUID
    aim: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Judged:
    """The first value that tells of the day of a target or later; none where it is hidden."""

    value: Decimal | None
    recorded_on: date


def open_missed_reviews(*, now: datetime) -> int:
    """Open a review about each measure that missed its target lately; answers how many."""
    initiatives = Initiative.objects.filter(closed_on__isnull=True)
    return sum(
        open_about(each, missed_targets(each, each.today(now)), now=now)
        for each in initiatives.select_related("authority", "stream")
    )


def missed_targets(initiative: Initiative, today: date) -> dict[UUID, date]:
    """The day of each target that was lately seen to be missed; none of what a source reported."""
    stood = where_measures_stand(initiative, READERS, today=today)
    due = [each for each in (_due(initiative, each, today) for each in stood) if each is not None]
    told = _first_values(initiative, due)
    return {each.measure.pk: each.day for each in due if _missed(each, told, today)}


def _due(initiative: Initiative, standing: MeasureStanding, today: date) -> Due | None:
    """The target of a measure, where its day is over and there are values to judge it by."""
    measure, aim = standing.measure, standing.aim
    own = measure.record.provenance == Record.Provenance.HERE
    if not own or aim is None or aim.due is None:
        return None
    # What was due before the measure stood here is history, and asks for no review.
    begun = initiative.today(measure.record.recorded_at)
    if not begun <= aim.due.end < today or measure.direction == Measure.Direction.NEITHER:
        return None
    for each in standing.series:
        if any(point.value is not None for point in each.points):
            return Due(measure, each.series_id, aim.value, aim.due.end)
    return None


def _first_values(initiative: Initiative, due: list[Due]) -> Mapping[UUID, Judged]:
    """By measure, the first value that tells of the day of its target or later; one query."""
    if not due:
        return {}
    by_series = {each.series_id: each for each in due}
    rows = Reading.objects.standing().counted().filter(series__in=list(by_series))
    later = rows.filter(happened_to__gte=min(each.day for each in due)).oldest_first()
    found: dict[UUID, Judged] = {}
    for key, day, value, at in later.values_list(
        "series_id", "happened_to", "value", "recorded_at"
    ):
        of = by_series[key]
        if day is not None and day >= of.day:
            found.setdefault(of.measure.pk, Judged(value, initiative.today(at)))
    return found


def _missed(due: Due, told: Mapping[UUID, Judged], today: date) -> bool:
    """Whether a target was lately seen to be missed; not where nobody can say yet."""
    judged = told.get(due.measure.pk)
    if judged is None or judged.value is None or judged.value == due.aim:
        return False
    if max(due.day, judged.recorded_on) < today - OLDEST:
        return False
    return not due.measure.better(due.aim, judged.value)
