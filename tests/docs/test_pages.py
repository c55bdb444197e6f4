import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.pages import PROJECT, Link

ADR = PROJECT / "docs" / "adr"


@pytest.mark.parametrize("link", pages.links(), ids=str)
def test_a_link_leads_somewhere(link: Link) -> None:
    assert link.file.exists(), f"{link}: there is no such file"
    assert not link.heading or link.heading in pages.headings(link.file), f"{link}: no such heading"


@pytest.mark.parametrize("path", pages.written(), ids=lambda path: path.name)
def test_a_page_has_one_title_and_no_unfinished_part(path: Path) -> None:
    text = pages.prose_of(path)
    assert len(re.findall(r"(?m)^# ", text)) == 1
    assert not re.search(r"\b(TODO|TBD|FIXME|lorem|coming soon)\b", text, re.IGNORECASE)


def test_nothing_names_a_place_on_somebodys_machine() -> None:
    local = re.compile(
        r"(?<![\w.])/(?:work|root|tmp/hw|home/\w+)/|\bshared/(?:design|data|examples)"
    )
    named = [
        name
        for name, text in pages.tracked_text().items()
        if local.search(text) and name != "tests/docs/test_pages.py"
    ]
    assert not named


def test_every_decision_says_context_decision_why_and_consequences() -> None:
    found = sorted(path for path in ADR.glob("*.md") if path.name != "index.md")
    assert [path.name[:4] for path in found] == [f"{n:04d}" for n in range(1, len(found) + 1)]
    index = pages.text_of(ADR / "index.md")
    for path in found:
        headings = re.findall(r"(?m)^## (.*)$", pages.text_of(path))
        assert headings == ["Context", "Decision", "Why", "Consequences"], path.name
        assert f"({path.name})" in index, path.name


def test_the_licence_is_the_whole_agpl() -> None:
    licence = pages.text_of(PROJECT / "LICENSE")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence
    assert "Version 3, 19 November 2007" in licence
    for number in range(18):
        assert re.search(rf"(?m)^  {number}\. ", licence), number
    assert len(licence.encode()) == 34_523


def test_the_first_heading_of_the_changelog_is_the_version() -> None:
    text = pages.text_of(PROJECT / "CHANGELOG.md")
    assert re.findall(r"(?m)^## (.*)$", text)[0].count(".") == 2


@pytest.mark.slow
def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-t", "as_committed"]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "trees"), "docs", str(tmp_path / "html")],
        cwd=PROJECT,
        env={**os.environ, "HEADWAY_DATA": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    built = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    loaded = r'<(?:script|img|link|iframe)\b[^>]+(?:src|href)="https?://[^"]+"'
    assert not re.findall(loaded, built)
