"""`headway simulate`: an initiative of any size, for tests and measurements."""

import argparse
import sys
import time

from config.command import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much to make."""
    parser.add_argument("--partners", type=int, default=500, metavar="N", help="(%(default)s)")
    parser.add_argument("--events", type=int, default=50_000, metavar="N", help="(%(default)s)")
    for what in ("promises", "comments", "meetings"):
        parser.add_argument(f"--{what}", type=int, default=0, metavar="N", help="(%(default)s)")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="the same seed makes the same (0)"
    )
    parser.add_argument(
        "--convener",
        default="convener@example.org",
        metavar="EMAIL",
        help="who convenes it (%(default)s)",
    )


def report(done: int) -> None:
    """Say how far it is, on one line."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} events …")


def run(options: argparse.Namespace) -> int:
    """Make it and print its address."""
    start_django()
    from django.utils import timezone

    from config.environment import environment
    from config.migrate import first_authority
    from headway.core.errors import RuleError
    from headway.site.simulate import Size, simulate

    started = time.monotonic()
    now = timezone.now()
    try:
        initiative = simulate(
            at=now,
            authority=first_authority(environment().authority, "America/Chicago", now),
            size=Size(
                partners=options.partners,
                events=options.events,
                seed=options.seed,
                promises=options.promises,
                comments=options.comments,
                meetings=options.meetings,
            ),
            convener=options.convener,
            report=report,
        )
    except (RuleError, ValueError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    sys.stderr.write(f"Made in {time.monotonic() - started:.1f} s:\n")
    sys.stdout.write(f"{initiative.get_absolute_url()}\n")
    return 0
