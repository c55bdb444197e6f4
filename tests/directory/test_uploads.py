"""Uploaded files go when they have served; who did what with them stays in the log."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from headway.accounts.jobs import fail_job
from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.directory.actions.imports.uploads import (
    bring_in_upload,
    confirm_upload,
    forget_uploads,
)
from headway.directory.models import Organisation, Upload
from headway.directory.tasks import forget_files
from tests.world import NOON, World

LIST = "name,sector\nSimpson Housing,nonprofit\n"
CLIENTS = "name,SSN\nAnn Li,123-45-6789\n"


def kept_bytes(folder: Path) -> list[str]:
    """What stands in the storage of uploads, without lists of problems."""
    return [path.name for path in folder.glob("directory/*") if "problems" not in path.name]


def verbs(upload: Upload) -> list[str]:
    """What the log says was done with a file."""
    return [event.verb for event in Event.objects.about(upload.pk).order_by("position")]


def test_a_file_about_clients_is_deleted_at_once(world: World, look, tmp_path: Path):
    upload = look(CLIENTS)
    assert upload.state == Upload.State.REFUSED
    assert (upload.stored_as, upload.file_name, len(upload.sha256)) == ("", "list.csv", 64)
    assert kept_bytes(tmp_path) == []
    assert verbs(upload) == ["upload_kept", "upload_refused"]
    told = EventValue.objects.filter(event__subject_id=upload.pk).values_list("new", flat=True)
    assert "123-45" not in "".join(told)


def test_a_file_is_deleted_once_it_is_brought_in(world: World, bring, tmp_path: Path):
    upload = bring(LIST)
    assert upload.state == Upload.State.DONE
    assert upload.preview["counts"]["new"] == 1
    assert kept_bytes(tmp_path) == []
    assert verbs(upload) == ["upload_kept", "upload_confirmed", "upload_brought_in"]
    by = Event.objects.about(upload.pk).get(verb="upload_confirmed").user
    assert by == world.people["registrar"]
    again = bring_in_upload(upload_id=upload.pk, now=NOON)
    assert again.preview["counts"]["new"] == 1
    assert Organisation.objects.filter(name="Simpson Housing").count() == 1


def test_only_the_list_of_problems_of_the_last_reading_stays(
    world: World, bring, tmp_path: Path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload = bring("name,founded\nSimpson Housing,some day\n")
    assert [path.name for path in tmp_path.glob("directory/*")] == [
        Path(upload.preview["problems_stored_as"]).name
    ]


def test_a_file_that_nobody_confirms_is_deleted_after_a_day(world: World, look, tmp_path: Path):
    upload = look(LIST)
    assert forget_uploads(now=NOON + timedelta(hours=23)) == 0
    assert kept_bytes(tmp_path) != []
    assert forget_uploads(now=NOON + timedelta(hours=25)) == 1
    upload.refresh_from_db()
    assert (upload.state, upload.stored_as, upload.preview) == ("abandoned", "", {})
    assert kept_bytes(tmp_path) == []
    assert verbs(upload)[-1] == "upload_abandoned"
    with pytest.raises(RuleError):
        confirm_upload(by=world.actor("registrar"), upload=upload)
    assert forget_uploads(now=NOON + timedelta(hours=26)) == 0


def test_a_confirmed_file_waits_for_its_worker_unless_it_stopped(
    world: World, look, tmp_path: Path
):
    upload = confirm_upload(by=world.actor("registrar"), upload=look(LIST))
    assert forget_uploads(now=NOON + timedelta(days=3)) == 0
    assert kept_bytes(tmp_path) != []
    fail_job(upload.job, now=NOON, finding="It stopped.")
    assert forget_uploads(now=NOON + timedelta(days=3)) == 1
    assert kept_bytes(tmp_path) == []


def test_what_a_breakdown_left_behind_is_deleted_later(world: World, look, tmp_path: Path):
    upload = look(CLIENTS)
    place = default_storage.save("directory/left", _content())
    Upload.objects.filter(pk=upload.pk).update(stored_as=place)
    forget_files.call()
    assert kept_bytes(tmp_path) == []
    upload.refresh_from_db()
    assert upload.stored_as == ""


def _content() -> ContentFile:

    return ContentFile(b"left")
