from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority
from headway.accounts.queries.settings import settings_tabs
from headway.arenas.models import ElectionWindow
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, TextLink, table_page

COLUMNS = (
    Column("name", gettext_lazy("Election"), sort="name"),
    Column("starts", gettext_lazy("First day"), sort="starts_on"),
    Column("ends", gettext_lazy("Last day"), sort="ends_on"),
    Column("step", gettext_lazy("Next step")),
)


@dataclass(frozen=True)
class WindowsPage:
    """When public employees make no requests."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage


def windows_page(authority: Authority, may: frozenset[str], params: QueryDict) -> WindowsPage:
    """The election windows of an authority."""
    found = ElectionWindow.objects.in_authority(authority).filter(withdrawn_at__isnull=True)
    return WindowsPage(
        title=_("Election windows"),
        lead=_(
            "In these days nobody can note that a public employee asks a decision body for"
            " something. Whoever only informs is not held up."
        ),
        tabs=settings_tabs(may, "arenas:windows"),
        table=table_page(found, COLUMNS, params, build=_row),
    )


def _row(window: ElectionWindow) -> dict[str, object]:
    return {
        "name": window.name,
        "starts": window.starts_on,
        "ends": window.ends_on,
        "step": TextLink(
            _("Take back: %s") % window.name, reverse("arenas:withdraw_window", args=[window.pk])
        ),
    }
