import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("HEADWAY_PICTURES", "")
Opener = Callable[..., Page]


@pytest.fixture
def said() -> list[str]:
    """What the browser's console warned of."""
    return []


@pytest.fixture
def server(parts: Settings) -> Iterator[str]:
    """The page of every part on a port of its own; the shared server has other addresses."""
    started = LiveServer("localhost")
    yield started.url
    started.stop()


@pytest.fixture
def opened(browser: Browser, server: str, said: list[str]) -> Iterator[Opener]:
    """Opens an address in a browser of some width, light or dark, with scripts or without."""
    contexts: list[BrowserContext] = []

    def keep(kind: str, text: str) -> None:
        if kind in {"warning", "error"}:
            said.append(f"{kind}: {text}")

    def open_page(address: str, width: int = 1280, **kwargs: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **kwargs))
        page = contexts[-1].new_page()
        page.on("console", lambda message: keep(message.type, message.text))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.goto(server + address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture for a person to look at, where a folder is named."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def wider_than(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways, if anything does."""
    return page.evaluate(
        """(width) => document.documentElement.scrollWidth <= width ? [] :
            [...document.querySelectorAll("main *, header *, footer *")]
            .filter((part) => part.getBoundingClientRect().right > width + 1
                || part.getBoundingClientRect().left < -1)
            .map((part) => part.outerHTML.slice(0, 90))""",
        width,
    )


LOOKS = [
    pytest.param(1280, {"color_scheme": "light"}, id="wide-light"),
    pytest.param(1280, {"color_scheme": "dark"}, id="wide-dark"),
    pytest.param(320, {"color_scheme": "light"}, id="phone-light"),
    pytest.param(320, {"color_scheme": "dark"}, id="phone-dark"),
    pytest.param(320, {"java_script_enabled": False}, id="phone-without-scripts"),
    pytest.param(1280, {"java_script_enabled": False}, id="wide-without-scripts"),
]


@pytest.mark.parametrize(("width", "look"), LOOKS)
def test_every_part_fits_its_screen_and_breaks_no_rule_of_the_policy(
    opened: Opener, said: list[str], width: int, look: dict[str, Any], request: Any
) -> None:
    page = opened("/parts/", width, **look)
    if look.get("java_script_enabled", True):
        page.wait_for_selector("#street-title ~ *, .chart-drawing .vega-embed, .chart-drawing svg")
        page.wait_for_selector(".chart-drawing [aria-hidden] svg.marks")
    picture(page, request.node.callspec.id)
    if look.get("java_script_enabled", True):
        assert wider_than(page, width) == []
        assert Axe().run(page).response["violations"] == []
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_refused_form_moves_the_focus_to_what_is_to_mend(
    opened: Opener, said: list[str], width: int, scheme: str
) -> None:
    page = opened("/parts/", width, color_scheme=scheme)
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("#error-summary")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    picture(page, f"refused-{width}-{scheme}")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert [line for line in said if "422" not in line] == []


@pytest.mark.usefixtures("made_up_languages")
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en-xa", "ar-xb"])
def test_longer_words_and_the_other_direction_fit_the_screen(
    opened: Opener, said: list[str], language: str, width: int
) -> None:
    page = opened("/parts/", width, locale=language)
    page.wait_for_selector(".chart-drawing [aria-hidden] svg.marks")
    picture(page, f"{language}-{width}")
    assert page.evaluate("document.documentElement.lang") == language
    assert wider_than(page, width) == []
    assert Axe().run(page).response["violations"] == []
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/nowhere/", "/confirm/", "/account/login/"])
def test_pages_of_help_and_of_sign_in_pass_axe(
    opened: Opener, said: list[str], address: str, scheme: str
) -> None:
    page = opened(address, 320, color_scheme=scheme)
    picture(page, f"{address.strip('/').replace('/', '-')}-{scheme}")
    assert Axe().run(page).response["violations"] == []
    assert wider_than(page, 320) == []
    assert [line for line in said if "404" not in line] == []


def test_a_heading_sorts_in_place_and_keeps_the_focus(opened: Opener, said: list[str]) -> None:
    page = opened("/parts/")
    link = page.get_by_role("columnheader", name="Promises").get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-sort=ascending]")
    assert "sort=promises" in page.url
    assert page.evaluate("document.activeElement.id") == "table-promises"
    page.go_back()
    page.wait_for_selector("#table:not(:has([aria-sort]))")
    assert said == []


def test_a_printed_page_leaves_out_what_only_a_screen_can_use(opened: Opener) -> None:
    page = opened("/parts/", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    picture(page, "print")
    assert not page.locator(".menu").is_visible()
    assert not page.locator(".areas").is_visible()
    assert page.locator(".path").first.bounding_box()["width"] > 600
    assert page.get_by_role("heading", level=1).is_visible()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
