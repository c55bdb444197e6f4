"""The number that an initiative is about, as of any day, with its small chart."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from headway.core.charts import Chart
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.measures.models import Headline, Measure
from headway.measures.queries.drawing import measure_chart
from headway.measures.queries.points import MeasureStanding, standings, visible_measures
from headway.measures.queries.words import aim_words, finding, stale_words, start_words

HEIGHT = 180


@dataclass(frozen=True)
class HeadlineNow:
    """The headline measure in words, with its chart; what it tells is what the day knew."""

    title: str
    href: str
    finding: str
    start: str
    target: str
    stale: str
    source: str
    source_href: str
    chart: Chart | None


def headline_now(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> HeadlineNow | None:
    """The measure put first, else the first result with a starting point; four queries."""
    day = as_of or reader.today
    found = headline_standing(initiative, reader, day, as_of, known_at)
    return _told(found, reader, day) if found else None


def headline_standing(
    initiative: Initiative,
    reader: Reader,
    today: date,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> MeasureStanding | None:
    """How the measure stands that is put first; one query where there is none, else four."""
    first = _first(initiative, reader, known_at)
    if not first:
        return None
    found = standings(first, reader.readers, today=today, as_of=as_of, known_at=known_at)
    return next(iter(found), None)


def _first(initiative: Initiative, reader: Reader, known_at: datetime | None) -> list[Measure]:
    standing = Headline.objects.filter(measure=OuterRef("pk"), ended_at__isnull=True)
    rows = visible_measures(initiative, reader.readers, known_at=known_at)
    chosen = Exists(standing)
    may = Q(chosen) | Q(kind=Measure.Kind.RESULT, baseline__isnull=False)
    return list(rows.filter(may).order_by(chosen.desc(), "record__title", "pk")[:1])


def _told(standing: MeasureStanding, reader: Reader, day: date) -> HeadlineNow:
    last = standing.latest
    return HeadlineNow(
        title=standing.measure.name,
        href=address(reader, "measures:measure", standing.measure.pk),
        finding=finding(standing),
        start=start_words(standing.start),
        target=aim_words(standing.aim),
        stale=stale_words(standing, day),
        source=last.source if last else "",
        source_href=last.source_url if last else "",
        chart=_small(measure_chart(standing, None)),
    )


def _small(chart: Chart | None) -> Chart | None:
    """The same chart, lower and without the scripts that a whole page is worth."""
    if chart is None:
        return None
    return replace(chart, spec={**chart.spec, "height": HEIGHT}, name="headline", interactive=False)
