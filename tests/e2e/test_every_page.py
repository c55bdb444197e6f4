"""Every page as somebody who may open it: accessible, quiet, and never wider than its screen."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from tests.architecture.routes import routes
from tests.e2e.conftest import Visit, Visitor
from tests.site.forms import read_page

pytestmark = pytest.mark.browser
ROLES = ("convener", "registrar", "administrator", "records officer", "")
STARTS = ("/", "/home/", "/directory/", "/account/", "/settings/", "/records/")
NOT_A_PAGE = (
    "csv",
    "json",
    "export",
    "download",
    "logout",
    "/api/",
    "/health/",
    "/files/",
    "/demonstration/",
)
LOOKS = {"wide-light": (1280, "light"), "phone-dark": (320, "dark")}
MOST = 400


def route_of(address: str) -> str:
    """The name of the route behind an address, empty for none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def pages(visit: Visit, seen: set[str]) -> Iterator[str]:
    """One address of each page that links reach and nobody saw, opened as it is given out."""
    waiting = list(STARTS)
    gone_through: set[str] = set()
    while waiting and len(gone_through) < MOST:
        path = waiting.pop(0)
        route = route_of(path)
        if route in gone_through or any(word in path for word in NOT_A_PAGE):
            continue
        gone_through.add(route)
        answer = visit.context.request.get(visit.installation.address + path)
        if answer.status != 200 or urlsplit(answer.url).path != urlsplit(path).path:
            continue
        waiting += read_page(answer.text()).links
        if route not in seen:
            seen.add(route)
            assert visit.open(path) == 200
            yield path


def violations(visit: Visit) -> list[str]:
    """What axe finds on the open page, in short."""
    found = Axe().run(visit.page).response["violations"]
    return [
        f"{visit.page.url}: {each['id']} at {each['nodes'][0]['target']}: {each['help']}"
        for each in found
    ]


def too_wide(visit: Visit, width: int) -> list[str]:
    """Whether the open page scrolls sideways."""
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    return [f"{visit.page.url}: {wide} px wide"] if wide > width else []


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_quiet_and_fits(visitor: Visitor, look: str) -> None:
    """Each page once, as the first of the roles that reaches it."""
    width, scheme = LOOKS[look]
    wrong: list[str] = []
    seen: set[str] = set()
    for role in ROLES:
        with visitor(role, width, color_scheme=scheme) as visit:
            for _path in pages(visit, seen):
                wrong += violations(visit) + too_wide(visit, width)
            wrong += visit.warned
    ours = {
        route.name
        for route in routes()
        if route.access and route.view.__module__.startswith("headway.")
    }
    assert wrong == []
    assert len(seen & ours) >= 90


@pytest.mark.parametrize("language", ["en-xa", "ar-xb"])
def test_every_page_fits_a_phone_in_long_words_and_from_right_to_left(
    visitor: Visitor, language: str
) -> None:
    wrong: list[str] = []
    with visitor("convener", 320) as visit:
        visit.context.add_cookies(
            [{"name": "django_language", "value": language, "url": visit.installation.address}]
        )
        for _path in pages(visit, set()):
            wrong += too_wide(visit, 320)
            if visit.page.get_attribute("html", "lang") != language:
                wrong.append(f"{visit.page.url} is not in {language}")
    assert wrong == []
