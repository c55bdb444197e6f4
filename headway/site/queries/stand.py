"""Where an initiative stands: one's promises, the path, what would help next, dates, the number."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.dates import day_range
from headway.core.marks import PathMark
from headway.diagnosis.queries.lines import evidence_query
from headway.diagnosis.queries.standing import Figured, Standing, standing
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.site.queries.dates import Dates, dates_that_matter
from headway.site.queries.headline import HeadlineNow, headline_now
from headway.site.queries.problem import ProblemLines, problem_lines
from headway.site.queries.results import ResultLine, results

NO_DATES = Dates((), None, (), ())


@dataclass(frozen=True)
class View:
    """Which day the page looks at and what is known then; how to look at it otherwise."""

    words: str
    today_href: str
    known_href: str
    all_known_href: str


@dataclass(frozen=True)
class Ways:
    """Where the page leads; empty where the reader may not go."""

    promises: str
    meeting: str
    first_step: str
    happenings: str
    dates: str
    report: str
    history: str
    members: str
    settings: str


@dataclass(frozen=True)
class StandPage:
    """Where an initiative stands on a day, as one reader may see it.

    Dates and promises are those of today: on a page about another day there are none.
    """

    title: str
    summary: str
    owner: str
    view: View
    standing: Standing
    path: tuple[PathMark, ...]
    met: str
    not_met: str
    begun: bool
    promises: tuple[Figured, ...]
    dates: Dates
    headline: HeadlineNow | None
    results: tuple[ResultLine, ...]
    problem: ProblemLines
    ways: Ways


def stand_page(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> StandPage:
    """Where an initiative stands, as far as the reader may see it.

    Args:
        initiative: which.
        reader: who looks; visitors are told what is met, and never what is waited on.
        as_of: the day whose end is looked at; today where none is given.
        known_at: leaves out what was recorded later.

    """
    found = standing(initiative, reader, reader.today, as_of, known_at)
    return StandPage(
        title=initiative.title,
        summary=initiative.summary,
        owner=initiative.owner.canonical.name,
        view=_view(initiative, reader, as_of, known_at),
        standing=found,
        path=path_of(found),
        met=met_words(found),
        not_met=not_met_words(found),
        begun=any(line.state not in {"", "not_recorded"} for line in found.conditions),
        promises=_promises(found),
        dates=dates_that_matter(initiative, reader) if as_of is None else NO_DATES,
        headline=headline_now(initiative, reader, as_of, known_at),
        results=() if reader.may("diagnosis.view") else results(initiative, reader, as_of),
        problem=problem_lines(initiative, reader, as_of, known_at),
        ways=_ways(reader, found),
    )


def path_of(found: Standing) -> tuple[PathMark, ...]:
    """The path from understood to result, all eight; visitors see what is not met as just that."""
    return tuple(
        PathMark(
            line.label, line.mark, line.count or line.open or None, line.href, line.state_label
        )
        for line in found.conditions
    )


def _promises(found: Standing) -> tuple[Figured, ...]:
    """How promises stand, without the counts of nothing."""
    if not any(one.number for one in found.promises):
        return ()
    zero = {"kept", "on_time"}  # none of so many says something there
    return tuple(
        one for one in found.promises if one.number or (one.number == 0 and one.key in zero)
    )


def met_words(found: Standing) -> str:
    """How many of the eight conditions are met."""
    met = sum(line.state == "met" for line in found.conditions)
    said = {"met": met, "all": len(found.conditions)}
    return (
        ngettext(
            "%(met)d of %(all)d conditions is met.", "%(met)d of %(all)d conditions are met.", met
        )
        % said
    )


def not_met_words(found: Standing) -> str:
    """Which conditions are not met, for whoever is told no more of them than that."""
    told = [str(line.label) for line in found.conditions if not line.state]
    return _("Not met yet: %s.") % get_text_list(told, _("and")) if told else ""


def _ways(reader: Reader, found: Standing) -> Ways:
    query = evidence_query(found.as_of, None, is_today=found.is_today)
    return Ways(
        promises=address(reader, "commitments:home") + "?whose=organisation",
        meeting=if_may(reader, "site.next_meeting", "site:next_meeting"),
        first_step=if_may(reader, "problems.write", "problems:home"),
        happenings=address(reader, "initiatives:happenings"),
        dates=address(reader, "site:dates"),
        report=_same_day(if_may(reader, "site.report", "site:report"), query),
        history=if_may(reader, "initiatives.view_history", "initiatives:history"),
        members=if_may(reader, "initiatives.view_members", "initiatives:members"),
        settings=if_may(reader, "initiatives.settings", "initiatives:settings"),
    )


def _same_day(href: str, query: str) -> str:
    return f"{href}{query}" if href else ""


def _view(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None,
    known_at: datetime | None,
) -> View:
    here = reverse("site:where_we_stand", args=[reader.slug])
    day = as_of or reader.today
    other = as_of is not None or known_at is not None
    then = day_range(day, initiative.zone)[1]
    asked = f"{here}?as_of={day.isoformat()}"
    knew = f"{asked}&{urlencode({'known_at': then.isoformat()})}" if then else ""
    return View(
        words=_view_words(day, known_at, initiative.zone) if other else "",
        today_href=here if other else "",
        known_href=knew if as_of is not None and known_at is None else "",
        all_known_href=asked if known_at is not None else "",
    )


def _view_words(day: date, known_at: datetime | None, zone: str) -> str:
    said = {"day": date_format(day, "DATE_FORMAT")}
    if known_at is None:
        return _("This is how it stood on %(day)s, with what is known today.") % said
    said["known"] = date_format(known_at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    return _("This is how it stood on %(day)s, with what was recorded here by %(known)s.") % said
