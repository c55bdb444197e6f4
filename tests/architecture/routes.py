"""Every address of the site with the view behind it and what that view declares."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from headway.accounts.access import Access, declared

SAMPLES: dict[str, Any] = {
    "UUIDConverter": UUID(int=7),
    "SlugConverter": "nothing-here",
    "IntConverter": 7,
    "StringConverter": "nothing-here",
    "PathConverter": "nothing/here",
}


@dataclass(frozen=True)
class Route:
    """One address pattern."""

    name: str
    pattern: str
    view: Callable[..., Any]
    access: Access | None
    samples: dict[str, Any]

    @property
    def of_initiative(self) -> bool:
        """Whether it lies under an initiative."""
        return "slug" in self.samples and self.pattern.startswith("i/")


def _samples(pattern: URLPattern) -> dict[str, Any]:
    converters = getattr(pattern.pattern, "converters", {})
    return {name: SAMPLES[type(each).__name__] for name, each in converters.items()}


def _walk(
    patterns: list[Any], prefix: str, namespace: str, inherited: dict[str, Any]
) -> Iterator[Route]:
    for each in patterns:
        path = f"{prefix}{each.pattern}"
        if getattr(each, "app_name", None) == "ninja":
            continue  # answers tokens, not sign-ins: tests/accounts holds each operation
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (namespace, each.namespace) if part)
            converters = getattr(each.pattern, "converters", {})
            more = {name: SAMPLES[type(one).__name__] for name, one in converters.items()}
            yield from _walk(each.url_patterns, path, inner, inherited | more)
        else:
            name = ":".join(part for part in (namespace, each.name or "") if part)
            yield Route(
                name, path, each.callback, declared(each.callback), inherited | _samples(each)
            )


def routes() -> list[Route]:
    """Every address, in the order in which they are tried."""
    return list(_walk(get_resolver("config.urls").url_patterns, "", "", {}))
