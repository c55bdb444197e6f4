"""The report as a page: every part of the story, and where the open data is."""

from dataclasses import dataclass
from datetime import date

from django.urls import resolve
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.access import declared
from headway.core.errors import Message
from headway.core.tables import TextLink
from headway.diagnosis.queries.standing import standing
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.site.formats.paper import Paper
from headway.site.queries.headline import headline_now
from headway.site.queries.report import did, found
from headway.site.queries.stand import met_words, path_of
from headway.site.queries.told import Part, on_paper

OPEN_DATA: tuple[tuple[str, Message], ...] = (
    ("measures:export", gettext_lazy("Measures with every value")),
    ("problems:facts_csv", gettext_lazy("Facts with their sources")),
    ("solutions:solutions_csv", gettext_lazy("Ideas and recommendations")),
    ("arenas:decisions_csv", gettext_lazy("Decisions")),
    ("commitments:export", gettext_lazy("Promises")),
    ("pilots:export", gettext_lazy("Small tests and pilots")),
    ("pilots:lessons_export", gettext_lazy("Lessons")),
)


@dataclass(frozen=True)
class ReportPage:
    """The report: its parts in the order of the story."""

    title: str
    lead: str
    label: str
    made: str
    other_day: str
    other_day_href: str
    parts: tuple[Part, ...]
    pdf_href: str
    data: tuple[TextLink, ...]


def report_page(initiative: Initiative, reader: Reader, as_of: date | None = None) -> ReportPage:
    """What is told of an initiative to this reader, with what did not work.

    It counts and tells what happened. It says of nobody that they are late or waited on. It is
    today's; asked for another day it says so, and leads to how it stood then.
    """
    parts = (
        found.problem(initiative, reader),
        _path(initiative, reader),
        did.partners(initiative, reader),
        did.money(initiative, reader),
        did.decisions(initiative, reader),
        did.promises(initiative, reader),
        found.tried(initiative, reader),
        found.numbers(initiative, reader, headline_now(initiative, reader)),
        found.learned(initiative, reader),
        did.happened(initiative, reader),
    )
    stand = address(reader, "site:where_we_stand")
    return ReportPage(
        title=initiative.title,
        lead=initiative.summary,
        label=initiative.label,
        made=_("As of %s.") % date_format(reader.today, "DATE_FORMAT"),
        other_day=_other_day_words(as_of) if as_of else "",
        other_day_href=f"{stand}?as_of={as_of.isoformat()}" if as_of else "",
        parts=tuple(part for part in parts if not part.empty),
        pdf_href=address(reader, "site:report_pdf"),
        data=_open_data(reader),
    )


def _other_day_words(day: date) -> str:
    return _(
        "This report tells how it is today, not on %(day)s. Open how it stood on that day instead."
    ) % {"day": date_format(day, "DATE_FORMAT")}


def _path(initiative: Initiative, reader: Reader) -> Part:
    """The conditions that are met; of the others a report says nothing."""
    now = standing(initiative, reader, reader.today)
    met = tuple(mark for mark in path_of(now) if mark.state in {"met", "worse"})
    return Part("path", _("How far it came"), met_words(now) if met else "", path=met)


def _open_data(reader: Reader) -> tuple[TextLink, ...]:
    """The table files that the reader may save."""
    files = []
    for name, label in OPEN_DATA:
        href = address(reader, name)
        access = declared(resolve(href).func)
        if access is not None and reader.may(access.permission):
            files.append(TextLink(label, href))
    return tuple(files)


def report_paper(page: ReportPage, language: str, site: str) -> Paper:
    """The report on paper."""
    paper = Paper(
        title=page.title,
        kicker=_("Report"),
        lead=page.lead,
        label=page.label,
        language=language,
        footer=page.made,
    )
    return on_paper(page.parts, paper, site)
