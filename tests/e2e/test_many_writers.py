"""Many people at once and a power cut: real servers, real pages, a file or a PostgreSQL server."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from os import kill

import pytest

from tests.servers import (
    a_database,
    descendants,
    free_port,
    headway,
    own_settings,
    reading,
    ready_files,
    serving,
    wait_until_free,
)
from tests.tables import lay_tables
from tests.visitor import Visitor

pytestmark = [
    pytest.mark.engines,
    pytest.mark.slow,
    pytest.mark.xdist_group("servers"),
]
WRITERS = 200
FIRST_LINK = """
from django.utils import timezone
from headway.accounts.demonstration import sign_in_links
print(sign_in_links(timezone.now())[0][1])
"""
POSITIONS = """
SELECT position FROM accounts_event
WHERE stream_id = (SELECT stream_id FROM initiatives_initiative) ORDER BY position
"""
TEXTS = "SELECT text FROM initiatives_happening"


@dataclass
class Installation:
    """Headway on some engine with one small initiative."""

    environment: dict[str, str]
    address: str
    port: int = field(default_factory=free_port)

    @property
    def form(self) -> str:
        """The page on which somebody records what happened."""
        return f"{self.address}happenings/new/"

    def convener(self) -> Visitor:
        """The convener, signed in, with the form open."""
        done = headway(self.environment, "manage", "shell", "--no-imports", "-c", FIRST_LINK)
        assert done.returncode == 0, done.stderr
        visitor, link = Visitor(self.port), done.stdout.strip()
        visitor.open(link)
        assert visitor.send(link).status == 302
        assert visitor.open(self.form).status == 200
        return visitor


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Installation]:
    ready_files()
    folder = tmp_path_factory.mktemp("installation")
    with a_database(request.config.getoption("engine"), with_tables=True) as url:
        environment = own_settings(folder, url, mode="demonstration", worker="false")
        if not url:
            lay_tables(environment)
        assert headway(environment, "migrate").returncode == 0
        made = headway(environment, "simulate", "--partners", "3", "--events", "10")
        assert made.returncode == 0, made.stderr
        yield Installation(environment, made.stdout.strip())


def record(visitor: Visitor, form: str, text: str) -> int:
    """Record that something happened; answer the status."""
    return visitor.send(form, text=text, when="2026-03-27", category="meeting").status


@dataclass
class Reader:
    """Reads the positions again and again, as a digest or a subscriber would."""

    ask: Callable[[str], list[tuple[int]]]
    stop: threading.Event = field(default_factory=threading.Event)
    seen: list[int] = field(default_factory=list)
    gaps: list[list[int]] = field(default_factory=list)

    def look(self) -> None:
        """Look once: positions run from 1 to the newest without a gap."""
        positions = [row[0] for row in self.ask(POSITIONS)]
        if positions != list(range(1, len(positions) + 1)):
            self.gaps.append(positions)
        self.seen.append(len(positions))

    def keep_looking(self) -> None:
        """Look until told to stop."""
        while not self.stop.is_set():
            self.look()
            time.sleep(0.002)


def test_two_hundred_people_write_at_once_and_nothing_is_lost(
    installation: Installation,
) -> None:
    with (
        serving(installation.environment, installation.port, "--processes", "2"),
        reading(installation.environment) as ask,
        ThreadPoolExecutor(WRITERS) as people,
    ):
        convener, start = installation.convener(), threading.Barrier(WRITERS)
        before = len(ask(POSITIONS))
        reader = Reader(_in_a_thread_of_its_own(installation))

        def write(number: int) -> int:
            visitor = convener.copy()
            start.wait(30)
            return record(visitor, installation.form, f"Note {number}")

        looking = threading.Thread(target=reader.keep_looking)
        looking.start()
        statuses = list(people.map(write, range(WRITERS)))
        reader.stop.set()
        looking.join()
        texts = [row[0] for row in ask(TEXTS) if row[0].startswith("Note ")]
        after = len(ask(POSITIONS))

    assert statuses == [302] * WRITERS
    assert sorted(texts) == sorted(f"Note {number}" for number in range(WRITERS))
    assert after == before + WRITERS
    assert reader.gaps == []
    assert reader.seen == sorted(reader.seen)
    assert len(set(reader.seen)) > 2


def _in_a_thread_of_its_own(installation: Installation) -> Callable[[str], list[tuple[int]]]:
    """Ask over a connection that the asking thread has opened: SQLite insists."""
    local = threading.local()

    def ask(question: str) -> list[tuple[int]]:
        if not hasattr(local, "ask"):
            local.opened = reading(installation.environment)
            local.ask = local.opened.__enter__()
        answered: list[tuple[int]] = local.ask(question)
        return answered

    return ask


@dataclass
class Diligent:
    """Somebody who records one thing after the other and remembers what was acknowledged."""

    visitor: Visitor
    form: str
    name: str
    acknowledged: list[str] = field(default_factory=list)

    def keep_writing(self) -> None:
        """Write until nobody answers any more."""
        for number in range(10_000):
            text = f"{self.name} {number}"
            try:
                status = record(self.visitor, self.form, text)
            except (OSError, HTTPException):
                return
            if status == 302:
                self.acknowledged.append(text)


def kill_in_the_middle(command: subprocess.Popen[bytes], port: int, people: list[Diligent]) -> None:
    """Let people write for a while, then pull the plug on every process at once."""
    writing = [threading.Thread(target=each.keep_writing) for each in people]
    for thread in writing:
        thread.start()
    until = time.monotonic() + 30
    while sum(len(each.acknowledged) for each in people) < 50 and time.monotonic() < until:
        time.sleep(0.01)
    for pid in [command.pid, *descendants(command.pid)]:
        kill(pid, signal.SIGKILL)
    command.wait()
    wait_until_free(port)
    for thread in writing:
        thread.join(30)


def test_what_was_acknowledged_survives_a_kill(installation: Installation) -> None:
    with serving(installation.environment, installation.port, "--processes", "2") as command:
        convener = installation.convener()
        names = [f"Kept by {name}" for name in "ABCDEFGH"]
        people = [Diligent(convener.copy(), installation.form, name) for name in names]
        kill_in_the_middle(command, installation.port, people)

    with (
        serving(installation.environment, installation.port),
        reading(installation.environment) as ask,
    ):
        texts = {row[0] for row in ask(TEXTS)}
        positions = [row[0] for row in ask(POSITIONS)]
        assert record(convener, installation.form, "After the restart") == 302

    acknowledged = {text for each in people for text in each.acknowledged}
    assert len(acknowledged) >= 50
    assert acknowledged - texts == set()
    assert positions == list(range(1, len(positions) + 1))
