"""What was removed for good after a backup is removed again when that backup is restored."""

from pathlib import Path

import pytest

from tests.config.test_backup import fill, python
from tests.servers import headway, own_settings

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backup")]
EXPUNGE = """
from django.utils import timezone
from headway.accounts.actor import Actor
from headway.exchange.actions import expunge_record
from headway.initiatives.models import Record
record = Record.objects.filter(kind="happening").order_by("pk").first()
expunge_record(by=Actor(kind="user", at=timezone.now()), record=record, because="Court order 7")
print(record.pk)
"""
LOOK = """
from headway.initiatives.models import Happening, Record
row = Happening.objects.select_related("record").get(pk="{key}")
print(row.record.expunged_at is not None, bool(row.text), row.record.title)
"""


def test_a_restore_removes_again_what_the_ledger_names(tmp_path: Path) -> None:
    origin, target = own_settings(tmp_path / "origin"), own_settings(tmp_path / "target")
    fill(origin)
    archive, ledger = tmp_path / "backup.zip", tmp_path / "origin" / "expunged.jsonl"
    assert headway(origin, "backup", str(archive)).returncode == 0
    key = python(origin, EXPUNGE).splitlines()[-1]
    assert key in ledger.read_text()
    before = python(origin, LOOK.format(key=key))
    assert before.startswith("True")
    restored = headway(target, "restore", str(archive), "--expunged", str(ledger))
    assert restored.returncode == 0, restored.stderr
    assert "Removed 1 records" in restored.stderr
    assert python(target, LOOK.format(key=key)) == before
