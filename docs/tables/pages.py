"""Every address of the pages and of the interface for programs, with what each declares."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from docs.tables.markdown import code, first_line, section, table
from docs.tables.permissions import cells_in_words
from headway.accounts.access import declared, permission_table
from headway.accounts.api import operations

API = "api"


@dataclass(frozen=True, slots=True)
class Route:
    """One address, its name and the view behind it."""

    address: str
    name: str
    view: Callable[..., object]

    @property
    def app(self) -> str:
        """The app that the view belongs to; libraries are one."""
        parts = self.view.__module__.split(".")
        return parts[1] if parts[0] == "headway" else "accounts"


def routes() -> list[Route]:
    """Every named page, by address."""
    found = _walk(get_resolver().url_patterns, "/", "")
    return sorted(found, key=lambda route: (route.app, route.address))


def _walk(patterns: list[URLPattern | URLResolver], start: str, names: str) -> Iterator[Route]:
    for pattern in patterns:
        address = start + _plain(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield Route(address, names + (pattern.name or ""), pattern.callback)
        elif pattern.namespace != API:
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _walk(pattern.url_patterns, address, inner)


def _plain(pattern: str) -> str:
    """An address without what only the machine needs."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)+", r"<\1>", pattern)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", named).replace("^", "").replace("$", "")


def _open_to(view: Callable[..., object]) -> tuple[str, str]:
    """The permission, and who holds it; or why everybody may."""
    access = declared(view)
    if access is None:
        raise ValueError(f"{view.__module__}.{view.__name__} declares no permission")
    if access.public_because:
        return "public", f"everybody: {access.public_because}"
    return code(access.permission), cells_in_words(permission_table()[access.permission])


def pages() -> str:
    """One table for each app."""
    by_app: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for route in routes():
        row = (code(route.address), code(route.name), *_open_to(route.view))
        by_app[route.app].append(row)
    heading = ("Address", "Name", "Permission", "Open to")
    return "\n".join(section(app, table(heading, rows)) for app, rows in sorted(by_app.items()))


def operation_list() -> list[tuple[str, str, Callable[..., object]]]:
    """Method, whole path and function of everything that a program can call."""
    from headway.site.api import api as root

    start = reverse(f"{API}:api-root").rstrip("/")
    found = [(method, f"{start}{path}", view) for method, path, view in operations(root)]
    return sorted(found, key=lambda operation: (operation[1], operation[0]))


def api() -> str:
    """Every operation of the interface for programs."""
    rows = [
        (code(f"{method} {path}"), *_open_to(view), first_line(view))
        for method, path, view in operation_list()
    ]
    return table(("Operation", "Permission", "Open to", "What it does"), rows)
