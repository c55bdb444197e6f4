"""Blackening a text or a passage of it, wherever the record and its log hold it."""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes
from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.exchange.actions.ledger import fingerprint, follow_in_ledger, note_passage
from headway.exchange.actions.removal import (
    MARK,
    checked_reason,
    erase_quotes,
    refuse_if_expunged,
    refuse_if_held,
    titles_of,
)
from headway.exchange.queries.content import stage_of
from headway.exchange.queries.redactable import REASONS, TITLE, redactable_fields
from headway.initiatives.actions import locked, note_event
from headway.initiatives.models import Record, RecordState, Translation, Wording


@transaction.atomic
def redact(
    *, by: Actor, record: Record, because: str, fields: Collection[str] = (), passage: str = ""
) -> Event:
    """Replace texts of a record, or one passage in them, by ███ everywhere they are kept.

    Args:
        by: who does it.
        record: whose texts.
        because: the reason, which stays.
        fields: which texts; none means every text of the record.
        passage: the exact words to blacken; empty means the whole text.

    Raises:
        RuleError: naming the hold, or where field, passage or reason do not allow it.

    """
    current = locked(record)
    because = checked_reason(because)
    refuse_if_expunged(current)
    refuse_if_held(current)
    known = redactable_fields(current)
    if not fields and not passage:
        raise RuleError(_("Choose a text, or enter the words to blacken."), "passage")
    if not set(fields) <= set(known):
        raise RuleError(_("Choose one of the texts listed."), "field")
    chosen = [name for name in known if name in fields or not fields]
    event = blacken(by=by, record=current, fields=chosen, passage=passage, because=because)
    if passage:
        note_passage(event, fingerprint(passage))
    follow_in_ledger()
    return event


def blacken(
    *,
    by: Actor,
    record: Record,
    fields: Collection[str],
    passage: str,
    because: str,
    also: Changes | None = None,
) -> Event:
    """Blacken texts of a locked record and note it.

    Raises:
        RuleError: where the passage stands nowhere.

    """
    titles = titles_of(record) if TITLE in fields else set()
    told = _told(record, fields, passage)
    said = told.values_list("field", flat=True).distinct().order_by()
    touched = [REASONS if name == "because" else name for name in said]
    touched += _blacken_record(record, fields, passage)
    touched += _blacken_stage(record, fields, passage)
    touched += _blacken_versions(record, fields, passage)
    if not touched:
        raise RuleError(
            _("These words stand nowhere in it. Copy them exactly as they stand there."), "passage"
        )
    keys = list(told.values_list("pk", flat=True))
    changes = dict.fromkeys(sorted(set(touched)), ("", MARK)) | dict(also or {})
    if TITLE in changes:
        changes[TITLE] = ("", record.title)
    event = note_event(by=by, record=record, verb="redacted", changes=changes, because=because)
    EventValue.objects.filter(pk__in=keys).update(old="", new="", erased_by=event)
    erase_quotes(record, {title for title in titles if passage in title}, event)
    return event


def blackened(text: str, passage: str, longest: int | None) -> str:
    """A text with a passage, or all of it, replaced."""
    if not text:
        return text
    return text.replace(passage, MARK)[:longest] if passage else MARK


def _told(
    record: Record, fields: Collection[str], passage: str
) -> "models.QuerySet[EventValue, EventValue]":
    """What the log says about these texts."""
    names = {"because" if name == REASONS else name for name in fields}
    told = EventValue.objects.filter(
        event__subject_id=record.pk, field__in=names, erased_by__isnull=True
    )
    return told.filter(Q(old__contains=passage) | Q(new__contains=passage)) if passage else told


def _blacken_row(row: Any, names: Collection[str], passage: str) -> list[str]:
    values = {
        name: blackened(getattr(row, name), passage, row._meta.get_field(name).max_length)
        for name in names
    }
    return list(row.change(**values))


def _blacken_record(record: Record, fields: Collection[str], passage: str) -> list[str]:
    touched = _blacken_row(record, [TITLE], passage) if TITLE in fields else []
    if REASONS in fields:
        rows: list[Any] = [record]
        for row in rows:
            touched += [REASONS for _name in _blacken_row(row, ["withdrawn_because"], passage)]
        for state in RecordState.objects.filter(record=record):
            touched += [REASONS for _name in _blacken_row(state, ["because"], passage)]
    return touched


def _blacken_stage(record: Record, fields: Collection[str], passage: str) -> list[str]:
    stage = stage_of(record)
    own = [name for name in fields if name not in {TITLE, REASONS}]
    return [] if stage is None else _blacken_row(stage, own, passage)


def _blacken_versions(record: Record, fields: Collection[str], passage: str) -> list[str]:
    touched: list[str] = []
    for model in (Wording, Translation):
        rows: Any = model._default_manager.filter(record=record, field__in=fields)
        for row in rows:
            touched += [row.field for _name in _blacken_row(row, ["text"], passage)]
    return touched
