"""Every view says who may open it: `@requires("app.permission")` or `@public("why")`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial, wraps
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Concatenate, ParamSpec, TypeVar, cast

from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.kept import send_to_sign_in
from headway.accounts.models import Authority, AuthorityRole, User
from headway.accounts.models.authority import AuthorityRoleQuerySet
from headway.core.slots import TAKES_PART, Visit

Cell = str
P = ParamSpec("P")
RequestT = TypeVar("RequestT", bound=HttpRequest)
View = Callable[Concatenate[RequestT, P], HttpResponseBase]

ANYONE_SIGNED_IN: Cell = "user@self"
ADMINISTRATOR: Cell = "administrator@authority"
TAKING_PART: Cell = "member@authority"


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares: a permission, or why it is public."""

    permission: str = ""
    public_because: str = ""


class AuthorityRequest(HttpRequest):
    """A request that has passed the gate of an authority page."""

    authority: Authority
    now: datetime
    actor: Actor
    cells: frozenset[Cell]
    may: Callable[[str], bool]
    second_factor: bool
    user: User


def _tables() -> Iterator[ModuleType]:
    """The `permissions.py` of every app that has one."""
    for app in apps.get_app_configs():
        place = f"{app.name}.permissions"
        if app.name.startswith("headway.") and find_spec(place):
            yield import_module(place)


@cache
def permission_table() -> dict[str, frozenset[Cell]]:
    """Every permission of every app, read from their `permissions.py`."""
    table: dict[str, frozenset[Cell]] = {}
    for module in _tables():
        table |= module.PERMISSIONS
    return table


@cache
def permission_labels() -> dict[str, str]:
    """What people call the permissions; an app says so in its `permissions.py` as LABELS."""
    labels: dict[str, str] = {}
    for module in _tables():
        labels |= getattr(module, "LABELS", {})
    return labels


def permission_words(permission: str) -> str:
    """A permission as people say it; one without a label in the words of its name."""
    area, _dot, verb = permission.partition(".")
    return str(
        permission_labels().get(permission, f"{verb} ({area})".replace("_", " ").capitalize())
    )


@cache
def grave_permissions() -> frozenset[str]:
    """What an administrator needs a second factor for although the administrator's cell is not it.

    An app names them in its `permissions.py` as SECOND_FACTOR.
    """
    nothing: frozenset[str] = frozenset()
    return nothing.union(*(getattr(module, "SECOND_FACTOR", nothing) for module in _tables()))


def declare(view: Callable[..., object], access: Access) -> None:
    """Attach to a view what it declares, for the gate and for the tests."""
    vars(view)["access"] = access


def declared(view: Callable[..., object]) -> Access | None:
    """What a view declares, or None where nobody thought of it."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def authority_cells(request: HttpRequest, authority: Authority) -> frozenset[Cell]:
    """The authority-wide roles of whoever asks, as cells."""
    if not isinstance(request.user, User):
        return frozenset()
    return cells_of(roles_held(request.user, authority).values_list("role", flat=True))


def roles_held(user: User, authority: Authority) -> AuthorityRoleQuerySet:
    """The roles that a person holds in an authority today."""
    today = authority.today(timezone.now())
    return AuthorityRole.objects.in_authority(authority).filter(user=user).holding(today)


def cells_of(roles: Iterable[str]) -> frozenset[Cell]:
    """What somebody signed in may do in an authority with these roles there."""
    return frozenset({ANYONE_SIGNED_IN, *(f"{role}@authority" for role in roles)})


def needs_second_factor(request: AuthorityRequest, permission: str) -> bool:
    """Whether an administrator must set up a second factor before going on.

    Another role that opens the same page does not replace it: whoever took over the account would
    hold the administrator's role as well.
    """
    demanded = ADMINISTRATOR in permission_table()[permission] or permission in grave_permissions()
    return demanded and _lacks_second_factor(request)


def _lacks_second_factor(request: AuthorityRequest) -> bool:
    """Whether an administrator asks who has to set up a second factor and has none; asked once."""
    if not settings.ENFORCE_SECOND_FACTOR or ADMINISTRATOR not in request.cells:
        return False
    if not hasattr(request, "second_factor"):
        request.second_factor = is_mfa_enabled(request.user)
    return not request.second_factor


def opens(request: AuthorityRequest, permission: str) -> bool:
    """Whether a role of whoever asks is in the row, whatever else they have to set up first."""
    return bool(permission_table()[permission] & request.cells)


def counted_cells(request: AuthorityRequest) -> frozenset[Cell]:
    """What counts inside a page: an administrator's cell only once a second factor is set up."""
    return request.cells - {ADMINISTRATOR} if _lacks_second_factor(request) else request.cells


def send_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Explain and lead to where a second factor is set up."""
    messages.warning(
        request,
        _("Set up a second factor first, like an authenticator app. The page opens after that."),
    )
    return redirect("mfa_index")


def _may(request: AuthorityRequest, permission: str) -> bool:
    """Whether a page may show or do something for whoever asks."""
    return opens(request, permission) and not needs_second_factor(request, permission)


def prepare(request: HttpRequest, cells: frozenset[Cell]) -> AuthorityRequest:
    """Put on the request what views read: now, cells, may and the actor."""
    prepared = cast("AuthorityRequest", request)
    prepared.now, prepared.cells = timezone.now(), cells
    prepared.may = partial(_may, prepared)
    user = request.user if isinstance(request.user, User) else None
    prepared.actor = Actor(kind="user", at=prepared.now, user=user)
    return prepared


def authority_of(request: HttpRequest) -> Authority:
    """The authority that the middleware found for a request."""
    return cast("AuthorityRequest", request).authority


def _taking_part(request: HttpRequest, authority: Authority) -> frozenset[Cell]:
    """The cell of whoever is a member of any initiative of the authority."""
    if not isinstance(request.user, User):
        return frozenset()
    found = TAKES_PART.ask(Visit(authority.pk, request.user.pk))
    return frozenset({TAKING_PART}) if found else frozenset()


def enter_authority(request: HttpRequest) -> AuthorityRequest:
    """Put on the request everything that views of the authority read."""
    authority = authority_of(request)
    cells = authority_cells(request, authority) | _taking_part(request, authority)
    return prepare(request, cells)


def _refusal(request: AuthorityRequest, permission: str) -> HttpResponseBase | None:
    if not request.cells:
        return send_to_sign_in(request)
    if not opens(request, permission):
        raise PermissionDenied
    return send_to_second_factor(request) if needs_second_factor(request, permission) else None


def requires(
    permission: str,
) -> Callable[[View[AuthorityRequest, P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Open a view of the authority only to those who hold a permission."""

    def decorate(
        view: View[AuthorityRequest, P],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            entered = enter_authority(request)
            return _refusal(entered, permission) or view(entered, *args, **kwargs)

        declare(guarded, Access(permission=permission))
        return guarded

    return decorate


def public(
    why: str,
) -> Callable[[View[AuthorityRequest, P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Open a view to everybody, and say why."""

    def decorate(
        view: View[AuthorityRequest, P],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def open_view(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            return view(enter_authority(request), *args, **kwargs)

        declare(open_view, Access(public_because=why))
        return open_view

    return decorate
