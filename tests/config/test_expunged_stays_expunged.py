"""What was removed for good after a backup is removed again when that backup is restored."""

from pathlib import Path

import pytest

from tests.config.conftest import another, carry_out
from tests.config.test_backup import python
from tests.servers import own_settings
from tests.tables import lay_tables

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


def test_a_restore_removes_again_what_the_ledger_names(
    origin: dict[str, str], backup: Path, tmp_path: Path
) -> None:
    target, ledger = own_settings(tmp_path / "target"), tmp_path / "source" / "expunged.jsonl"
    lay_tables(target)
    with another(origin, tmp_path / "source", "sqlite") as source:
        key = python(source, EXPUNGE).splitlines()[-1]
        before = python(source, LOOK.format(key=key))
    assert key in ledger.read_text()
    assert before.startswith("True")
    said = carry_out(target, "restore", str(backup), "--expunged", str(ledger))
    assert "Removed 1 records" in said
    assert python(target, LOOK.format(key=key)) == before
