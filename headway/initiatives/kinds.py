"""The kinds of record that the installed apps keep, and where each has its page."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from headway.core.errors import Message
from headway.initiatives.models import Record

Area = Literal["problem", "people", "meetings", "recommendations", "decisions"]


WORKING_PAPERS = "working-papers"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its word, its area, its page, and its class in the default schedule."""

    kind: str
    label: Message
    area: Area
    url_name: str
    retention: str = WORKING_PAPERS


_KINDS: dict[str, Kind] = {}


def register(
    *, kind: str, label: Message, area: Area, url_name: str, retention: str = WORKING_PAPERS
) -> None:
    """Make a kind known; called once by the app that keeps it, from `AppConfig.ready`.

    Raises:
        ValueError: where another app registered the kind.

    """
    new = Kind(kind, label, area, url_name, retention)
    if _KINDS.setdefault(kind, new) != new:
        raise ValueError(f"kind {kind!r} is registered already, with page {_KINDS[kind].url_name}")


def kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def in_area(area: str) -> list[str]:
    """The names of the kinds that belong to an area."""
    return [kind.kind for kind in kinds() if kind.area == area]


def label(kind: str) -> Message:
    """The word for a kind on a page."""
    return _KINDS[kind].label if kind in _KINDS else kind


def area(kind: str) -> str:
    """The area that a kind belongs to, empty for what belongs to none."""
    return _KINDS[kind].area if kind in _KINDS else ""


def retention(kind: str) -> str:
    """The class of the default schedule that a kind belongs to."""
    return _KINDS[kind].retention if kind in _KINDS else WORKING_PAPERS


def href(record: Record, slug: str = "") -> str:
    """The page of a record; give the slug to save a query for its initiative."""
    address = slug or record.initiative.slug
    name = _KINDS[record.kind].url_name if record.kind in _KINDS else "initiatives:record"
    return reverse(name, args=[address, record.pk])
