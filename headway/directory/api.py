from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import Field

from headway.accounts.api import REFUSALS, ApiRequest, Listed, Paging, listed, within_scope
from headway.directory.models import Organisation, Person
from headway.directory.queries.organisation import OrganisationDetail, organisation_detail
from headway.directory.queries.organisations import (
    OrganisationFilter,
    organisations_asked_for,
    sector_label,
)
from headway.directory.queries.people import PersonFacts, person_facts

router = Router(tags=["directory"])


class Wanted(Paging):
    """Which organisations are asked for; empty asks for all."""

    q: Annotated[str, Field(max_length=200)] = ""
    sector: Annotated[str, Field(max_length=30)] = ""
    kind: Annotated[str, Field(max_length=30)] = ""


@dataclass(frozen=True, slots=True)
class OrganisationItem:
    """An organisation in a list."""

    id: str
    name: str
    kind: str
    sector: str
    sector_label: str
    area: str
    parent: str
    website: str


def _item(row: Organisation) -> OrganisationItem:
    return OrganisationItem(
        id=str(row.pk),
        name=row.name,
        kind=row.classification,
        sector=row.sector,
        sector_label=sector_label(row.sector),
        area=row.area.name if row.area else "",
        parent=row.parent.name if row.parent else "",
        website=row.website,
    )


@router.get("/organisations", response={200: Listed[OrganisationItem], **REFUSALS})
@within_scope("directory.view")
def organisations(request: ApiRequest, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    """Organisations that stand for themselves, by name."""
    asked = OrganisationFilter(wanted.q, wanted.sector, wanted.kind)
    rows = organisations_asked_for(request.authority, asked)
    rows = rows.select_related("area", "parent").order_by("name", "pk")
    return listed(rows, wanted, _item)


@router.get("/organisations/{organisation_id}", response={200: OrganisationDetail, **REFUSALS})
@within_scope("directory.view")
def organisation(request: ApiRequest, organisation_id: UUID) -> OrganisationDetail:
    """One organisation with its people, seats and parts; a merged one says what it counts as."""
    rows = Organisation.objects.in_authority(request.authority)
    row = get_object_or_404(
        rows.select_related("area", "parent__merged_into", "merged_into"), pk=organisation_id
    )
    return organisation_detail(row, request.authority.today(request.now))


@router.get("/people/{person_id}", response={200: PersonFacts, **REFUSALS})
@within_scope("directory.view")
def person(request: ApiRequest, person_id: UUID) -> PersonFacts:
    """One person with their roles; the e-mail address only for those who may see it."""
    rows = Person.objects.in_authority(request.authority).select_related("merged_into")
    return person_facts(
        get_object_or_404(rows, pk=person_id),
        may_see_email=request.may("directory.view_emails")
        and "directory.view_emails" in request.auth.scopes,
        today=request.authority.today(request.now),
    )
