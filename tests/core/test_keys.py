import contextlib
import secrets
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from headway.core.errors import RuleError
from headway.core.keys import (
    LENGTH,
    KeyGoneError,
    UnreadableError,
    destroy_key,
    key_bytes,
    make_key,
    seal,
    unseal,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_FOLDER = tmp_path / "sealed"
    return tmp_path / "sealed"


def test_a_key_is_random_and_its_own(folder: Path) -> None:
    one, two = make_key(), make_key()

    assert len(key_bytes(one)) == LENGTH
    assert key_bytes(one) == key_bytes(one) != key_bytes(two)
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{one}.key", f"{two}.key"])


def test_nobody_else_on_the_machine_may_read_a_key(folder: Path) -> None:
    path = folder / f"{make_key()}.key"

    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_destroyed_key_is_gone_and_may_be_destroyed_again(folder: Path) -> None:
    key_id = make_key()
    destroy_key(key_id)
    destroy_key(key_id)

    assert list(folder.iterdir()) == []
    with pytest.raises(KeyGoneError, match=str(key_id)):
        key_bytes(key_id)


@transaction.atomic
def make_a_key_in_vain() -> None:
    """A key, and something that is refused after it."""
    make_key()
    raise RuleError("too late")


@pytest.mark.django_db(transaction=True)
def test_a_key_goes_with_the_transaction_that_made_it(folder: Path) -> None:
    with transaction.atomic():
        kept = make_key()
        with contextlib.suppress(RuleError):
            make_a_key_in_vain()
        assert [path.stem for path in folder.iterdir()] == [str(kept)]
    with pytest.raises(RuleError):
        make_a_key_in_vain()

    assert [path.stem for path in folder.iterdir()] == [str(kept)]
    assert len(key_bytes(kept)) == LENGTH


def test_a_key_that_was_never_made_is_gone() -> None:
    with pytest.raises(KeyGoneError):
        key_bytes(uuid4())


def test_what_is_sealed_opens_for_its_owner_under_its_key_alone() -> None:
    key, owner = secrets.token_bytes(LENGTH), uuid4()
    sealed = seal(b"yes", key=key, owner_id=owner, room=8, fill=b" ")
    assert unseal(sealed, key=key, owner_id=owner) == b"yes     "
    for wrong in (
        {"key": secrets.token_bytes(LENGTH), "owner_id": owner},
        {"key": key, "owner_id": uuid4()},
    ):
        with pytest.raises(UnreadableError):
            unseal(sealed, **wrong)


def test_all_that_is_sealed_is_equally_long_and_never_twice_the_same() -> None:
    key, owner = secrets.token_bytes(LENGTH), uuid4()
    sealed = {
        seal(said, key=key, owner_id=owner, room=8, fill=b" ") for said in (b"", b"no", b"no")
    }
    assert len(sealed) == 3
    assert len({len(each) for each in sealed}) == 1
    with pytest.raises(ValueError, match="8 bytes, got 9"):
        seal(b"123456789", key=key, owner_id=owner, room=8, fill=b" ")
