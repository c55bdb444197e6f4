import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from config.archive import ArchiveError, Manifest, open_archive, verify
from config.restore import load_files, migrate_as_then, place_of, refuse_used_place
from headway.accounts.actions import make_authority
from tests.config.conftest import SIMULATE, STORED, another, carry_out
from tests.servers import a_database, headway, own_settings
from tests.tables import lay_tables

pytestmark = pytest.mark.xdist_group("backup")
LOOK = """
import json
from django.db import IntegrityError, transaction
from headway.accounts.models import Event, Stream
from headway.directory.models import Organisation
gaps = [s.pk for s in Stream.objects.all()
        if sorted(Event.objects.filter(stream=s).values_list("position", flat=True))
        != list(range(1, s.last_position + 1))]
try:
    with transaction.atomic():
        Event.objects.update(verb="forged")
except IntegrityError:
    guarded = True
else:
    guarded = False
print(json.dumps([Event.objects.count(), Organisation.objects.count(), len(gaps), guarded]))
"""


def ways() -> list[tuple[str, str]]:
    """From where and to where; the run on PostgreSQL crosses engines."""
    if connection.vendor == "sqlite":
        return [("sqlite", "sqlite")]
    return [("sqlite", "postgres"), ("postgres", "sqlite")]


def python(environment: dict[str, str], program: str) -> str:
    done = headway(environment, "manage", "shell", "--no-imports", "-c", program)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def manifest_of(file: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        return Manifest.from_json(archive.read("manifest.json"))


@pytest.mark.slow
@pytest.mark.engines
def test_what_was_backed_up_is_there_after_a_restore(
    subtests: pytest.Subtests, tmp_path: Path, origin: dict[str, str]
) -> None:
    for from_engine, to_engine in ways():
        folder = tmp_path / f"{from_engine}-{to_engine}"
        # Each engine makes its tables anew once: on the run of its own name.
        laid = to_engine != connection.vendor.removesuffix("ql")
        with (
            subtests.test(f"from {from_engine} to {to_engine}"),
            another(origin, folder / "origin", from_engine) as source,
            a_database(to_engine) as target_url,
        ):
            target = own_settings(folder / "target", target_url)
            if laid:
                lay_tables(target)
            check_restored(source, target, folder)


def check_restored(source: dict[str, str], target: dict[str, str], folder: Path) -> None:
    file = folder / "backup.zip"
    carry_out(source, "backup", str(file))

    said = carry_out(target, "restore", str(file))

    assert "counts and hashes agree" in said
    events, organisations, gaps, guarded = json.loads(python(target, LOOK))
    assert [events, organisations, gaps, guarded] == json.loads(python(source, LOOK))
    assert (events > 120, organisations, gaps, guarded) == (True, 8, 0, True)
    # New rows are numbered after the restored ones.
    carry_out(target, *SIMULATE, "--seed", "2")
    assert (Path(target["HEADWAY_DATA"]) / "files" / STORED).read_bytes() == bytes(range(256))


@pytest.mark.django_db
def test_only_an_empty_place_is_filled() -> None:
    refuse_used_place()
    make_authority(at=datetime(2026, 3, 27, tzinfo=UTC), name="Hennepin County")

    with pytest.raises(ArchiveError, match=r"Restore into an empty one"):
        refuse_used_place()


def test_two_backups_of_the_same_rows_have_the_same_hashes(
    backup: Path, backup_with_keys: Path
) -> None:
    one, two = manifest_of(backup), manifest_of(backup_with_keys)

    assert one.tables == two.tables
    assert set(one.files) < set(two.files)
    assert sum(table.rows for table in one.tables) > 500


def test_keys_stay_at_home_unless_they_are_asked_for(
    origin: dict[str, str], backup: Path, backup_with_keys: Path, tmp_path: Path
) -> None:
    key = (Path(origin["HEADWAY_DATA"]) / "secret-key").read_bytes()

    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(backup_with_keys) as archive:
        load_files(archive, manifest_of(backup_with_keys), tmp_path)

    assert [name for name, content in members.items() if key in content] == []
    assert (tmp_path / "secret-key").read_bytes() == key


def test_the_key_of_a_vote_is_in_no_backup_whatever_is_asked_for(
    origin: dict[str, str], tmp_path: Path
) -> None:
    key = Path(origin["HEADWAY_DATA"]) / "sealed" / "of-a-vote.key"
    key.parent.mkdir(exist_ok=True)
    key.write_bytes(b"thirty-two bytes that nobody has")
    file = tmp_path / "with-keys.zip"

    assert headway(origin, "backup", str(file), "--with-keys").returncode == 0
    with zipfile.ZipFile(file) as archive:
        held = [name for name in archive.namelist() if key.read_bytes() in archive.read(name)]
    assert held == []


def test_only_its_owner_may_read_a_backup(backup: Path, backup_with_keys: Path) -> None:
    assert [file.stat().st_mode & 0o077 for file in (backup, backup_with_keys)] == [0, 0]


def test_a_damaged_member_is_named(backup: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            forged = content.replace(b'"logged"', b'"forged"') if "event" in name else content
            target.writestr(name, forged)

    with open_archive(broken) as archive, pytest.raises(ArchiveError, match=r"event is damaged"):
        verify(archive, manifest_of(broken))


def test_a_lost_member_is_named(backup: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            if STORED not in name:
                target.writestr(name, source.read(name))

    with open_archive(broken) as archive, pytest.raises(ArchiveError, match=STORED):
        verify(archive, manifest_of(broken))


@pytest.mark.django_db
def test_a_backup_of_a_newer_headway_is_refused(backup: Path) -> None:
    manifest = manifest_of(backup)
    manifest.migrations.append(["accounts", "0999_from_the_future"])

    with pytest.raises(ArchiveError, match=r"Install that version first"):
        migrate_as_then(manifest)


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_something_else_is_no_backup(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.zip"
    file.write_bytes(content)

    with pytest.raises(ArchiveError, match=r"cannot be read as a backup"):
        open_archive(file)


@pytest.mark.parametrize("name", ["../secret-key", "/etc/passwd", "files/../../x", "keys"])
def test_no_file_leaves_the_data_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no name for a file"):
        place_of(name, tmp_path)


def test_a_backup_does_not_overwrite_another(origin: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "there.zip"
    file.write_text("mine")

    refused = headway(origin, "backup", str(file))

    assert refused.returncode == 2
    assert file.read_text() == "mine"
