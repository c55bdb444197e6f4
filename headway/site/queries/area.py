from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.tables import TablePage, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.queries.happenings import COLUMNS, happening_row, visible_happenings
from headway.initiatives.reader import Reader
from headway.site.navigation import AREAS

LEADS: dict[str, Message] = {
    "meetings": _("Meetings and public comment, in the order in which they happened."),
}


@dataclass(frozen=True)
class AreaContent:
    """What is recorded in one area so far."""

    title: Message
    lead: Message
    table: TablePage
    add_href: str


def area_content(
    key: str, initiative: Initiative, reader: Reader, params: QueryDict
) -> AreaContent:
    """What is recorded in one area so far, by date."""
    area = next(each for each in AREAS if each.key == key)
    found = visible_happenings(initiative, reader).of(*area.categories)
    may_add = reader.may("initiatives.record_happening")
    return AreaContent(
        title=area.label,
        lead=LEADS[key],
        table=table_page(found, COLUMNS, params, build=lambda each: happening_row(each, reader)),
        add_href=reverse("initiatives:add_happening", args=[reader.slug]) if may_add else "",
    )
