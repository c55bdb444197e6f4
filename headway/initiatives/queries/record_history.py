"""How a record became what it is: every version of its texts, and everything done to it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.tables import TextLink
from headway.initiatives import kinds
from headway.initiatives.models import Record, Wording
from headway.initiatives.queries.field_words import field_words
from headway.initiatives.queries.history import HistoryLine, history_of
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class Version:
    """One version of a text, with the one before to show the difference."""

    number: int
    field: str
    text: str
    before: str
    who: str
    at: datetime


@dataclass(frozen=True)
class RecordHistoryPage:
    """The versions of a record's texts and its events, as far as the reader may see them."""

    title: str
    record_title: str
    record_href: str
    versions: tuple[Version, ...]
    compare: tuple[TextLink, ...]
    history: tuple[HistoryLine, ...]


def record_history_page(record: Record, reader: Reader) -> RecordHistoryPage:
    """How one record became what it is."""
    worded = _wordings(record)
    logged = reader.may("initiatives.view_history")
    return RecordHistoryPage(
        title=_("History and versions"),
        record_title=record.title,
        record_href=kinds.href(record, reader.slug),
        versions=_versions(record, worded),
        compare=_compare(record, worded, reader) if logged else (),
        history=history_of(record.pk, reader) if logged else (),
    )


def _wordings(record: Record) -> list[Wording]:
    found = Wording.objects.filter(record=record).select_related("member", "organisation")
    return list(found.order_by("field", "number"))


def _versions(record: Record, worded: list[Wording]) -> tuple[Version, ...]:
    """Every version of every text, newest first, each beside the one before."""
    before: dict[str, str] = {}
    shown = []
    for wording in worded:
        shown.append(
            Version(
                number=wording.number,
                field=field_words(record.kind, wording.field),
                text=wording.text,
                before=before.get(wording.field, ""),
                who=str(wording.organisation or wording.member or _("not recorded")),
                at=wording.recorded_at,
            )
        )
        before[wording.field] = wording.text
    return tuple(sorted(shown, key=lambda version: (version.at, version.number), reverse=True))


def _compare(record: Record, worded: list[Wording], reader: Reader) -> tuple[TextLink, ...]:
    """Where versions of each text that has several can be compared."""
    return tuple(
        TextLink(
            _("Compare the %(count)s versions of: %(field)s")
            % {"count": count, "field": field_words(record.kind, field)},
            reverse("initiatives:wordings", args=[reader.slug, record.pk, field]),
        )
        for field, count in Counter(wording.field for wording in worded).items()
        if count > 1
    )
