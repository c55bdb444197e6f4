"""Somebody's sign-in ends while they write: they sign in with a code and go on where they were."""

import json
import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.e2e.conftest import Installation, Visitor
from tests.e2e.test_keyboard_journey import main_text
from tests.e2e.test_talk_to_decision import LONGEST_WAIT, MAIL_FOLDER

pytestmark = pytest.mark.browser
WRITER = "partner@example.org"
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


def _codes(folder: Path) -> list[str]:
    """The sign-in codes mailed to the writer, the oldest first."""
    mails = sorted(folder.rglob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    read = [message_from_bytes(file.read_bytes(), policy=default) for file in mails]
    bodies = [mail.get_body(("plain",)) for mail in read if mail["To"] == WRITER]
    found = [CODE.search(str(body.get_content())) for body in bodies if body is not None]
    return [code[1] for code in found if code is not None]


def _next_code(folder: Path, before: int) -> str:
    until = time.monotonic() + LONGEST_WAIT
    while len(codes := _codes(folder)) <= before:
        assert time.monotonic() < until, "no code came within a minute"
        time.sleep(0.3)
    return codes[-1]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_what_was_typed_stands_there_after_signing_in_with_a_code(
    visitor: Visitor, installation: Installation, scripts: bool
) -> None:
    folder = Path(json.loads(installation.python(MAIL_FOLDER)))
    name = f"People in the old brewery {'with' if scripts else 'without'} scripts"
    with visitor("partner", java_script_enabled=scripts) as visit:
        visit.open("/i/heading-home-hennepin/problem/affected/new/")
        main = visit.page.get_by_role("main")
        main.get_by_role("textbox").first.fill(name)
        visit.context.clear_cookies(name="sessionid")
        main.get_by_role("button", name="Save").click()
        assert "What you typed is kept for an hour" in main_text(visit)
        before = len(_codes(folder))
        main.get_by_role("textbox", name="Email").fill(WRITER)
        main.get_by_role("button", name="Sign in", exact=True).click()
        main.get_by_role("textbox").first.fill(_next_code(folder, before))
        main.get_by_role("button").first.click()
        assert "Here is what you typed before your sign-in ended." in main_text(visit)
        assert main.get_by_role("textbox").first.input_value() == name
        main.get_by_role("button", name="Save").click()
        assert name in main_text(visit)
        assert visit.warned == []
