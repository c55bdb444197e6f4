"""`headway mail`: takes one mail from standard input, as a mail server's pipe hands it over."""

import argparse
import logging
import sys
from datetime import UTC, datetime

from config.command import start_django

# What a mail server understands as: keep it and try again later.
TRY_LATER = 75


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: the mail itself says what it answers."""


def run(_options: argparse.Namespace) -> int:
    """Take the mail and answer 0, or 75 so that the mail server keeps it and tries again."""
    raw = sys.stdin.buffer.read()
    start_django()
    from headway.core.errors import without_words
    from headway.notices.actions import take_mail

    try:
        taken = take_mail(raw=raw, now=datetime.now(UTC))
    except Exception as trouble:  # noqa: BLE001  # the mail must not be lost, whatever it is
        words = without_words(trouble)
        logging.getLogger("headway.mail").error("A mail could not be taken: %s", words)  # noqa: TRY400  # the traceback may name a person
        return TRY_LATER
    sys.stdout.write(f"{taken.get_fate_display()}\n")
    return 0
