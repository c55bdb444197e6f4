"""Finds the marks in the pages of docs/ and fills what stands between them."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from config.environment import PROJECT

DOCS = PROJECT / "docs"
REGION = re.compile(r"<!-- made: (?P<name>[a-z-]+) -->\n(?P<body>.*?)<!-- end -->", re.DOTALL)


def makers() -> dict[str, Callable[[], str]]:
    """What can stand between marks; Django is started on the way."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from docs.tables import commands, events, formats, house, pages, permissions, settings

    return {
        "settings": settings.settings,
        "make": commands.make,
        "headway": commands.headway,
        "permissions": permissions.permissions,
        "pages": pages.pages,
        "api": pages.api,
        "direction": house.direction,
        "contracts": house.contracts,
        "kinds": house.kinds,
        "page-dataclasses": house.page_dataclasses,
        "analysis": house.analysis,
        "verbs": events.verbs,
        "states": events.states,
        "columns-organisations": formats.organisations,
        "columns-people": formats.people,
        "columns-log": formats.log,
    }


def marked_pages() -> list[Path]:
    """Every page that has a mark."""
    found = sorted(DOCS.rglob("*.md"))
    return [path for path in found if REGION.search(path.read_text(encoding="utf-8"))]


def made(text: str) -> str:
    """A page's text with every marked part made anew, in English."""
    from django.utils.translation import override

    known = makers()

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        return f"<!-- made: {name} -->\n\n{known[name]()}\n<!-- end -->"

    with override("en"):
        return REGION.sub(fill, text)


def behind() -> list[str]:
    """Pages that do not say what the code says."""
    texts = {path: path.read_text(encoding="utf-8") for path in marked_pages()}
    return [str(path.relative_to(PROJECT)) for path, text in texts.items() if made(text) != text]


def write_all() -> list[str]:
    """Bring every page up to date; answer which ones were behind."""
    found = behind()
    for name in found:
        path = PROJECT / name
        path.write_text(made(path.read_text(encoding="utf-8")), encoding="utf-8")
    return found
