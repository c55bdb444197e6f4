"""Random keys in files of their own, outside the database and outside every backup.

What is encrypted or digested under such a key can no longer be read once its file is gone; so a
key must never be logged, copied or kept anywhere else.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID, uuid4
from weakref import finalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

LENGTH = 32
NONCE = 12


class KeyGoneError(LookupError):
    """The key was destroyed or never lay here; what it closed stays closed."""


class UnreadableError(ValueError):
    """Something sealed that was not closed under this key for this owner."""


def _path(key_id: UUID) -> Path:
    return Path(settings.KEYS_FOLDER) / f"{key_id}.key"


class _InWaiting:
    """A key whose transaction is not over: the commit keeps it, a rollback destroys it.

    The connection holds what is to be done at the commit and lets go of it when that part of the
    transaction is rolled back. Then nothing else holds this, and the key goes with it.
    """

    def __init__(self, path: Path) -> None:
        self._destroy = finalize(self, _destroy, path)

    def keep(self) -> None:
        """The row that names the key is stored."""
        self._destroy.detach()


def make_key() -> UUID:
    """A new random key, written whole or not at all; answer the name to ask for it by.

    It goes where the transaction that makes it is rolled back.
    """
    key_id = uuid4()
    path = _path(key_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    transaction.on_commit(_InWaiting(path).keep)
    return key_id


def key_bytes(key_id: UUID) -> bytes:
    """The key itself, 32 bytes.

    Raises:
        KeyGoneError: where it was destroyed or lies on another machine.

    """
    try:
        return _path(key_id).read_bytes()
    except FileNotFoundError as missing:
        raise KeyGoneError(f"no key {key_id} in the folder for keys") from missing


def destroy_key(key_id: UUID) -> None:
    """Overwrite a key and remove its file; a second call finds nothing to do."""
    _destroy(_path(key_id))


def _destroy(path: Path) -> None:
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def seal(plain: bytes, *, key: bytes, owner_id: UUID, room: int, fill: bytes) -> bytes:
    """Close some bytes under a key for one owner, filled up so that all are equally long.

    Args:
        plain: what is closed.
        key: 32 bytes.
        owner_id: what it belongs to; for another owner it does not open.
        room: how long all are before they are closed.
        fill: the byte that fills the rest.

    Raises:
        ValueError: where it does not fit into the room.

    """
    if len(plain) > room:
        raise ValueError(f"what is sealed takes at most {room} bytes, got {len(plain)}")
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(room, fill), owner_id.bytes)


def unseal(sealed: bytes, *, key: bytes, owner_id: UUID) -> bytes:
    """What was closed, with what fills it up.

    Raises:
        UnreadableError: where it was changed, or belongs to another owner.

    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], owner_id.bytes)
    except InvalidTag as wrong:
        raise UnreadableError(f"a sealed text of {len(sealed)} bytes does not open") from wrong
