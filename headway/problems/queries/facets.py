from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.models import Facet, FacetHolder
from headway.problems.queries.parts import beside, steps_for

Kind = FacetHolder.Kind


@dataclass(frozen=True)
class HolderLine:
    """An organisation that brings something to a part of the problem."""

    organisation: str
    sector: str
    kind: Message
    note: str
    release_href: str


@dataclass(frozen=True)
class FacetPage:
    """One part of the problem and who can speak to it."""

    detail: DetailPage
    holders: tuple[HolderLine, ...]
    gap: str
    hold_href: str


@dataclass(frozen=True)
class FacetsPage:
    """Parts of the problem by what organisations bring to them."""

    title: str
    lead: str
    table: TablePage
    add_href: str
    export_href: str
    home_href: str


COLUMNS = (
    Column("name", gettext_lazy("Part of the problem"), sort="record__title"),
    Column("knowledge", gettext_lazy("Knowledge")),
    Column("authority", gettext_lazy("Authority")),
    Column("resources", gettext_lazy("Resources")),
    Column("lived_experience", gettext_lazy("Lived experience")),
    Column("gap", gettext_lazy("Covered")),
)


def visible_facets(initiative: Initiative, reader: Reader) -> QuerySet[Facet]:
    """The parts of the problem with their holders."""
    holders = FacetHolder.objects.live().select_related("organisation__merged_into")
    found = Facet.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return (
        found.select_related("record")
        .prefetch_related(Prefetch("holders", queryset=holders.order_by("organisation__name")))
        .oldest_first()
    )


def gap_words(facet: Facet) -> str:
    """What is missing: two independent organisations from two sectors cover a part."""
    counted = [holder.organisation.canonical for holder in facet.holders.all()]
    names = {organisation.pk: organisation.name for organisation in counted}
    if not names:
        return _("Nobody yet")
    if len(names) == 1:
        return _("Depends on one")
    if len({organisation.sector for organisation in counted}) == 1:
        return _("One sector only")
    return ""


def _row(facet: Facet, reader: Reader) -> dict[str, object]:
    named: dict[str, list[str]] = defaultdict(list)
    for holder in facet.holders.all():
        named[holder.kind].append(holder.organisation.canonical.name)
    gap = gap_words(facet)
    return {
        "name": TextLink(facet.name, address(reader, "problems:facet", facet.pk)),
        "gap": Mark("waiting_on", gap) if gap else Mark("met", _("Covered")),
        **{kind: ", ".join(dict.fromkeys(named[kind])) for kind in Kind.values},
    }


def facets_page(initiative: Initiative, reader: Reader, params: QueryDict) -> FacetsPage:
    """Who can speak to which part of the problem, and where somebody is missing."""
    found = visible_facets(initiative, reader)
    return FacetsPage(
        title=_("Parts of the problem"),
        lead=_(
            "Who knows about each part, who may decide on it, who has means, who has lived it."
            " A part is covered when two organizations of two sectors stand behind it."
        ),
        table=table_page(found, COLUMNS, params, build=lambda facet: _row(facet, reader)),
        add_href=if_may(reader, "problems.write", "problems:add_facet"),
        export_href=address(reader, "problems:facets_csv"),
        home_href=address(reader, "problems:home"),
    )


FACET_HEADING = ("part", "organization", "sector", "brings", "note")


def facet_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every part with every holder as rows of a table file; a part without any has one row."""
    for facet in visible_facets(initiative, reader).iterator(chunk_size=500):
        holders = list(facet.holders.all())
        for holder in holders:
            organisation = holder.organisation.canonical
            yield facet.name, organisation.name, organisation.sector, holder.kind, holder.note
        if not holders:
            yield facet.name, "", "", "", ""


def facet_page(facet: Facet, reader: Reader) -> FacetPage:
    """One part of the problem; `facet` comes from `visible_facets`."""
    may = reader.may("problems.write") and not facet.record.withdrawn
    return FacetPage(
        detail=DetailPage(
            title=facet.name,
            kicker=_("Parts of the problem"),
            kicker_href=address(reader, "problems:facets"),
            passages=(Passage(_("What belongs to it"), facet.description),),
            steps=steps_for(facet.record, reader, "problems:edit_facet"),
            **beside(facet.record, reader),
        ),
        holders=tuple(
            HolderLine(
                organisation=holder.organisation.canonical.name,
                sector=holder.organisation.canonical.sector,
                kind=holder.get_kind_display(),
                note=holder.note,
                release_href=address(reader, "problems:release_facet", holder.pk) if may else "",
            )
            for holder in facet.holders.all()
        ),
        gap=gap_words(facet),
        hold_href=address(reader, "problems:hold_facet", facet.pk) if may else "",
    )
