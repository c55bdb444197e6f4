from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.directory.models.organisation import Sector
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader
from headway.partners import queries
from headway.partners.models import Partner, PartnerQuerySet

router = Router(tags=["partners"])


class Narrowed(Paging):
    """Which partners are asked for; empty asks for all."""

    q: str = ""
    sector: Sector | None = None
    state: Partner.State | None = None


@dataclass(frozen=True, slots=True)
class PartnerItem:
    """One partner: who it is, what it does here and where it stands."""

    id: str
    name: str
    sector: str
    kind: str
    role: str
    state: str
    happened_from: str
    happened_to: str
    date_as_said: str
    represents: str
    source: Source | None


def _partner(partner: Partner, reader: Reader) -> PartnerItem:
    record, organisation = partner.record, partner.organisation.canonical
    group = partner.represents.record if partner.represents else None
    return PartnerItem(
        id=str(partner.pk),
        name=organisation.name,
        sector=organisation.sector,
        kind=organisation.classification,
        role=partner.role_as_said,
        state=partner.state,
        happened_from=record.happened_from.isoformat() if record.happened_from else "",
        happened_to=record.happened_to.isoformat() if record.happened_to else "",
        date_as_said=record.date_as_said,
        represents=group.title if group and group.visibility in reader.readers else "",
        source=as_source(record),
    )


def _full(rows: PartnerQuerySet) -> PartnerQuerySet:
    return rows.select_related("record__source", "organisation__merged_into", "represents__record")


@router.get("/initiatives/{slug}/partners", response={200: Listed[PartnerItem], **REFUSALS})
@within_initiative("partners.view")
def partners(request: MemberRequest, narrowed: Annotated[Narrowed, Query()]) -> dict[str, Any]:
    """The partners by name, whole or by words, sector and state."""
    reader = request.reader
    asked = queries.Asked(narrowed.q[:200], narrowed.sector or "", narrowed.state or "")
    found = queries.partners_once_each(request.initiative, reader, asked)
    return listed(_full(found), narrowed, lambda partner: _partner(partner, reader))


@router.get("/initiatives/{slug}/partners/{record_id}", response={200: PartnerItem, **REFUSALS})
@within_initiative("partners.view")
def partner(request: MemberRequest, record_id: UUID) -> PartnerItem:
    """One partner."""
    found = _full(queries.visible_partners(request.initiative, request.reader))
    return _partner(get_object_or_404(found, pk=record_id), request.reader)
