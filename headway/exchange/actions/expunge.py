"""The only deletion of the product: a record's content goes, who, when and why stay."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes, erase_values
from headway.accounts.models import Event
from headway.core.keys import destroy_key
from headway.exchange.actions.ledger import follow_in_ledger
from headway.exchange.actions.quotes import empty_quotes
from headway.exchange.actions.removal import (
    MARK,
    checked_reason,
    erase_quotes,
    refuse_if_expunged,
    refuse_if_held,
    titles_of,
)
from headway.exchange.queries.content import (
    details_of,
    is_needed_elsewhere,
    is_text,
    own_columns,
    stage_of,
)
from headway.initiatives.actions import locked, note_event, subject_of
from headway.initiatives.models import (
    File,
    Initiative,
    Record,
    RecordState,
    StageModel,
    Translation,
    Wording,
)

KEEP = object()


@transaction.atomic
def expunge_record(*, by: Actor, record: Record, because: str) -> Record:
    """Remove everything that a record says, for good; that it was there, and why, stays.

    Raises:
        RuleError: naming the hold that keeps it, or where no reason is given or it is gone.

    """
    current = locked(record)
    because = checked_reason(because)
    refuse_if_expunged(current)
    refuse_if_held(current)
    remove(by=by, record=current, because=because)
    follow_in_ledger()
    return current


def remove(*, by: Actor, record: Record, because: str, also: Changes | None = None) -> Event:
    """Empty a locked record and everything that hangs on it, and note it in the log."""
    titles = titles_of(record)
    emptied = _empty_stage(record)
    _empty_texts(record)
    _empty_files(record)
    _clear_details(record)
    _empty_record(by, record, because)
    erase_values(
        by=by, stream=record.initiative.stream, subject=subject_of(record), because=because
    )
    changes = dict.fromkeys(emptied, ("", MARK)) | dict(also or {})
    event = note_event(by=by, record=record, verb="expunged", changes=changes, because=because)
    erase_quotes(record, titles, event)
    empty_quotes(record, titles, event)
    return event


def _empty_record(by: Actor, record: Record, because: str) -> None:
    with translation.override(record.initiative.language):
        title = _("Expunged")
    record.change(
        title=title,
        owner=None,
        author=None,
        organisation=None,
        source=None,
        happened_from=None,
        happened_to=None,
        date_as_said="",
        withdrawn_at=record.withdrawn_at or by.at,
        withdrawn_by_id=record.withdrawn_by_id or by.member_id,
        withdrawn_because=because,
        expunged_at=by.at,
    )


def _emptied_value(field: models.Field[Any, Any]) -> object:
    """What a column holds once its row says nothing; codes and needed keys stay."""
    if field.null:
        return None
    if field.choices or field.is_relation:
        return KEEP
    if isinstance(field, (models.CharField, models.TextField)):
        return ""
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, (models.IntegerField, models.DecimalField, models.FloatField)):
        return 0
    return field.get_default() if field.has_default() else KEEP


def emptied_values(stage: StageModel) -> dict[str, object]:
    """What each column holds after the expunge.

    A model whose constraints need something else says so: `EXPUNGED = {"unit": "none"}`.
    """
    declared: dict[str, object] = getattr(type(stage), "EXPUNGED", {})
    values = {field.name: _emptied_value(field) for field in own_columns(type(stage))}
    return {name: value for name, value in (values | declared).items() if value is not KEEP}


def _meets_constraints(row: models.Model) -> bool:
    try:
        row.validate_constraints()
    except ValidationError:
        return False
    return True


def _destroy_key(stage: StageModel) -> None:
    """Destroy the key that a vote, a conversation or a review had outside the database."""
    key_id = getattr(stage, "key_id", None)
    if isinstance(key_id, UUID):
        transaction.on_commit(partial(destroy_key, key_id))


def _empty_stage(record: Record) -> list[str]:
    """Empty the row of a stage; answer which columns held something."""
    stage = stage_of(record)
    if stage is None:
        return []
    _destroy_key(stage)
    before = {field.name: getattr(stage, field.name) for field in own_columns(type(stage))}
    values = emptied_values(stage)
    for name, value in values.items():
        setattr(stage, name, value)
    if not _meets_constraints(stage):
        _mark_texts(stage, before)
    stage.save(update_fields=list(values))
    return [name for name in values if before[name] not in (None, "", values[name])]


def _mark_texts(stage: StageModel, before: Mapping[str, object]) -> None:
    """Put a mark in place of each text, where a rule wants that something stands there."""
    for field in own_columns(type(stage)):
        if is_text(field) and before[field.name]:
            setattr(stage, field.name, MARK)


def _empty_texts(record: Record) -> None:
    nobody: dict[str, Any] = {"member": None, "organisation": None}
    Wording.objects.filter(record=record).update(text="", **nobody)
    Translation.objects.filter(record=record).update(text="", source_hash="")
    RecordState.objects.filter(record=record).update(because="", date_as_said="")


def _empty_files(record: Record) -> None:
    """Empty the rows now; the bytes go once the change is kept, where nobody else needs them."""
    files = list(File.objects.select_for_update().filter(record=record).exclude(stored_as=""))
    for file in files:
        place = file.stored_as
        file.change(
            name=MARK,
            media_type="",
            size=0,
            sha256="",
            stored_as="",
            member=None,
            withdrawn_at=file.withdrawn_at or record.recorded_at,
        )
        transaction.on_commit(partial(_delete_bytes, record.initiative_id, place))


@transaction.atomic
def _delete_bytes(initiative_id: UUID, place: str) -> None:
    """Delete stored bytes unless another row needs them; uploads wait for the same lock."""
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative_id)
    if not File.objects.filter(stored_as=place).exists():
        default_storage.delete(place)


def _clear_rows(
    record: Record,
    model: type[models.Model],
    key: str,
    owners: Collection[object],
    *,
    owners_stay: bool,
) -> set[object]:
    """Delete the details of some rows, or empty those that something else needs.

    Returns which owners must stay, because a row that stays hangs on them.
    """
    rows = list(model._base_manager.filter(**{f"{key}__in": owners}))
    stay: set[object] = {row.pk for row in rows if is_needed_elsewhere(row, record)}
    keys = [row.pk for row in rows]
    if keys:
        for detail, name in details_of(model):
            stay |= _clear_rows(record, detail, name, keys, owners_stay=False)
    kept = [row for row in rows if row.pk in stay]
    loose = not owners_stay and model._meta.get_field(key).null
    for row in kept:
        _empty_row(row, without=key if loose else "")
    model._base_manager.filter(pk__in=[row.pk for row in rows if row.pk not in stay]).delete()
    return set() if loose else {getattr(row, f"{key}_id") for row in kept}


def _empty_row(row: Any, without: str = "") -> None:
    """Empty the words of a detail; a mark stands where a rule wants words.

    A key that may be empty is taken out, so that what it points to need not stay.
    """
    keys = [without] if without else []
    for name in keys:
        setattr(row, name, None)
    texts = [field.name for field in row._meta.concrete_fields if is_text(field)]
    said = [name for name in texts if getattr(row, name)]
    for name in said:
        setattr(row, name, "")
    if not _meets_constraints(row):
        for name in said:
            setattr(row, name, MARK)
    row.save(update_fields=[*texts, *keys])


def _clear_details(record: Record) -> None:
    """Delete who took part, stances, citations and whatever else only belongs to the record."""
    stage = stage_of(record)
    models_of: list[type[models.Model]] = [Record, *([type(stage)] if stage is not None else [])]
    for model in models_of:
        for detail, name in details_of(model):
            _clear_rows(record, detail, name, [record.pk], owners_stay=True)
