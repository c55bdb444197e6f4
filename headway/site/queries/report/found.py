"""Parts of the report on the problem, what was tried, what the numbers say, what was learned."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.core.dates import date_words
from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.measures.models import Measure
from headway.measures.queries.points import MeasureStanding, where_measures_stand
from headway.measures.queries.words import aim_words, finding, stale_words
from headway.pilots.models import Pilot
from headway.pilots.queries.learning import lessons
from headway.pilots.queries.register import pilots
from headway.problems.models import AffectedGroup, Baseline, Framing, FramingState
from headway.problems.queries.parts import baseline_words
from headway.site.queries.headline import HeadlineNow
from headway.site.queries.results import ResultLine, results
from headway.site.queries.told import Part, Told, sourced

MOST = 30


def problem(initiative: Initiative, reader: Reader) -> Part:
    """Who is affected, where it started, and how the partners see it; three queries."""
    lines = tuple(_problem(initiative, reader))
    more = TextLink(_("The problem"), address(reader, "problems:home"))
    return Part("problem", _("The problem"), "", lines, more)


def _problem(initiative: Initiative, reader: Reader) -> Iterator[Told]:
    groups = AffectedGroup.objects.in_initiative(initiative).live().visible_to(reader.readers)
    for group in groups.select_related("record__source").oldest_first()[:MOST]:
        counted = "" if group.how_many is None else number_words(group.how_many)
        number = group.how_many_as_said or counted
        words = f"{group.name} ({number})" if number else group.name
        yield sourced(
            group.record, _("Who is affected"), words, kinds.href(group.record, reader.slug)
        )
    points = Baseline.objects.in_initiative(initiative).live().visible_to(reader.readers)
    for point in points.select_related("record__source").oldest_first()[:MOST]:
        words = f"{point.measure_name}: {baseline_words(point)}"
        yield sourced(
            point.record, _("Where it started"), words, kinds.href(point.record, reader.slug)
        )
    framings = Framing.objects.in_initiative(initiative).live().visible_to(reader.readers)
    adopted = framings.filter(state=FramingState.ADOPTED).select_related("record__source")
    for framing in adopted[:1]:
        href = kinds.href(framing.record, reader.slug)
        yield sourced(framing.record, _("How we see it"), framing.text, href)


def tried(initiative: Initiative, reader: Reader) -> Part:
    """What was tried and how it came out, and the pilots that run."""
    lines = [_result(line) for line in results(initiative, reader)]
    for row in pilots(initiative, reader).filter(state=Pilot.State.RUNNING)[:MOST]:
        href = kinds.href(row.record, reader.slug)
        lines.append(sourced(row.record, row.record.title, _under_way(row), href))
    more = TextLink(_("Small tests and pilots"), address(reader, "pilots:home"))
    return Part("tried", _("What was tried, and how it came out"), "", tuple(lines), more)


def _under_way(row: Pilot) -> str:
    """Until when a pilot runs; of one that only a source told, when that was."""
    if row.record.provenance == Record.Provenance.REPORTED:
        told = date_words(row.record.when)
        return _("under way when it was reported (%s)") % told if told else _("was under way")
    until = date_format(row.ends_on, "DATE_FORMAT") if row.ends_on else ""
    return _("under way until %s") % until if until else _("under way")


def _result(line: ResultLine) -> Told:
    told = (str(line.mark.label), str(line.decision), line.when, line.saw)
    words = ". ".join(each.rstrip(".") for each in told if each)
    return Told(line.title, words, line.href, line.source, line.source_href)


def numbers(initiative: Initiative, reader: Reader, first: HeadlineNow | None) -> Part:
    """What every measure says, results before performance; worse as plainly as better."""
    found = where_measures_stand(initiative, reader.readers, today=reader.today)
    by_kind = sorted(found, key=lambda each: each.measure.kind != Measure.Kind.RESULT)
    lines = tuple(_number(each, reader) for each in by_kind if each.latest is not None)
    lead = f"{first.title}: {first.finding}." if first else ""
    chart = first.chart if first else None
    return Part("numbers", _("What the numbers say"), lead, lines, chart=chart)


def _number(standing: MeasureStanding, reader: Reader) -> Told:
    aim = aim_words(standing.aim)
    said = (
        finding(standing),
        _("target: %s") % aim if aim else "",
        stale_words(standing, reader.today),
    )
    last = standing.latest
    return Told(
        name=standing.measure.name,
        words="; ".join(filter(None, said)),
        href=address(reader, "measures:measure", standing.measure.pk),
        source=last.source if last else "",
        source_href=last.source_url if last else "",
    )


def learned(initiative: Initiative, reader: Reader) -> Part:
    """What was learned, as far as it is shown to the reader."""
    lines = tuple(
        sourced(row.record, row.text, "", kinds.href(row.record, reader.slug))
        for row in lessons(initiative, reader).select_related("record__source")[:MOST]
    )
    more = TextLink(_("What we learned"), address(reader, "pilots:learning"))
    return Part("learned", _("What we learned"), "", lines, more)
