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
    from headway.core.errors import Attempt, without_words
    from headway.notices.actions import take_mail

    fate = ""
    with Attempt() as attempt:
        fate = take_mail(raw=raw, now=datetime.now(UTC)).get_fate_display()
    if attempt.trouble:
        words = without_words(attempt.trouble)
        logging.getLogger("headway.mail").error("A mail could not be taken: %s", words)
        return TRY_LATER
    sys.stdout.write(f"{fate}\n")
    return 0
