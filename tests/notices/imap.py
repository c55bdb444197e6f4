"""A mail server on loopback that speaks just enough IMAP to be asked for unseen mails."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

GIVEN = "secret"


class Server(socketserver.ThreadingTCPServer):
    """Keeps mails and which of them were seen."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, mails: list[bytes], accepts: str = GIVEN) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mails, self.accepts = mails, accepts
        self.seen, self.flagged = set[int](), set[int]()

    @property
    def url(self) -> str:
        """The mailbox as the setting names it."""
        return f"imap://replies:secret@127.0.0.1:{self.server_address[1]}/INBOX"


class Handler(socketserver.StreamRequestHandler):
    """One connection."""

    server: Server

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _space, words = line.strip().partition(b" ")
            well = self.answer(words.decode())
            self.say(tag + (b" OK done" if well else b" NO refused"))
            if words.upper().startswith(b"LOGOUT"):
                return

    def answer(self, words: str) -> bool:
        command = words.upper()
        if command.startswith("CAPABILITY"):
            self.say(b"* CAPABILITY IMAP4rev1")
        elif command.startswith("LOGIN"):
            return self.server.accepts in words
        elif command.startswith("SELECT"):
            self.say(b"* %d EXISTS" % len(self.server.mails))
        elif command.startswith("UID SEARCH"):
            every = range(1, len(self.server.mails) + 1)
            unseen = [
                n
                for n in every
                if n not in self.server.seen
                and (n in self.server.flagged) != ("UNFLAGGED" in command)
            ]
            self.say(b"* SEARCH " + " ".join(map(str, unseen)).encode())
        elif fetched := re.match(r"UID FETCH (\d+)", command):
            raw = self.server.mails[int(fetched[1]) - 1]
            self.say(
                b"* %d FETCH (UID %d BODY[] {%d}" % (int(fetched[1]), int(fetched[1]), len(raw))
            )
            self.wfile.write(raw + b")\r\n")
        elif stored := re.match(r"UID STORE (\d+)", command):
            flags = self.server.flagged if "FLAGGED" in command else self.server.seen
            flags.add(int(stored[1]))
        return True


@contextmanager
def mailbox(*mails: bytes, accepts: str = GIVEN) -> Iterator[Server]:
    """A mailbox with some mails, for as long as a block runs."""
    with Server(list(mails), accepts) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)
