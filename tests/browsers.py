"""The one real browser of a test process, for every test that looks at pages as people do."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import system

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real browser, started by the first test that wants it and kept to the end.

    The library that drives it keeps its loop in the thread of the tests from then on. Django
    would take every test after that for asynchronous and refuse it the database.
    """
    from playwright.sync_api import sync_playwright

    program = system.browser()
    if program is None:
        pytest.skip("no browser: install the system's package chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(system.FLAGS))
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
