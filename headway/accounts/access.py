"""Every view says who may open it: `@requires("app.permission")` or `@public("why")`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Concatenate, ParamSpec, TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority, AuthorityRole, User

Cell = str
P = ParamSpec("P")
RequestT = TypeVar("RequestT", bound=HttpRequest)
View = Callable[Concatenate[RequestT, P], HttpResponseBase]

ANYONE_SIGNED_IN: Cell = "user@self"
ADMINISTRATOR: Cell = "administrator@authority"


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
    user: User

    def may(self, permission: str) -> bool:
        """Whether the person holds a permission here."""
        return bool(permission_table()[permission] & self.cells)


@cache
def permission_table() -> dict[str, frozenset[Cell]]:
    """Every permission of every app, read from their `permissions.py`."""
    table: dict[str, frozenset[Cell]] = {}
    for app in apps.get_app_configs():
        place = f"{app.name}.permissions"
        if app.name.startswith("headway.") and find_spec(place):
            table |= import_module(place).PERMISSIONS
    return table


def declare(view: Callable[..., object], access: Access) -> None:
    """Attach to a view what it declares, for the gate and for the tests."""
    view.access = access  # type: ignore[attr-defined]  # a function carries it openly


def declared(view: Callable[..., object]) -> Access | None:
    """What a view declares, or None where nobody thought of it."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def authority_cells(request: HttpRequest, authority: Authority) -> frozenset[Cell]:
    """The authority-wide roles of whoever asks, as cells."""
    if not isinstance(request.user, User):
        return frozenset()
    today = authority.today(timezone.now())
    roles = AuthorityRole.objects.in_authority(authority).filter(user=request.user).holding(today)
    held = roles.values_list("role", flat=True)
    return frozenset({ANYONE_SIGNED_IN, *(f"{role}@authority" for role in held)})


def needs_second_factor(request: HttpRequest, granted: frozenset[Cell]) -> bool:
    """Whether an administrator must set up a second factor before going on."""
    return (
        bool(settings.ENFORCE_SECOND_FACTOR)
        and granted == {ADMINISTRATOR}
        and isinstance(request.user, User)
        and not is_mfa_enabled(request.user)
    )


def send_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Explain and lead to where a second factor is set up."""
    messages.warning(
        request,
        _("Set up a second factor first, like an authenticator app. Settings open after that."),
    )
    return redirect("mfa_index")


def prepare(request: HttpRequest, cells: frozenset[Cell]) -> None:
    """Put on the request what views read: now, cells, may and the actor."""
    request.now = timezone.now()  # type: ignore[attr-defined]
    request.cells = cells  # type: ignore[attr-defined]
    request.may = lambda permission: bool(permission_table()[permission] & cells)  # type: ignore[attr-defined]
    user = request.user if isinstance(request.user, User) else None
    request.actor = Actor(kind="user", at=request.now, user=user)  # type: ignore[attr-defined]


def _refusal(request: HttpRequest, permission: str) -> HttpResponseBase | None:
    cells = authority_cells(request, request.authority)  # type: ignore[attr-defined]
    prepare(request, cells)
    if not cells:
        return redirect_to_login(request.get_full_path())
    granted = permission_table()[permission] & cells
    if not granted:
        raise PermissionDenied
    return send_to_second_factor(request) if needs_second_factor(request, granted) else None


def requires(
    permission: str,
) -> Callable[[View[AuthorityRequest, P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Open a view of the authority only to those who hold a permission."""

    def decorate(
        view: View[AuthorityRequest, P],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return _refusal(request, permission) or view(request, *args, **kwargs)  # type: ignore[arg-type]

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
            prepare(request, authority_cells(request, request.authority))  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        declare(open_view, Access(public_because=why))
        return open_view

    return decorate
