"""The list of areas, and one area with what lies in it."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority
from headway.core.marks import Tab, Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.models import Area, Organisation
from headway.directory.queries.common import Step, directory_tabs, organisation_ref
from headway.directory.queries.history import HistoryLine, HistoryReader, history_of

COLUMNS = (
    Column("name", gettext_lazy("Area"), sort="name"),
    Column("kind", gettext_lazy("Kind"), sort="classification"),
    Column("parent", gettext_lazy("Inside"), sort="parent__name"),
    Column("identifier", gettext_lazy("Identifier"), sort="identifier"),
)
INSIDE_COLUMNS = COLUMNS[:2]
ORGANISATION_COLUMNS = (Column("name", gettext_lazy("Organization"), sort="name"),)


@dataclass(frozen=True, slots=True)
class AreasPage:
    """The list of areas."""

    tabs: tuple[Tab, ...]
    table: TablePage
    may_edit: bool


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One area with what lies in it."""

    name: str
    notice: str
    terms: tuple[Term, ...]
    inside: TablePage
    organisations: TablePage
    history: tuple[HistoryLine, ...]
    shows_values: bool
    steps: tuple[Step, ...]


def areas_page(authority: Authority, words: str, params: QueryDict, *, may_edit: bool) -> AreasPage:
    """The list of areas as the address asks for it."""
    rows = Area.objects.in_authority(authority).live().select_related("parent")
    rows = rows.matching(words) if words else rows
    return AreasPage(
        tabs=directory_tabs("areas", may_import=may_edit),
        table=table_page(rows, COLUMNS, params, build=_cells),
        may_edit=may_edit,
    )


def _cells(area: Area) -> dict[str, object]:
    return {
        "name": TextLink(area.name, reverse("directory:area", args=[area.pk])),
        "kind": Area.Kind(area.classification).label,
        "parent": area.parent.name if area.parent else "–",
        "identifier": area.identifier,
    }


def area_page(area: Area, params: QueryDict, history: HistoryReader, *, may_edit: bool) -> AreaPage:
    """The page of one area."""
    homes = Organisation.objects.live().canonical().filter(area=area)
    inner = Area.objects.live().filter(parent=area).select_related("parent")
    return AreaPage(
        name=area.name,
        notice="" if area.live else _("Withdrawn: %(why)s") % {"why": area.withdrawn_because},
        terms=_terms(area),
        inside=table_page(inner, INSIDE_COLUMNS, params, build=_cells, name="inside"),
        organisations=table_page(
            homes, ORGANISATION_COLUMNS, params, build=_organisation, name="organizations"
        ),
        history=history_of(area.authority, [area.pk], history),
        shows_values=history.values,
        steps=_steps(area) if may_edit and area.live else (),
    )


def _organisation(row: Organisation) -> dict[str, object]:
    ref = organisation_ref(row)
    return {"name": TextLink(ref.name, ref.href)}


def _terms(area: Area) -> tuple[Term, ...]:
    parent = area.parent
    href = reverse("directory:area", args=[parent.pk]) if parent else ""
    return (
        Term(_("Kind"), str(Area.Kind(area.classification).label)),
        Term(_("Inside"), parent.name if parent else "", href),
        Term(_("Identifier"), area.identifier),
        Term(_("Also called"), ", ".join(area.all_other_names)),
    )


def _steps(area: Area) -> tuple[Step, ...]:
    return (
        Step(_("Edit"), reverse("directory:edit_area", args=[area.pk])),
        Step(_("Withdraw"), reverse("directory:withdraw_area", args=[area.pk])),
    )
