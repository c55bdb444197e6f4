from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Field
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Tab, Term
from headway.core.tables import Mark
from headway.exchange.queries.content import content_of, stage_models, stage_of
from headway.exchange.queries.holds import holds_on
from headway.exchange.queries.search import state_mark_of
from headway.exchange.queries.tabs import office_tabs
from headway.initiatives import kinds
from headway.initiatives.models import Record
from headway.initiatives.queries import RecordPanel, record_panel
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class OfficeRecordPage:
    """Everything that is kept about one record, and what the office can do with it."""

    tabs: tuple[Tab, ...]
    title: str
    kind: Message
    state: Mark
    content: tuple[Term, ...]
    terms: tuple[Term, ...]
    holds: tuple[str, ...]
    panel: RecordPanel
    page_href: str
    hold_href: str
    expunge_href: str
    redact_href: str


def field_words(kind: str, name: str) -> str:
    """A column of a stage in words."""
    column = cast("Field[Any, Any]", stage_models()[kind]._meta.get_field(name))
    return str(column.verbose_name)


def _content(record: Record) -> tuple[Term, ...]:
    stage = stage_of(record)
    said = {} if stage is None else content_of(stage)
    return tuple(Term(capfirst(field_words(record.kind, name)), said[name]) for name in said)


def reader_for(
    record: Record, cells: frozenset[str], readers: frozenset[str], today: date
) -> Reader:
    """The records officer as a reader of the record's initiative."""
    return Reader(slug=record.initiative.slug, today=today, cells=cells, readers=readers)


def office_record_page(record: Record, reader: Reader) -> OfficeRecordPage:
    """One record as the records office sees it."""
    removable = record.expunged_at is None
    holds = tuple(holds_on([record])[record.pk])
    place = f"{reverse('exchange:place_hold')}?record={record.pk}"
    return OfficeRecordPage(
        tabs=office_tabs("exchange:search"),
        title=record.title,
        kind=kinds.label(record.kind),
        state=state_mark_of(record),
        content=_content(record),
        terms=_terms(record),
        holds=holds,
        panel=record_panel(record=record, reader=reader),
        page_href=kinds.href(record),
        hold_href=place if removable else "",
        expunge_href=reverse("exchange:expunge", args=[record.pk]) if removable else "",
        redact_href=reverse("exchange:redact", args=[record.pk]) if removable else "",
    )


def _terms(record: Record) -> tuple[Term, ...]:
    kept = record.retention
    years = _("permanently") if kept and kept.keep_years is None else ""
    if kept and kept.keep_years is not None:
        years = _("%s years") % kept.keep_years
    return (
        Term(_("Initiative"), record.initiative.title),
        Term(_("Retention class"), f"{kept.name} ({years})" if kept else _("None yet")),
        Term(_("Record number"), record.pk),
    )
