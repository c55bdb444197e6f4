from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from headway.core.tables import TextLink
from headway.initiatives import kinds
from headway.initiatives.models import Link, Record, Wording
from headway.initiatives.queries.field_words import field_words
from headway.initiatives.queries.panel import may_see
from headway.initiatives.reader import Reader

MOST = 500


@dataclass(frozen=True)
class WordingLine:
    """One version: its number, who wrote it and when, and the lesson that led to it."""

    number: int
    who: str
    at: datetime
    text: str
    learned: TextLink | None = None


@dataclass(frozen=True)
class WordingsPage:
    """Any two versions of a text with the visible difference."""

    title: str
    record_title: str
    record_href: str
    versions: tuple[WordingLine, ...]
    old: WordingLine
    new: WordingLine


def _line(wording: Wording, learned: TextLink | None) -> WordingLine:
    who = str(wording.organisation or wording.member or _("not recorded"))
    return WordingLine(wording.number, who, wording.recorded_at, wording.text, learned)


def _lessons(record: Record, reader: Reader) -> dict[datetime, TextLink]:
    """The lessons that the reader may see, by the instant at which each changed the record."""
    learned = Link.objects.filter(
        may_see("target", record, reader), origin=record, kind=Link.Kind.LEARNED_FROM
    )
    return {
        link.made_at: TextLink(link.target.title, kinds.href(link.target))
        for link in learned.select_related("target__initiative")
    }


def _chosen(lines: list[WordingLine], asked: str, usual: WordingLine) -> WordingLine:
    return next((line for line in lines if str(line.number) == asked), usual)


def wordings_page(
    record: Record, field: str, reader: Reader, params: QueryDict
) -> WordingsPage | None:
    """Two versions beside each other, by default the last two; None where there is no text."""
    found = Wording.objects.filter(record=record, field=field)
    newest = found.select_related("member", "organisation").order_by("-number")[:MOST]
    lessons = _lessons(record, reader)
    lines = [_line(each, lessons.get(each.recorded_at)) for each in reversed(newest)]
    if not lines:
        return None
    return WordingsPage(
        title=_("Compare versions of: %(field)s") % {"field": field_words(record.kind, field)},
        record_title=record.title,
        record_href=kinds.href(record, reader.slug),
        versions=tuple(lines),
        old=_chosen(lines, params.get("old", ""), lines[-2:][0]),
        new=_chosen(lines, params.get("new", ""), lines[-1]),
    )
