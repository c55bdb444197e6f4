"""Every view × every role, stranger and anonymous, both ways, from the permission table."""

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from headway.accounts import access as authority_gate
from headway.accounts import actions
from headway.accounts.access import (
    ADMINISTRATOR,
    AuthorityRequest,
    counted_cells,
    enter_authority,
    permission_table,
)
from headway.initiatives import access as initiative_gate
from headway.initiatives.models import Initiative
from tests.architecture.routes import Route, routes
from tests.world import AUTHORITY_ROLES, INITIATIVE_ROLES, STRANGER, TODAY, World

ANONYMOUS = "anonymous"
EVERYBODY = (*AUTHORITY_ROLES, *INITIATIVE_ROLES, STRANGER, ANONYMOUS)
LET_IN, SET_UP = "let in", "set up a second factor"
LED_TO = {"/account/login/": "sign in", "/account/2fa/": SET_UP}
GRAVE = {"accounts.own_tokens", "directory.merge", "exchange.expunge"}


def cells_of(who: str, initiative: Initiative | None) -> set[str]:
    """What the permission table grants to somebody, restated from the design."""
    cells = set() if who == ANONYMOUS else {"user@self"}
    if who in INITIATIVE_ROLES:
        cells.add("member@authority")
    if who in AUTHORITY_ROLES:
        cells.add(f"{who}@authority")
    if initiative is not None:
        if initiative.is_public:
            cells.add("visitor@public")
        if who in INITIATIVE_ROLES:
            cells.add(f"{who}@initiative")
        if who == "partner":
            cells.add("partner@own_organisation")
    return cells


def expected(route: Route, who: str, initiative: Initiative | None) -> str:
    """What the gate must answer."""
    assert route.access is not None
    if not route.access.permission:
        return LET_IN
    if permission_table()[route.access.permission] & cells_of(who, initiative):
        return LET_IN
    if who == ANONYMOUS:
        return "sign in"
    if initiative is not None and who not in INITIATIVE_ROLES:
        return "404"
    return "403"


class Gatekeeper:
    """Asks the real gate of a view and stops behind it."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        for module in (authority_gate, initiative_gate):
            self._stop_behind(module, monkeypatch)

    def _stop_behind(self, module: object, monkeypatch: pytest.MonkeyPatch) -> None:
        ask = module._refusal

        def refusal(*args: object) -> HttpResponseBase:
            refused = ask(*args)
            if refused is None:
                raise LetIn
            return refused

        monkeypatch.setattr(module, "_refusal", refusal)

    def answer(self, route: Route, who: str, initiative: Initiative | None) -> str:
        """What the gate says to somebody."""
        kwargs = dict(route.samples)
        if initiative is not None:
            kwargs["slug"] = initiative.slug
        try:
            response = route.view(self._request(who), **kwargs)
        except LetIn:
            return LET_IN
        except PermissionDenied:
            return "403"
        except Http404:
            return "404"
        return LED_TO.get(response.headers.get("Location", "").partition("?")[0], "other")

    def _request(self, who: str) -> HttpRequest:
        request = RequestFactory().get("/somewhere/")
        request.user = AnonymousUser() if who == ANONYMOUS else self.world.people[who]
        request.authority = self.world.authority
        request.session = {}
        request._messages = FallbackStorage(request)
        return request


class LetIn(Exception):
    """The gate opened."""


@pytest.fixture
def gate(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gatekeeper]:
    return Gatekeeper(world, monkeypatch)


def guarded(*, of_initiative: bool) -> list[Route]:
    """The views that ask for a permission and are ours."""
    return [
        route
        for route in routes()
        if route.access
        and route.access.permission
        and route.view.__module__.startswith("headway.")
        and route.of_initiative == of_initiative
    ]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("which", ["hennepin", "closed"])
def test_pages_of_an_initiative_open_as_the_table_says(
    gate: Gatekeeper, who: str, which: str
) -> None:
    initiative: Initiative = getattr(gate.world, which)
    said = {r.pattern: gate.answer(r, who, initiative) for r in guarded(of_initiative=True)}
    assert said == {r.pattern: expected(r, who, initiative) for r in guarded(of_initiative=True)}


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_the_authority_open_as_the_table_says(gate: Gatekeeper, who: str) -> None:
    said = {route.pattern: gate.answer(route, who, None) for route in guarded(of_initiative=False)}
    assert said == {r.pattern: expected(r, who, None) for r in guarded(of_initiative=False)}


def test_nobody_learns_whether_there_is_an_initiative(gate: Gatekeeper) -> None:
    for route in guarded(of_initiative=True):
        closed = gate.answer(route, ANONYMOUS, gate.world.closed)
        assert closed == gate.answer(route, ANONYMOUS, None) == "sign in"
        assert gate.answer(route, STRANGER, None) == gate.answer(route, STRANGER, gate.world.closed)


def demanded(route: Route) -> str:
    """What somebody is told who holds every role and has no second factor."""
    assert route.access is not None
    granted = permission_table()[route.access.permission]
    grave = "administrator@authority" in granted or route.access.permission in GRAVE
    return SET_UP if grave else LET_IN


@pytest.fixture
def of_all_trades(world: World, settings: Settings) -> str:
    """An administrator who is registrar and records officer as well."""
    settings.ENFORCE_SECOND_FACTOR = True
    for role in ("registrar", "records_officer"):
        actions.grant_role(
            by=world.actor(),
            authority=world.authority,
            email=world.people["administrator"].email,
            role=role,
            starts_on=TODAY,
        )
    return "administrator"


def test_an_administrator_needs_a_second_factor_whatever_other_roles_open_the_page(
    gate: Gatekeeper, of_all_trades: str
) -> None:
    pages = guarded(of_initiative=False)
    said = {route.pattern: gate.answer(route, of_all_trades, None) for route in pages}
    assert said == {route.pattern: demanded(route) for route in pages}
    assert SET_UP in said.values()

    TOTP.activate(gate.world.people[of_all_trades], generate_totp_secret())
    assert {gate.answer(route, of_all_trades, None) for route in pages} == {LET_IN}


def test_nobody_but_an_administrator_needs_a_second_factor(
    gate: Gatekeeper, settings: Settings
) -> None:
    settings.ENFORCE_SECOND_FACTOR = True
    for who in ("registrar", "records_officer", STRANGER):
        for route in guarded(of_initiative=False):
            assert gate.answer(route, who, None) == expected(route, who, None)


def test_inside_a_page_an_administrator_without_second_factor_may_nothing_of_it(
    gate: Gatekeeper, of_all_trades: str, rf: RequestFactory
) -> None:
    world = gate.world
    user = world.people[of_all_trades]

    def entered() -> AuthorityRequest:
        request = rf.get("/")
        request.user = user
        request.authority = world.authority
        return enter_authority(request)

    own = [name for name, cells in permission_table().items() if ADMINISTRATOR in cells]
    without = entered()
    assert not any(without.may(name) for name in own)
    assert not without.may("directory.merge")
    assert without.may("directory.edit")
    assert counted_cells(without) == without.cells - {ADMINISTRATOR}

    TOTP.activate(user, generate_totp_secret())
    equipped = entered()
    assert all(equipped.may(name) for name in own)
    assert counted_cells(equipped) == equipped.cells


def test_what_an_administrator_may_in_an_initiative_needs_a_second_factor(
    gate: Gatekeeper, of_all_trades: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = permission_table()["initiatives.view"] | {"administrator@authority"}
    monkeypatch.setitem(permission_table(), "initiatives.view", cells)
    for route in guarded(of_initiative=True):
        if route.access and route.access.permission == "initiatives.view":
            assert gate.answer(route, of_all_trades, gate.world.hennepin) == SET_UP
