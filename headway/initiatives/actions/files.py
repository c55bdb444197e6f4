from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from headway.accounts.actor import Actor
from headway.initiatives.actions.records import locked, must_stand, note_event
from headway.initiatives.files import CheckedFile
from headway.initiatives.models import File, Initiative, Record


def _place(record: Record, upload: CheckedFile) -> str:
    """Where the content lies: once in an initiative, whose lock guards it from being deleted."""
    ending = PurePath(upload.name).suffix.lower()
    return f"{record.initiative_id}/{upload.sha256[:2]}/{upload.sha256}{ending}"


@transaction.atomic
def add_file(*, by: Actor, record: Record, upload: CheckedFile) -> File:
    """Keep a checked file with a record; the same content is kept once.

    Raises:
        RuleError: where the record was withdrawn.

    """
    Initiative.objects.select_for_update(no_key=True).get(pk=record.initiative_id)
    current = locked(record)
    must_stand(current)
    known = File.objects.filter(
        record=current, sha256=upload.sha256, withdrawn_at__isnull=True
    ).first()
    if known is not None:
        return known
    place = _place(current, upload)
    if not default_storage.exists(place):
        place = default_storage.save(place, ContentFile(upload.content))
    file = File(
        record=current,
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=upload.sha256,
        stored_as=place,
        member_id=by.member_id,
        uploaded_at=by.at,
    )
    file.save(force_insert=True)
    note_event(by=by, record=current, verb="file_added", changes={"file": ("", file.name)})
    return file


@transaction.atomic
def withdraw_file(*, by: Actor, file: File) -> None:
    """Take a file back; it is deleted only by the records office."""
    record = locked(file.record)
    current = File.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if current.withdrawn_at is None:
        current.change(withdrawn_at=by.at)
        note_event(by=by, record=record, verb="file_withdrawn", changes={"file": (file.name, "")})
