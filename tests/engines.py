"""The pytest plugin that chooses the database engine and keeps a run out of anybody's data.

It is loaded before Django's settings are read: `pytest --engine postgres` needs no other
configuration. Every worker process of a run shares the one server that the first has started.
"""

import gc
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Generator
from copy import copy
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests import postgresql, tables

SERVER = pytest.StashKey[postgresql.Cluster]()
FOLDER = pytest.StashKey[str]()
ENGINES = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("headway")
    group.addoption(
        "--engine",
        choices=ENGINES,
        default=os.environ.get("HEADWAY_TEST_ENGINE", "sqlite"),
        help="the database that the tests run on",
    )


def _in_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _database_url(config: pytest.Config) -> str:
    """Where the run's database is; starts a server where there is none."""
    if config.known_args_namespace.engine == "sqlite":
        return ""
    if not os.environ.get("HEADWAY_TEST_DATABASE_URL"):
        reason = postgresql.why_not()
        if reason:
            pytest.exit(f"Nothing was run on PostgreSQL. {reason}.", returncode=4)
        config.stash[SERVER] = postgresql.start()
        os.environ["HEADWAY_TEST_DATABASE_URL"] = config.stash[SERVER].url
    os.environ["HEADWAY_TEST_TABLES"] = f"tables_{uuid4().hex}"
    return os.environ["HEADWAY_TEST_DATABASE_URL"]


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Point the settings at a folder and a database of this run, before they are read."""
    if not _in_worker():
        early_config.stash[FOLDER] = tempfile.mkdtemp(prefix="headway-tests-")
        for name in [name for name in os.environ if name.startswith("HEADWAY_")]:
            if name not in {"HEADWAY_TEST_DATABASE_URL", "HEADWAY_BROWSER"}:
                del os.environ[name]
        os.environ["HEADWAY_DATA"] = early_config.stash[FOLDER]
        os.environ["HEADWAY_DATABASE_URL"] = _database_url(early_config)
    return (yield)


def _adapt_settings() -> None:
    """What only tests want: files found where they are written, and quick passwords."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        # A file, because a live server's threads would share one connection to a database in
        # memory and begin transactions inside each other's.
        place = Path(os.environ["HEADWAY_DATA"]) / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(place)
    else:
        # A pool keeps connections that would stop the test database from being dropped.
        database["OPTIONS"].pop("pool", None)
        database["CONN_MAX_AGE"] = 0


def _flush_past_guards() -> None:
    """Let tests with real transactions be cleaned up although events may not be deleted."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from headway.accounts.triggers import without_triggers

    plain = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        with without_triggers(self.connection):
            plain(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush


def _keep_the_page_only() -> None:
    """Let the test client keep what a page was made from, and no copy for each part of it."""
    from django.test import client
    from django.test.utils import ContextList

    def keep(store: dict[str, Any], template: Any, context: Any, **_signal: object) -> None:
        store.setdefault("templates", []).append(template)
        if "context" not in store:
            store["context"] = ContextList([copy(context)])

    client.store_rendered_templates = keep


def pytest_configure() -> None:
    _adapt_settings()
    _keep_the_page_only()
    _flush_past_guards()


def _differs_by_engine(item: pytest.Item) -> bool:
    """Whether a test could tell the engines apart: it has a database or says that it makes one."""
    marks = any(item.get_closest_marker(name) for name in ("django_db", "engines"))
    fixtures = set(getattr(item, "fixturenames", ()))
    return marks or not fixtures.isdisjoint({"db", "transactional_db", "live_server"})


def _comes_late(item: pytest.Item) -> bool:
    """Whether a test is quick, or empties the tables at its end, which pytest-django puts last."""
    mark = item.get_closest_marker("django_db")
    empties = mark is not None and mark.kwargs.get("transaction", False)
    return empties or item.get_closest_marker("slow") is None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process waits for another at the end.

    On PostgreSQL leave out what knows no database: the run on SQLite has it.
    """
    items.sort(key=_comes_late)
    if config.getoption("engine") == "sqlite":
        return
    same = [item for item in items if not _differs_by_engine(item)]
    if same:
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if _differs_by_engine(item)]


def pytest_collection_finish() -> None:
    """What is loaded now stays: the collector of garbage need not go through it for every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_report_header(config: pytest.Config) -> str:
    engine = config.getoption("engine")
    detail = f" {sqlite3.sqlite_version}" if engine == "sqlite" else ""
    return f"engine: {engine}{detail}"


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server and remove the folder that this process has made."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    elif "HEADWAY_TEST_TABLES" in os.environ and not _in_worker():
        tables.forget_template()
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
