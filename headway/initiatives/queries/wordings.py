from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from headway.initiatives import kinds
from headway.initiatives.models import Record, Wording
from headway.initiatives.queries.field_words import field_words
from headway.initiatives.reader import Reader

MOST = 500


@dataclass(frozen=True)
class WordingLine:
    """One version: its number, who wrote it and when."""

    number: int
    who: str
    at: datetime
    text: str


@dataclass(frozen=True)
class WordingsPage:
    """Any two versions of a text with the visible difference."""

    title: str
    record_title: str
    record_href: str
    versions: tuple[WordingLine, ...]
    old: WordingLine
    new: WordingLine


def _line(wording: Wording) -> WordingLine:
    who = str(wording.organisation or wording.member or _("not recorded"))
    return WordingLine(wording.number, who, wording.recorded_at, wording.text)


def _chosen(lines: list[WordingLine], asked: str, usual: WordingLine) -> WordingLine:
    return next((line for line in lines if str(line.number) == asked), usual)


def wordings_page(
    record: Record, field: str, reader: Reader, params: QueryDict
) -> WordingsPage | None:
    """Two versions beside each other, by default the last two; None where there is no text."""
    found = Wording.objects.filter(record=record, field=field)
    newest = found.select_related("member", "organisation").order_by("-number")[:MOST]
    lines = [_line(wording) for wording in reversed(newest)]
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
