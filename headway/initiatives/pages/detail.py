"""The page of one record: its own content, and what stands beside every record."""

from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Source, Term
from headway.initiatives.models import Record
from headway.initiatives.queries.panel import RecordPanel, record_panel
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class Step:
    """One thing that the reader can do from a page."""

    label: Message
    href: str
    first: bool = False


@dataclass(frozen=True)
class Cited:
    """A source beside a record, and where to take it off again."""

    source: Source
    note: str
    withdraw_href: str


@dataclass(frozen=True)
class Passage:
    """One text of a record under its heading."""

    heading: Message
    text: str


@dataclass(frozen=True)
class DetailPage:
    """One record with everything that stands beside it; shown by `initiatives/detail.html`."""

    title: str
    kicker: Message
    kicker_href: str
    panel: RecordPanel
    state: str = ""
    state_label: Message = ""
    notice: str = ""
    passages: tuple[Passage, ...] = ()
    terms: tuple[Term, ...] = ()
    cited: tuple[Cited, ...] = ()
    cite_href: str = ""
    steps: tuple[Step, ...] = ()


class Beside(TypedDict):
    """The fields of a detail page that every record has."""

    panel: RecordPanel


def beside(record: Record, reader: Reader) -> Beside:
    """What a detail page shows beside a record's own content, ready for `DetailPage`."""
    return {"panel": record_panel(record=record, reader=reader)}


def address(reader: Reader, name: str, *args: object) -> str:
    """A page of the initiative by its full name, like `problems:home`."""
    return reverse(name, args=[reader.slug, *args])


def if_may(reader: Reader, permission: str, name: str, *args: object) -> str:
    """A page of the initiative, or nothing where the reader may not open it."""
    return address(reader, name, *args) if reader.may(permission) else ""


def withdraw_step(
    record: Record, reader: Reader, name: str, *, may: bool = True
) -> tuple[Step, ...]:
    """Withdraw, for who may; who leads finds it beside the record already.

    Args:
        record: what would be withdrawn.
        reader: who reads the page.
        name: the page that asks for the reason, like `problems:withdraw`.
        may: whether this reader may withdraw it there.

    """
    if record.withdrawn or not may or reader.may("initiatives.withdraw"):
        return ()
    return (Step(_("Withdraw this"), address(reader, name, record.pk)),)
