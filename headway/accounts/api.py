"""The ground of the JSON interface: who asks, in which shape refusals come, how lists are paged.

Each app has an `api.py` with a router; `site` hangs them all on the one made by `make_api`.
Nobody writes by a session's cookie here: only a token in the Authorization header counts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import Annotated, Any, Concatenate, Generic, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, ValidationError
from ninja.security.http import HttpAuthBase
from pydantic import BaseModel, ConfigDict, Field

from headway.accounts.access import (
    Access,
    AuthorityRequest,
    P,
    authority_of,
    declare,
    enter_authority,
    needs_second_factor,
    permission_table,
    prepare,
)
from headway.accounts.actions.tokens import PREFIX, digest, note_token_use
from headway.accounts.actor import Actor
from headway.accounts.limits import client_address, count
from headway.accounts.models import ApiToken, Authority
from headway.core.errors import RuleError

RowT = TypeVar("RowT")
ItemT = TypeVar("ItemT")
AnswerT = TypeVar("AnswerT")
ErrorT = TypeVar("ErrorT", bound=Exception)
PER_MINUTE, WRONG_PER_MINUTE = 300, 30
SHORTEST, LONGEST = 40, 200


class Input(BaseModel):
    """Base of everything a program sends: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", str_max_length=50_000, hide_input_in_errors=True)


class Paging(Input):
    """Which part of a list is asked for."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50


class ErrorDetail(BaseModel):
    """Why something was refused, for which input, and where that stood."""

    message: str
    field: str = ""
    where: str = ""


class ErrorShape(BaseModel):
    """The one shape of every refusal."""

    error: ErrorDetail


REFUSALS = {401: ErrorShape, 403: ErrorShape, 404: ErrorShape, 422: ErrorShape, 429: ErrorShape}


class Listed(BaseModel, Generic[ItemT]):
    """One page of a list."""

    items: list[ItemT]
    page: int
    size: int
    total: int


class ApiRequest(AuthorityRequest):
    """A request that a token has opened."""

    auth: ApiToken


def bearer(request: HttpRequest) -> str:
    """What stands behind "Bearer" in the Authorization header, or nothing."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def find_token(secret: str, authority: Authority, now: datetime) -> ApiToken | None:
    """The usable token of this secret, or None."""
    if not secret.startswith(PREFIX) or not SHORTEST <= len(secret) <= LONGEST:
        return None
    usable = ApiToken.objects.in_authority(authority).usable(now).select_related("user")
    found: ApiToken | None = usable.filter(digest=digest(secret), user__is_active=True).first()
    return found


class TooManyRequestsError(Exception):
    """A token, or an address with wrong tokens, asks too often."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def authenticate(request: HttpRequest) -> ApiToken | None:
    """The token that a request carries, its use noted; the session's cookie counts for nothing.

    Raises:
        TooManyRequestsError: where the token is used too often, or an address guesses.

    """
    request.user = AnonymousUser()
    now, authority = prepare(request, frozenset()).now, authority_of(request)
    token = find_token(bearer(request), authority, now)
    if token is None:
        _hold("api_wrong", client_address(request), WRONG_PER_MINUTE)
        return None
    _hold("api", f"token:{token.pk}", PER_MINUTE)
    note_token_use(token=token, today=authority.today(now))
    request.user = token.user
    entered = enter_authority(request)
    entered.actor = Actor(kind="api", at=now, user=token.user, credential=token.prefix)
    return token


def _hold(name: str, who: str, most: int) -> None:
    spent = count(name, who, most)
    if spent is not None:
        raise TooManyRequestsError(spent.seconds_left)


class TokenHolder(HttpAuthBase):
    """Lets in whoever holds a usable token."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """The token, for `request.auth`."""
        return authenticate(request)


def within_scope(
    permission: str,
) -> Callable[
    [Callable[Concatenate[ApiRequest, P], AnswerT]], Callable[Concatenate[ApiRequest, P], AnswerT]
]:
    """Open an operation to tokens that were made for a permission which the person still holds.

    Operations of an initiative ask for the person's roles there in addition.
    """

    def decorate(
        operation: Callable[Concatenate[ApiRequest, P], AnswerT],
    ) -> Callable[Concatenate[ApiRequest, P], AnswerT]:
        @wraps(operation)
        def guarded(request: ApiRequest, /, *args: P.args, **kwargs: P.kwargs) -> AnswerT:
            if permission not in request.auth.scopes:
                raise PermissionDenied(
                    _("Make a token that may “%(scope)s”.") % {"scope": permission}
                )
            granted = permission_table()[permission]
            of_authority = frozenset(cell for cell in granted if _is_authority_wide(cell))
            if of_authority == granted and not granted & request.cells:
                raise PermissionDenied(_("Your role does not open this."))
            if needs_second_factor(request, permission):
                raise PermissionDenied(_("Set up a second factor for your account first."))
            return operation(request, *args, **kwargs)

        declare(guarded, Access(permission=permission))
        return guarded

    return decorate


def _is_authority_wide(cell: str) -> bool:
    return cell.endswith(("@authority", "@self"))


def listed(
    rows: QuerySet[Any] | Sequence[RowT], paging: Paging, build: Callable[[RowT], ItemT]
) -> dict[str, Any]:
    """One page of rows as a list answer; a page beyond the last is empty."""
    start = (paging.page - 1) * paging.size
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    items = [build(row) for row in rows[start : start + paging.size]]
    return {"items": items, "page": paging.page, "size": paging.size, "total": total}


def _refusal(
    api: NinjaAPI, request: HttpRequest, status: int, message: str, field: str = "", where: str = ""
) -> HttpResponse:
    detail = {"error": {"message": message, "field": field, "where": where}}
    return api.create_response(request, detail, status=status)


def _on_wrong_input(api: NinjaAPI, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    first = refusal.errors[0] if refusal.errors else {}
    place = [str(step) for step in first.get("loc", ())]
    return _refusal(
        api,
        request,
        422,
        str(first.get("msg", _("Send what the description of this address asks for."))),
        field=place[-1] if len(place) > 1 else "",
        where=".".join(place),
    )


def _on_no_token(api: NinjaAPI, request: HttpRequest) -> HttpResponse:
    words = _("Send a token in the header, like: Authorization: Bearer hw_…")
    answer = _refusal(api, request, 401, words, where="header")
    answer["WWW-Authenticate"] = 'Bearer realm="Headway"'
    return answer


def _on_too_many(
    api: NinjaAPI, request: HttpRequest, refusal: TooManyRequestsError
) -> HttpResponse:
    words = _("Wait %(seconds)s seconds, then ask again.") % {"seconds": refusal.seconds}
    answer = _refusal(api, request, 429, words)
    answer["Retry-After"] = str(refusal.seconds)
    return answer


def _on(
    api: NinjaAPI, kind: type[ErrorT], answer: Callable[[HttpRequest, ErrorT], HttpResponse]
) -> None:
    """Answer one kind of exception; ninja hands over what was raised, now and then its class."""

    def handle(request: HttpRequest, raised: ErrorT | type[ErrorT]) -> HttpResponse:
        return answer(request, raised if isinstance(raised, kind) else kind())

    api.add_exception_handler(kind, handle)


def _refuse_in_one_shape(api: NinjaAPI) -> None:
    """Answer every refusal as `ErrorShape`."""

    def forbidden(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
        words = str(refusal) or _("Your role does not open this.")
        return _refusal(api, request, 403, words, where="token")

    def missing(request: HttpRequest, _missing: Http404) -> HttpResponse:
        return _refusal(api, request, 404, _("There is nothing here for you."), where="path")

    def ruled_out(request: HttpRequest, refusal: RuleError) -> HttpResponse:
        where = "body" if refusal.field else ""
        return _refusal(api, request, 422, str(refusal), refusal.field, where)

    _on(api, PermissionDenied, forbidden)
    _on(api, Http404, missing)
    _on(api, RuleError, ruled_out)
    _on(api, ValidationError, partial(_on_wrong_input, api))
    _on(api, TooManyRequestsError, partial(_on_too_many, api))
    _on(api, AuthenticationError, lambda request, _missing: _on_no_token(api, request))


def make_api() -> NinjaAPI:
    """The root of the JSON interface, for `site` to hang the apps' routers on."""
    api = NinjaAPI(
        title="Headway",
        version="1",
        auth=TokenHolder(),
        urls_namespace="api",
        docs_url=None,
    )
    _refuse_in_one_shape(api)
    return api


def operations(api: NinjaAPI) -> Iterator[tuple[str, str, Callable[..., object]]]:
    """(method, path, function) of everything a program can call, for the architecture tests."""
    for prefix, router in api._routers:  # ninja has no public list
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, f"{prefix}{path}", operation.view_func


router = Router(tags=["account"])


@dataclass(frozen=True, slots=True)
class Me:
    """Whom a token acts for, and what it may."""

    id: str
    email: str
    name: str
    authority: str
    roles: list[str]
    scopes: list[str]
    expires_at: datetime


@router.get("/me", response={200: Me, **REFUSALS})
@within_scope("accounts.own_account")
def me(request: ApiRequest) -> Me:
    """Whom this token acts for."""
    return Me(
        id=str(request.user.pk),
        email=request.user.email,
        name=request.user.name,
        authority=request.authority.name,
        roles=sorted(cell.partition("@")[0] for cell in request.cells if "@authority" in cell),
        scopes=list(request.auth.scopes),
        expires_at=request.auth.expires_at,
    )
