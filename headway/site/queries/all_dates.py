"""Every date that matters as a table, for what the first page of an initiative has no room."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.site.queries.dates import AHEAD, Dated, every_date

COLUMNS = (
    Column("day", gettext_lazy("Day"), sort="day"),
    Column("what", gettext_lazy("What it is"), sort="what"),
    Column("record", gettext_lazy("Record"), sort="title"),
    Column("state", gettext_lazy("State")),
)


@dataclass(frozen=True)
class DatesPage:
    """The dates, what is past its day first."""

    title: str
    lead: str
    table: TablePage
    home_href: str


def dates_page(initiative: Initiative, reader: Reader, params: QueryDict) -> DatesPage:
    """All that is past its day, and all of the next weeks, as far as the reader may see it."""
    return DatesPage(
        title=_("Dates that matter"),
        lead=_("What is past its day, and what comes in the next %d days.") % AHEAD.days,
        table=table_page(every_date(initiative, reader), COLUMNS, params, build=_row),
        home_href=address(reader, "site:where_we_stand"),
    )


def _row(line: Dated) -> dict[str, object]:
    return {
        "day": line.words,
        "what": line.what,
        "record": TextLink(line.title, line.href),
        "state": _state(line),
    }


def _state(line: Dated) -> Mark | str:
    """Late comes first: an unconfirmed promise past its day is late as well."""
    if line.late:
        said = _("Late, not confirmed yet") if line.unconfirmed else _("Late")
        return Mark("late", said)
    return Mark("waiting_on", _("Not confirmed yet")) if line.unconfirmed else ""
