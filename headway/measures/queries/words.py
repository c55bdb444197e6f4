"""How the pages say where a measure stands."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.dates import date_words
from headway.core.numbers import number_words
from headway.core.tables import Mark
from headway.measures.models import Measure, Reading
from headway.measures.queries.points import (
    MONTHS_IN_A_YEAR,
    Aim,
    MeasureStanding,
    Point,
    StartPoint,
)


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit: "2,984 people"."""
    return f"{number_words(value)} {unit}"


def point_words(point: Point) -> str:
    """A value, or why there is none."""
    if point.value is not None:
        return number_words(point.value)
    if point.gap == Reading.Gap.HIDDEN:
        return _("hidden: too few people")
    return _("not counted")


def start_words(start: StartPoint | None) -> str:
    """Where it starts: "2,800, 2006", with its unit where that is another one."""
    if start is None:
        return ""
    when = date_words(start.when)
    said = number_words(start.value) if start.compares else amount(start.value, start.unit)
    return f"{said}, {when}" if when else said


def latest_words(point: Point | None) -> str:
    """The last value with its time: "3,443, 2012"."""
    if point is None or point.value is None:
        return ""
    return f"{number_words(point.value)}, {date_words(point.when)}"


def aim_words(aim: Aim | None) -> str:
    """What shall be reached: "1,500 by 2030"."""
    if aim is None:
        return ""
    if aim.due is None:
        return number_words(aim.value)
    return _("%(value)s by %(when)s") % {
        "value": number_words(aim.value),
        "when": date_words(aim.due),
    }


def finding(standing: MeasureStanding) -> str:
    """What strikes first: "3,443 people, 2012: 643 more than at the start"."""
    point, start = standing.latest, standing.start
    if point is None or point.value is None:
        return _("No value yet")
    said = {
        "value": amount(point.value, standing.measure.unit),
        "when": date_words(point.when),
    }
    if start is None or not start.compares:
        return _("%(value)s, %(when)s") % said
    change = point.value - start.value
    said["change"] = number_words(abs(change))
    if change > 0:
        return _("%(value)s, %(when)s: %(change)s more than at the start") % said
    if change < 0:
        return _("%(value)s, %(when)s: %(change)s less than at the start") % said
    return _("%(value)s, %(when)s: the same as at the start") % said


def change_mark(standing: MeasureStanding) -> Mark:
    """Whether it got better, by shape and word."""
    if standing.latest is None:
        return Mark("not_recorded", _("No value yet"))
    if standing.start is None:
        return Mark("open", _("No starting point"))
    if not standing.start.compares:
        return Mark("open", _("Starting point in another unit"))
    if standing.better is None:
        return Mark("open", _("Neither better nor worse"))
    return Mark("done", _("Better")) if standing.better else Mark("disputed", _("Worse"))


def rhythm_words(months: int | None) -> str:
    """How often a value is due: "every year"."""
    if months is None:
        return ""
    if months % MONTHS_IN_A_YEAR == 0:
        years = months // MONTHS_IN_A_YEAR
        return ngettext("every year", "every %s years", years) % ((years,) if years > 1 else ())
    return ngettext("every month", "every %s months", months) % ((months,) if months > 1 else ())


def stale_words(standing: MeasureStanding, today: date) -> str:
    """That a newer value should be there: "Last value 14 months ago, due every year"."""
    if not standing.stale(today) or standing.months_old is None:
        return ""
    return _("Last value %(age)s, due %(rhythm)s") % {
        "age": age_words(standing.months_old),
        "rhythm": rhythm_words(standing.measure.every_months),
    }


def age_words(months: int) -> str:
    """How long ago: "14 months ago", "3 years ago"."""
    if months >= 2 * MONTHS_IN_A_YEAR:
        years = months // MONTHS_IN_A_YEAR
        return ngettext("%s year ago", "%s years ago", years) % years
    return ngettext("%s month ago", "%s months ago", months) % months


def floor_words(measure: Measure) -> str:
    """What is hidden, and under which agreement."""
    if not measure.hides_small:
        return _("Nothing is hidden: nobody can be recognized by it.")
    said = {"most": measure.floor - 1, "agreement": measure.agreement}
    if measure.floor == 1:
        return _("Nothing is hidden, by %(agreement)s.") % said
    hidden = (
        _("Groups of 1 to %(most)s people are hidden, and others by which one could work them out.")
        % said
    )
    if measure.agreement:
        return _("%(hidden)s By %(agreement)s.") % {"hidden": hidden, **said}
    return hidden
