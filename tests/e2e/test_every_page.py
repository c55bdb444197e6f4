"""Every page as somebody who may open it: accessible, quiet, and never wider than its screen."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests import axe
from tests.architecture.routes import routes
from tests.e2e.conftest import Visit, Visitor, holding
from tests.site.forms import read_page

pytestmark = pytest.mark.browser
ROLES = ("convener", "registrar", "administrator", "records officer", "")
EXAMPLE = "/i/heading-home-hennepin/"
STARTS = (EXAMPLE, "/", "/home/", "/directory/", "/account/", "/settings/", "/records/")
NOT_A_PAGE = (
    "csv",
    "json",
    "export",
    "download",
    "logout",
    "/api/",
    "/health/",
    "/favicon.ico",
    "/robots.txt",
    "/files/",
    "/demonstration/",
)
LOOKS = ((1280, "light"), (320, "dark"))
SHARES = 6
MOST = 400
Found = list[tuple[str, str]]


@cache
def route_of(address: str) -> str:
    """The name of the route behind an address, empty for none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def reached(visit: Visit) -> Iterator[tuple[str, str]]:
    """One address of each page that links reach, with the name of its route."""
    waiting = list(STARTS)
    gone_through: set[str] = set()
    while waiting and len(gone_through) < MOST:
        path = waiting.pop(0)
        route = route_of(path)
        if route in gone_through or any(word in path for word in NOT_A_PAGE):
            continue
        gone_through.add(route)
        answer = visit.context.request.get(visit.installation.address + path)
        shown = answer.status == 200 and answer.headers["content-type"].startswith("text/html")
        if shown and urlsplit(answer.url).path == urlsplit(path).path:
            yield route, path
            waiting += read_page(answer.text()).links


def find_way(shared: Path, visitor: Visitor, role: str, patience: int) -> Found:
    """The pages that a role reaches, found once for all processes of the run.

    Raises:
        BlockingIOError: where another process looks just now and nobody wants to wait for it.

    """
    note = shared / f"way-of-{role}.json"
    with holding(note.with_suffix(".lock"), fcntl.LOCK_EX | patience):
        if not note.exists():
            with visitor(role) as visit:
                note.write_text(json.dumps(list(reached(visit))))
    found: Found = json.loads(note.read_text())
    return found


@pytest.fixture(scope="session")
def ways(shared: Path, visitor: Visitor) -> dict[str, Found]:
    """For each role the pages that it reaches; processes share the work, then wait for the rest."""
    for role in ROLES:
        with suppress(BlockingIOError):
            find_way(shared, visitor, role, fcntl.LOCK_NB)
    return {role: find_way(shared, visitor, role, 0) for role in ROLES}


def each_once(ways: dict[str, Found]) -> list[tuple[str, str]]:
    """Role and address of each page once, as the first of the roles that reaches it."""
    first: dict[str, tuple[str, str]] = {}
    for role, found in ways.items():
        for route, path in found:
            first.setdefault(route, (role, path))
    return sorted(first.values(), key=lambda way: ROLES.index(way[0]))


def too_wide(visit: Visit, width: int) -> list[str]:
    """Whether the open page scrolls sideways."""
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    return [f"{visit.page.url}: {wide} px wide"] if wide > width else []


def look_over(visit: Visit) -> list[str]:
    """What is wrong with the open page on a wide light screen, and on a dark phone."""
    wrong: list[str] = []
    for width, scheme in LOOKS:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        wrong += axe.violations(visit.page) + too_wide(visit, width)
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_accessible_quiet_and_fits(
    visitor: Visitor, ways: dict[str, Found], share: int
) -> None:
    wrong: list[str] = []
    for role, of_role in groupby(each_once(ways)[share::SHARES], key=lambda way: way[0]):
        with visitor(role) as visit:
            for _role, path in of_role:
                assert visit.open(path) == 200
                wrong += look_over(visit)
            wrong += visit.warned
    assert wrong == []


def test_links_lead_to_nearly_every_page(ways: dict[str, Found]) -> None:
    seen = {route for found in ways.values() for route, _path in found}
    ours = {
        route.name
        for route in routes()
        if route.access and route.view.__module__.startswith("headway.")
    }
    assert len(seen & ours) >= 90


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en-xa", "ar-xb"])
def test_every_page_fits_a_phone_in_long_words_and_from_right_to_left(
    visitor: Visitor, ways: dict[str, Found], language: str
) -> None:
    wrong: list[str] = []
    with visitor("convener", 320) as visit:
        visit.context.add_cookies(
            [{"name": "django_language", "value": language, "url": visit.installation.address}]
        )
        for _route, path in ways["convener"]:
            assert visit.open(path) == 200
            wrong += too_wide(visit, 320)
            if visit.page.get_attribute("html", "lang") != language:
                wrong.append(f"{visit.page.url} is not in {language}")
    assert wrong == []
