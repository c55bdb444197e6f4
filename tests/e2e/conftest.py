"""The product as an operator starts it, and a real browser in front of it."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.servers import PROJECT, free_port, own_settings, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LINKS = """
import json, django
django.setup()
from django.utils import timezone
from headway.accounts.demonstration import sign_in_links
print(json.dumps(sign_in_links(timezone.now())))
"""
LOADED = """
import django
django.setup()
from headway.accounts.models import Job
print(Job.objects.filter(state="done").exists())
"""


@dataclass
class Installation:
    """A running demonstration."""

    address: str
    environment: dict[str, str]

    def python(self, program: str) -> str:
        """Run a few lines inside the installation and answer what they print."""
        ended = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            cwd=PROJECT,
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        return ended.stdout.strip()

    def sign_in_path(self, role: str) -> str:
        """A one-time link for somebody in a role."""
        return str(dict(json.loads(self.python(LINKS)))[role])


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration, loaded by its worker."""
    port = free_port()
    environment = own_settings(tmp_path_factory.mktemp("installation"), mode="demonstration")
    with serving(environment, port, "--demonstration"):
        running = Installation(f"http://localhost:{port}", environment)
        until = time.monotonic() + 60
        while running.python(LOADED) != "True":
            assert time.monotonic() < until, "the demonstration was not loaded within a minute"
            time.sleep(0.5)
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    if not CHROMIUM:
        pytest.skip("no browser: install the system's package chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@dataclass
class Visit:
    """One person's look at the product, with everything that the console warned of."""

    installation: Installation
    context: BrowserContext
    page: Page
    warned: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a page and answer its status."""
        response = self.page.goto(self.installation.address + path)
        assert response is not None
        return response.status

    def note(self, message: ConsoleMessage) -> None:
        """Keep what the console says, but not that an answer was a refusal."""
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.warned.append(f"{self.page.url}: {message.text}")


Visitor = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def states(installation: Installation, browser: Browser) -> Callable[[str], Any]:
    """The cookies of somebody in a role, who signed in once by link."""
    known: dict[str, Any] = {}

    def state(role: str) -> Any:
        if role not in known:
            context = browser.new_context()
            page = context.new_page()
            page.goto(installation.address + installation.sign_in_path(role))
            page.get_by_role("main").get_by_role("button").first.click()
            page.wait_for_url(f"{installation.address}/home/")
            known[role] = context.storage_state()
            context.close()
        return known[role]

    return state


@pytest.fixture
def visitor(installation: Installation, browser: Browser, states: Callable[[str], Any]) -> Visitor:
    """Opens the product for somebody in a role (or nobody), on a screen of some width."""

    @contextmanager
    def visit(role: str = "", width: int = 1280, **look: Any) -> Iterator[Visit]:
        if role:
            look["storage_state"] = states(role)
        context = browser.new_context(viewport={"width": width, "height": 900}, **look)
        page = context.new_page()
        seen = Visit(installation, context, page)
        page.on("console", seen.note)
        page.on("pageerror", lambda error: seen.warned.append(f"{page.url}: {error}"))
        yield seen
        context.close()

    return visit


def pictures_folder() -> Path:
    """Where the pictures of the documentation are kept."""
    return PROJECT / "docs" / "images"
