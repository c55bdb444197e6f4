from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.initiatives import kinds
from headway.initiatives.models import Link, Record
from headway.initiatives.queries.panel import RecordPanel, may_see, record_panel
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class RecordPage:
    """A record of a kind that has no page of its own."""

    title: str
    kind: Message
    panel: RecordPanel


@dataclass(frozen=True)
class LinkLine:
    """A link that stands, and where it is taken away."""

    words: str
    title: str
    unlink_href: str


@dataclass(frozen=True)
class LinkPage:
    """The form that links a record to another, with the links that stand."""

    title: str
    record_title: str
    back_href: str
    links: tuple[LinkLine, ...]
    found: int
    words: str


def record_page(record: Record, reader: Reader) -> RecordPage:
    """The general page of a record."""
    return RecordPage(
        title=record.title,
        kind=kinds.label(record.kind),
        panel=record_panel(record=record, reader=reader),
    )


def link_targets(record: Record, reader: Reader, words: str) -> QuerySet[Record]:
    """Records that this one may be linked to, newest first, by words of their title."""
    found = Record.objects.in_initiative(record.initiative).live().visible_to(reader.readers)
    for word in words.split()[:10]:
        found = found.filter(title__icontains=word)
    return found.exclude(pk=record.pk).order_by("-recorded_at")[:50]


def link_page(record: Record, reader: Reader, words: str, found: int) -> LinkPage:
    """What the form for a link shows."""
    seen = Link.objects.filter(may_see("target", record, reader), origin=record)
    standing = seen.filter(withdrawn_at__isnull=True).select_related("target").order_by("made_at")
    return LinkPage(
        title=_("Where this came from"),
        record_title=record.title,
        back_href=kinds.href(record, reader.slug),
        links=tuple(
            LinkLine(
                words=str(link.get_kind_display()),
                title=link.target.title,
                unlink_href=reverse("initiatives:unlink", args=[reader.slug, link.pk]),
            )
            for link in standing
        ),
        found=found,
        words=words,
    )
