"""The gate of every page under /i/<slug>/: finds the initiative and what one may do in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial, update_wrapper
from typing import Concatenate, Protocol, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from headway.accounts.access import (
    TAKING_PART,
    Access,
    AuthorityRequest,
    Cell,
    P,
    View,
    authority_cells,
    authority_of,
    cells_of,
    counted_cells,
    declare,
    needs_second_factor,
    opens,
    permission_table,
    prepare,
    send_to_second_factor,
)
from headway.accounts.actor import Actor
from headway.accounts.kept import send_to_sign_in
from headway.accounts.models import Authority, AuthorityRole, User
from headway.accounts.models.authority import Visibility
from headway.core.context import NavigationItem
from headway.core.prepared import Prepared
from headway.core.slots import NAVIGATION, InitiativePlace, NavigationPlace, Visit
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Mandate, Member, RoleGrant
from headway.initiatives.reader import Reader

VISITOR: Cell = "visitor@public"
OWN_ORGANISATION: Cell = "partner@own_organisation"


class MemberRequest(AuthorityRequest):
    """A request that has passed the gate of an initiative."""

    initiative: Initiative
    membership: Member | None
    today: date
    reader: Reader
    navigation: Sequence[NavigationItem] | SimpleLazyObject[tuple[NavigationItem, ...]]

    # Whether the person acts for an organisation in a matter, or runs the initiative.
    speaks_for: "SpeaksFor"


class SpeaksFor(Protocol):
    """Answers for an organisation and a scope of a mandate."""

    def __call__(self, organisation: Organisation, scope: str = Mandate.Scope.EVERYTHING) -> bool:
        """Whether it is so."""


def _speaks_for(
    request: MemberRequest, organisation: Organisation, scope: str = Mandate.Scope.EVERYTHING
) -> bool:
    if "convener@initiative" in request.cells:
        return True
    member = request.membership
    return member is not None and organisation.pk in {
        member.organisation_id,
        *Mandate.objects.filter(member=member)
        .covering(scope)
        .holding(request.today)
        .values_list("organisation", flat=True),
    }


def _worth(member: Member, roles: Iterable[str]) -> frozenset[Cell]:
    cells = {f"{role}@initiative" for role in roles}
    if "partner@initiative" in cells and member.organisation_id is not None:
        cells.add(OWN_ORGANISATION)
    return frozenset(cells)


def readers_of(cells: frozenset[Cell]) -> frozenset[str]:
    """Which visibilities somebody with these cells may read."""
    if "records_officer@authority" in cells:
        return frozenset(Visibility.values)
    if any(cell.endswith("@initiative") for cell in cells):
        return frozenset({Visibility.PUBLIC, Visibility.MEMBERS})
    return frozenset({Visibility.PUBLIC})


@Prepared
def _memberships(initiative_id: UUID, user_id: UUID) -> QuerySet[Member]:
    members = Member.objects.filter(initiative=initiative_id).select_related("organisation")
    return members.filter(user=user_id, left_at__isnull=True)[:1]


def membership_of(user: object, initiative: Initiative) -> Member | None:
    """The standing membership of a signed-in person, or None."""
    if not isinstance(user, User):
        return None
    return next(iter(_memberships(initiative.pk, user.pk)), None)


@Prepared
def _grants(initiative_id: UUID, user_id: UUID, today: date) -> QuerySet[RoleGrant]:
    grants = RoleGrant.objects.filter(
        member__initiative=initiative_id, member__user=user_id, member__left_at__isnull=True
    )
    return grants.holding(today).select_related("member__organisation")


def standing_of(
    user: object, initiative: Initiative, today: date
) -> tuple[Member | None, frozenset[Cell]]:
    """Somebody's membership and what its roles are worth today, in one query as a rule."""
    if not isinstance(user, User):
        return None, frozenset()
    held = _grants(initiative.pk, user.pk, today)
    if held:
        return held[0].member, _worth(held[0].member, [grant.role for grant in held])
    return membership_of(user, initiative), frozenset()


def takes_part(visit: Visit) -> bool:
    """Whether somebody is a member of any initiative of an authority."""
    members = Member.objects.filter(user=visit.user_id, left_at__isnull=True)
    return members.filter(initiative__authority=visit.authority_id).exists()


def find_initiative(authority: Authority, slug: str) -> Initiative | None:
    """An initiative of this authority by its address, or None."""
    return next(iter(_by_address(authority.pk, slug)), None)


def _addressed(authority_id: UUID, slug: str) -> QuerySet[Initiative]:
    found = Initiative.objects.filter(authority=authority_id, slug=slug)
    return found.select_related("owner", "stream", "area")[:1]


_by_address = Prepared(_addressed)
HOLDS = {role: f"holds_{role}" for role in AuthorityRole.Role.values}


@Prepared
def _by_address_and_roles(
    authority_id: UUID, slug: str, user_id: UUID, today: date
) -> QuerySet[Initiative]:
    held = AuthorityRole.objects.filter(authority=authority_id, user=user_id).holding(today)
    asked = {name: Exists(held.filter(role=role)) for role, name in HOLDS.items()}
    return _addressed(authority_id, slug).annotate(**asked)


def find_for(request: HttpRequest, slug: str) -> tuple[Initiative | None, frozenset[Cell]]:
    """An initiative by its address, and what whoever asks may do in its authority. One query."""
    authority, user = authority_of(request), request.user
    if not isinstance(user, User):
        return find_initiative(authority, slug), frozenset()
    today = authority.today(timezone.now())
    found = next(iter(_by_address_and_roles(authority.pk, slug, user.pk, today)), None)
    if found is None:
        return None, authority_cells(request, authority)
    return found, cells_of(role for role, name in HOLDS.items() if getattr(found, name))


def enter(
    request: HttpRequest, initiative: Initiative | None, cells: frozenset[Cell]
) -> MemberRequest:
    """Put on the request everything an initiative's views read.

    Args:
        request: what came, whose authority and user are known.
        initiative: where it leads, None where there is no such place.
        cells: what whoever asks may do in the authority.

    """
    entered = cast("MemberRequest", request)  # dressed here, once
    prepare(request, cells)
    if initiative is None:
        return entered
    initiative.authority = authority_of(request)  # found by it, so that nobody asks for it again
    entered.initiative, entered.today = initiative, initiative.today(entered.now)
    member, roles = standing_of(request.user, initiative, entered.today)
    visitor = frozenset({VISITOR}) if initiative.is_public else frozenset()
    taking_part = frozenset({TAKING_PART}) if member else frozenset()
    prepare(request, cells | roles | visitor | taking_part)
    entered.membership = member
    _dress(entered, member)
    return entered


def _dress(entered: MemberRequest, member: Member | None) -> None:
    """Put the reader, the actor and the navigation on a request whose cells are known."""
    cells = counted_cells(entered)
    entered.reader = Reader(
        slug=entered.initiative.slug,
        today=entered.today,
        cells=cells,
        readers=readers_of(cells),
        member_id=member.pk if member else None,
        organisation_id=member.organisation_id if member else None,
    )
    entered.actor = Actor(
        kind="member" if member else "user",
        at=entered.now,
        user=entered.user if isinstance(entered.user, User) else None,
        member_id=member.pk if member else None,
    )
    # Only pages show it, so that programs and files do not pay for it.
    entered.navigation = SimpleLazyObject(lambda: navigation_for(entered))
    entered.speaks_for = partial(_speaks_for, entered)


def place_of(request: MemberRequest) -> InitiativePlace:
    """The initiative as this reader may see it, for the slots that later stages fill."""
    return InitiativePlace(
        initiative_id=request.initiative.pk,
        slug=request.initiative.slug,
        today=request.today,
        visibilities=request.reader.readers,
        member_id=request.reader.member_id,
    )


def navigation_for(request: MemberRequest) -> tuple[NavigationItem, ...]:
    """What stands at the left of every page of the initiative."""
    return NAVIGATION.ask(NavigationPlace(place_of(request), request.path, request.may))


def enter_by_token(request: HttpRequest, slug: str, permission: str) -> MemberRequest:
    """The same gate for a program: what its person may do in the initiative, and no more.

    Raises:
        Http404: where the person takes no part in such an initiative.
        PermissionDenied: where the person's roles do not open this.

    """
    credential = cast("AuthorityRequest", request).actor.credential
    initiative, cells = find_for(request, slug)
    entered = enter(request, initiative, cells)
    if initiative is None:
        raise Http404
    entered.actor = replace(entered.actor, kind="api", credential=credential)
    if permission_table()[permission] & entered.cells:
        return entered
    if entered.membership is not None:
        raise PermissionDenied
    raise Http404


More = Callable[[MemberRequest, Mapping[str, object]], frozenset[Cell]]


def no_more(_request: MemberRequest, _at: Mapping[str, object]) -> frozenset[Cell]:
    """What a place inside an initiative adds to one's cells, where it adds nothing."""
    return frozenset()


def _widen(entered: MemberRequest, more: frozenset[Cell]) -> None:
    """Let what somebody may do at one place count for this request, and for no other."""
    if more:
        prepare(entered, entered.cells | more)
        _dress(entered, entered.membership)


def _refusal(
    request: HttpRequest,
    permission: str,
    slug: str,
    at: Mapping[str, object] | None = None,
    more: More = no_more,
) -> HttpResponseBase | None:
    initiative, cells = find_for(request, slug)
    entered = enter(request, initiative, cells)
    if initiative is not None:
        _widen(entered, more(entered, at or {}))
    if initiative is not None and opens(entered, permission):
        needed = needs_second_factor(entered, permission)
        return send_to_second_factor(request) if needed else None
    if not request.user.is_authenticated:
        return send_to_sign_in(request)
    if initiative is not None and entered.membership is not None:
        raise PermissionDenied
    raise Http404


def requires(
    permission: str, more: More = no_more
) -> Callable[[View[MemberRequest, P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Open a view under /i/<slug>/ only to those who hold a permission there.

    A stranger is answered 404, a member without the role 403, and an anonymous visitor is sent
    to sign in alike for every address, whether there is such an initiative or not.

    Args:
        permission: the row of the permission table.
        more: what the place that the address names adds, like a group that somebody moderates.

    """

    def decorate(
        view: View[MemberRequest, P],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            slug = str(kwargs.pop("slug"))
            refused = _refusal(request, permission, slug, kwargs, more)
            return refused or view(cast("MemberRequest", request), *args, **kwargs)

        update_wrapper(guarded, view)
        declare(guarded, Access(permission=permission))
        return guarded

    return decorate
