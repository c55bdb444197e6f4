from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Concatenate
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.access import P
from headway.accounts.api import REFUSALS, ApiRequest, Listed, Paging, listed, within_scope
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest, enter_by_token
from headway.initiatives.models import Happening, Initiative
from headway.initiatives.queries.happenings import visible_happenings
from headway.initiatives.queries.members import taking_part
from headway.initiatives.queries.panel import as_source

router = Router(tags=["initiatives"])
Operation = Callable[Concatenate[MemberRequest, P], Any]


def within_initiative(permission: str) -> Callable[[Operation[P]], Callable[..., Any]]:
    """Open an operation under /initiatives/{slug}/ to tokens whose person may do it there.

    The slug of the address is read here; the operation finds the initiative on its request.
    """

    def decorate(operation: Operation[P]) -> Callable[..., Any]:
        @wraps(operation)
        def guarded(request: ApiRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> Any:
            return operation(enter_by_token(request, slug, permission), *args, **kwargs)

        vars(guarded)["__signature__"] = _with_slug(operation)
        return within_scope(permission)(guarded)

    return decorate


def _with_slug(operation: Callable[..., Any]) -> Signature:
    """What the router reads of an operation: its own parameters and the slug of its address."""
    own = signature(operation)
    request, *others = own.parameters.values()
    slug = Parameter("slug", Parameter.POSITIONAL_OR_KEYWORD, annotation=str)
    return own.replace(parameters=[request, slug, *others])


@dataclass(frozen=True, slots=True)
class InitiativeItem:
    """An initiative in a list."""

    slug: str
    title: str
    summary: str
    owner: str
    visibility: str
    zone: str


@dataclass(frozen=True, slots=True)
class HappeningItem:
    """One thing that happened, in a list."""

    id: str
    title: str
    text: str
    category: str
    happened_from: str
    happened_to: str
    date_as_said: str
    organisations: list[str]
    source: Source | None


def _item(initiative: Initiative) -> InitiativeItem:
    return InitiativeItem(
        slug=initiative.slug,
        title=initiative.title,
        summary=initiative.summary,
        owner=initiative.owner.name,
        visibility=initiative.visibility,
        zone=initiative.zone,
    )


def _happening(happening: Happening) -> HappeningItem:
    record = happening.record
    return HappeningItem(
        id=str(happening.pk),
        title=record.title,
        text=happening.text,
        category=happening.category,
        happened_from=record.happened_from.isoformat() if record.happened_from else "",
        happened_to=record.happened_to.isoformat() if record.happened_to else "",
        date_as_said=record.date_as_said,
        organisations=[part.organisation.name for part in happening.organisations.all()],
        source=as_source(record),
    )


@router.get("/initiatives", response={200: Listed[InitiativeItem], **REFUSALS})
@within_scope("initiatives.view")
def initiatives(request: ApiRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The initiatives that are public or that this token's person takes part in."""
    known = Initiative.objects.in_authority(request.authority).select_related("owner")
    mine = taking_part(request.user, request.authority.today(request.now))
    return listed(known.public() | known.filter(pk__in=mine), paging, _item)


@router.get("/initiatives/{slug}", response={200: InitiativeItem, **REFUSALS})
@within_initiative("initiatives.view")
def initiative(request: MemberRequest) -> InitiativeItem:
    """One initiative."""
    return _item(request.initiative)


@router.get("/initiatives/{slug}/happenings", response={200: Listed[HappeningItem], **REFUSALS})
@within_initiative("initiatives.view")
def happenings(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """What happened, by date."""
    return listed(visible_happenings(request.initiative, request.reader), paging, _happening)


@router.get("/initiatives/{slug}/happenings/{record_id}", response={200: HappeningItem, **REFUSALS})
@within_initiative("initiatives.view")
def happening(request: MemberRequest, record_id: UUID) -> HappeningItem:
    """One thing that happened."""
    found = visible_happenings(request.initiative, request.reader)
    return _happening(get_object_or_404(found, pk=record_id))
