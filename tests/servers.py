"""Headway as its own processes, for tests of what happens between them."""

import fcntl
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from tests.tables import postgres_template

PROJECT = Path(__file__).resolve().parent.parent
HEADWAY = (sys.executable, "-m", "config.command")


def free_port() -> int:
    """A port of this machine that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def own_settings(data: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """The environment of an installation in a folder of its own."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("HEADWAY_")}
    return rest | {
        "HEADWAY_DATA": str(data),
        "HEADWAY_DATABASE_URL": database_url,
        "PYTHONWARNINGS": "ignore",
        **{f"HEADWAY_{name.upper()}": value for name, value in more.items()},
    }


@contextmanager
def a_database(engine: str, *, with_tables: bool = False) -> Iterator[str]:
    """The address of a new database of an engine, empty or with its tables and no row."""
    if engine == "sqlite":
        yield ""
        return
    server = os.environ["HEADWAY_TEST_DATABASE_URL"]
    name = f"own_{uuid4().hex}"
    origin = postgres_template() if with_tables else "template1"
    with psycopg.connect(server, autocommit=True) as session:
        statement = SQL("CREATE DATABASE {} TEMPLATE {}")
        session.execute(statement.format(Identifier(name), Identifier(origin)))
    try:
        yield server.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def reading(environment: Mapping[str, str]) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    """Ask an installation's database from outside, past the application."""
    url = environment["HEADWAY_DATABASE_URL"]
    opened: Any = (
        psycopg.connect(url, autocommit=True)
        if url
        else sqlite3.connect(f"{environment['HEADWAY_DATA']}/headway.sqlite3", timeout=20)
    )

    def ask(question: str) -> list[tuple[Any, ...]]:
        cursor = opened.cursor()
        try:
            return list(cursor.execute(question).fetchall())
        finally:
            cursor.close()

    try:
        yield ask
    finally:
        opened.close()


def ready_files() -> None:
    """Have the files that pages need; one test process after the other."""
    place = PROJECT / "build"
    place.mkdir(exist_ok=True)
    with (place / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, "-m", "config.prepare"], cwd=PROJECT, check=True)


def headway(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run one sub-command to its end."""
    return subprocess.run(
        [*HEADWAY, *words],
        cwd=PROJECT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def status(port: int, path: str = "/") -> int:
    """What a page answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 120) -> None:
    """Wait until a server takes connections."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing answers on port {port} after {seconds} s")


def wait_until_free(port: int, seconds: float = 30) -> None:
    """Wait until nobody takes connections; a killed process does while its last thread ends."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            return
        except OSError:
            pass
        time.sleep(0.01)
    raise AssertionError(f"somebody still answers on port {port} after {seconds} s")


@contextmanager
def serving(
    environment: Mapping[str, str], port: int, *words: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`headway serve` while the block runs."""
    process = subprocess.Popen(
        [*HEADWAY, "serve", "--port", str(port), *words],
        cwd=PROJECT,
        env=dict(environment),
        start_new_session=True,
    )
    try:
        wait_for(port, process)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    listing = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(child): int(parent) for child, parent in map(str.split, listing.splitlines())}
    found = [child for child, parent in parents.items() if parent == pid]
    return found + [below for child in found for below in descendants(child)]


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be collected does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
