"""The product as an operator starts it, and a real browser in front of it."""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.servers import PROJECT, free_port, own_settings, reading, serving
from tests.tables import lay_tables

LINKS = """
import json, django
django.setup()
from django.utils import timezone
from headway.accounts.demonstration import sign_in_links
print(json.dumps(sign_in_links(timezone.now())))
"""
LOADED = "SELECT 1 FROM accounts_job WHERE state = 'done'"


@dataclass
class Installation:
    """A running demonstration."""

    address: str
    environment: dict[str, str]
    links: dict[str, str] = field(default_factory=dict)

    def python(self, program: str) -> str:
        """Run a few lines inside the installation and answer what they print."""
        ended = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            cwd=PROJECT,
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def sign_in_path(self, role: str) -> str:
        """A one-time link for somebody in a role."""
        if not self.links:
            self.links = dict(json.loads(self.python(LINKS)))
        return self.links.pop(role)


@contextmanager
def _loaded(folder: Path) -> Iterator[dict[str, str]]:
    """The demonstration, loaded by its worker; answers its environment."""
    port = free_port()
    environment = own_settings(folder, mode="demonstration", port=str(port))
    lay_tables(environment)
    words = ("--demonstration", "--processes", "2")
    with serving(environment, port, *words), reading(environment) as ask:
        until = time.monotonic() + 120
        while not ask(LOADED):
            assert time.monotonic() < until, "the demonstration was not loaded within two minutes"
            time.sleep(0.1)
        yield environment


@contextmanager
def holding(place: Path, kind: int) -> Iterator[None]:
    """A lock between the processes of a run."""
    with place.open("w") as lock:
        fcntl.flock(lock, kind)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the worker processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    place.mkdir(exist_ok=True)
    return place


def _wait_until_alone(shared: Path) -> None:
    """Wait until the last of the others has left, and let nobody else in."""
    with holding(shared / "door", fcntl.LOCK_EX), holding(shared / "users", fcntl.LOCK_EX):
        (shared / "environment.json").unlink()


@pytest.fixture(scope="session")
def installation(shared: Path) -> Iterator[Installation]:
    """One demonstration for all: who comes first starts it, and ends it when others have left."""
    note = shared / "environment.json"
    with ExitStack() as started, ExitStack() as inside:
        with holding(shared / "door", fcntl.LOCK_EX):
            if not note.exists():
                environment = started.enter_context(_loaded(shared / uuid4().hex))
                note.write_text(json.dumps(environment))
                started.callback(_wait_until_alone, shared)
            inside.enter_context(holding(shared / "users", fcntl.LOCK_SH))
        environment = json.loads(note.read_text())
        yield Installation(f"http://localhost:{environment['HEADWAY_PORT']}", environment)


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


@pytest.fixture(scope="session")
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
