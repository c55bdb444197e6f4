"""A review opens by itself about a measure whose target was not reached by its day."""

from datetime import date, datetime
from uuid import UUID

from headway.initiatives.models import Initiative, Record
from headway.measures.models import Measure
from headway.measures.queries.points import MeasureStanding, where_measures_stand
from headway.pilots.actions.missed import OLDEST, open_about

# The worker judges by what anybody of the initiative may read.
READERS = ("public", "members")


def open_missed_reviews(*, now: datetime) -> int:
    """Open a review about each measure that missed its target lately; answers how many."""
    initiatives = Initiative.objects.filter(closed_on__isnull=True)
    return sum(
        open_about(each, missed_targets(each, each.today(now)), now=now)
        for each in initiatives.select_related("authority", "stream")
    )


def missed_targets(initiative: Initiative, today: date) -> dict[UUID, date]:
    """The day of each target that was lately missed; none of what a source reported."""
    stood = where_measures_stand(initiative, READERS, today=today)
    own = (each for each in stood if each.measure.record.provenance == Record.Provenance.HERE)
    days = ((each.record_id, _missed_day(each, today)) for each in own)
    return {key: day for key, day in days if day is not None}


def _missed_day(standing: MeasureStanding, today: date) -> date | None:
    """The last day of a target that the last value does not reach; None where nobody can say."""
    aim, point = standing.aim, standing.latest
    if aim is None or aim.due is None or point is None or point.value is None:
        return None
    if not today - OLDEST <= aim.due.end < today:
        return None
    measure = standing.measure
    if measure.direction == Measure.Direction.NEITHER or point.value == aim.value:
        return None
    return None if measure.better(aim.value, point.value) else aim.due.end
