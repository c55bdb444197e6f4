"""Fetches replies from a mailbox over IMAP; a mail is marked as seen once it was taken."""

import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from headway.core.errors import Attempt, without_words
from headway.notices.actions.incoming import take_mail

log = logging.getLogger("headway.mail")
MOST_AT_ONCE: Final = 200
SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where replies wait: imaps://user:password@mail.county.example/INBOX."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    safe: bool

    @classmethod
    def from_url(cls, url: str) -> "Mailbox":
        """A mailbox as the setting names it.

        Raises:
            ValueError: where it is no such address.

        """
        parts = urlsplit(url)
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
            raise ValueError("must be like imaps://user:password@mail.county.example/INBOX")
        safe = parts.scheme == "imaps"
        return cls(
            host=parts.hostname,
            port=parts.port or (993 if safe else 143),
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            safe=safe,
        )


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    """The mailbox, signed in and with its folder chosen.

    Raises:
        OSError: where the server does not answer.
        imaplib.IMAP4.error: where it refuses.

    """
    kind = imaplib.IMAP4_SSL if mailbox.safe else imaplib.IMAP4
    server = kind(mailbox.host, mailbox.port, timeout=SECONDS)
    try:
        server.login(mailbox.user, mailbox.password)
        answer, _data = server.select(f'"{mailbox.folder}"')
        if answer != "OK":
            raise imaplib.IMAP4.error("there is no such folder")
        yield server
    finally:
        server.logout()


def fetch_mail(*, url: str, now: datetime) -> int:
    """Take every mail that nobody has seen; answers how many. Nothing to do without a mailbox.

    A server that does not answer is asked again the next time; the log says so.
    """
    if not url:
        return 0
    try:
        with opened(Mailbox.from_url(url)) as server:
            return sum(_take(server, uid, now) for uid in _waiting(server))
    except (OSError, ValueError, imaplib.IMAP4.error) as trouble:
        log.warning("The mailbox could not be read: %s", without_words(trouble))
        return 0


def _waiting(server: imaplib.IMAP4) -> list[str]:
    """The mails of this turn: first what was not tried before, so that nothing blocks the rest."""
    fresh = _found(server, "UNSEEN", "UNFLAGGED")
    return [*fresh, *_found(server, "UNSEEN", "FLAGGED")][:MOST_AT_ONCE]


def _found(server: imaplib.IMAP4, *which: str) -> list[str]:
    _answer, found = server.uid("SEARCH", *which)
    return [uid.decode() for uid in (found[0] or b"").split()]


def _take(server: imaplib.IMAP4, uid: str, now: datetime) -> bool:
    """Take one mail; one that makes trouble is left unseen, flagged and stops no other."""
    _answer, parts = server.uid("FETCH", uid, "(BODY.PEEK[])")
    raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if raw is None:
        server.uid("STORE", uid, "+FLAGS", r"(\Flagged)")
        return False
    with Attempt() as attempt:
        take_mail(raw=raw, now=now)
    if attempt.trouble:
        words = without_words(attempt.trouble)
        log.warning("A mail in the mailbox could not be taken: %s", words)
    server.uid("STORE", uid, "+FLAGS", r"(\Flagged)" if attempt.trouble else r"(\Seen)")
    return attempt.trouble is None
