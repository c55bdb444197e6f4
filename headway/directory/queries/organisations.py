"""The list of organisations."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority
from headway.core.marks import Tab
from headway.core.tables import Column, SectorCell, TablePage, TextLink, table_page
from headway.directory.models import Organisation
from headway.directory.models.organisation import Sector
from headway.directory.queries.common import directory_tabs

UNSAID = "not_recorded"
COLUMNS = (
    Column("name", _("Organization"), sort="name"),
    Column("kind", _("Kind"), sort="classification"),
    Column("sector", _("Sector"), sort="sector"),
    Column("area", _("Area"), sort="area__name"),
    Column("parent", _("Part of"), sort="parent__name"),
)


@dataclass(frozen=True, slots=True)
class OrganisationFilter:
    """Which organisations are asked for; empty asks for all."""

    words: str = ""
    sector: str = ""
    kind: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationsPage:
    """The list with its filter and, for registrars, the ways to add."""

    tabs: tuple[Tab, ...]
    table: TablePage
    may_edit: bool
    may_import: bool
    exports: tuple[tuple[str, str], ...]


def organisations_asked_for(
    authority: Authority, wanted: OrganisationFilter
) -> QuerySet[Organisation]:
    """Organisations that stand for themselves and pass the filter."""
    rows = Organisation.objects.in_authority(authority).canonical()
    rows = rows.exclude(withdrawn_at=None) if wanted.withdrawn else rows.live()
    if wanted.words:
        rows = rows.matching(wanted.words)
    if wanted.sector:
        rows = rows.in_sector("" if wanted.sector == UNSAID else wanted.sector)
    if wanted.kind:
        rows = rows.filter(classification=wanted.kind)
    return rows


def organisations_page(
    authority: Authority,
    wanted: OrganisationFilter,
    params: QueryDict,
    *,
    may_edit: bool,
    may_import: bool,
) -> OrganisationsPage:
    """The list of organisations as the address asks for it."""
    rows = organisations_asked_for(authority, wanted).select_related("area", "parent")
    return OrganisationsPage(
        tabs=directory_tabs("organisations", may_import=may_import),
        table=table_page(rows, COLUMNS, params, build=_row),
        may_edit=may_edit,
        may_import=may_import,
        exports=(
            ("CSV", reverse("directory:organisations_csv")),
            ("Popolo JSON", reverse("directory:popolo_json")),
        ),
    )


def _row(organisation: Organisation) -> dict[str, object]:
    href = reverse("directory:organisation", args=[organisation.pk])
    return {
        "name": TextLink(organisation.name, href),
        "kind": Organisation.Kind(organisation.classification).label,
        "sector": sector_cell(organisation.sector),
        "area": organisation.area.name if organisation.area else "",
        "parent": organisation.parent.name if organisation.parent else "",
    }


def sector_label(sector: str) -> str:
    """A sector in words, or nothing where nobody said."""
    return str(Sector(sector).label) if sector else ""


def sector_cell(sector: str) -> SectorCell | None:
    """A sector as tables show it, or None where nobody said."""
    return SectorCell(sector, sector_label(sector)) if sector else None
