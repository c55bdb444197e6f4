"""`headway migrate`: the tables, the cache's table, the first authority and administrator."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from config.command import start_django

if TYPE_CHECKING:
    from headway.accounts.models import Authority


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name the first authority and who administers it."""
    parser.add_argument(
        "--authority", metavar="NAME", help="name of the first authority, where there is none yet"
    )
    parser.add_argument(
        "--zone", default="America/Chicago", help="time zone of the first authority (%(default)s)"
    )
    parser.add_argument(
        "--administrator", metavar="EMAIL", help="who administers it; signs in by a code in a mail"
    )


def make_tables() -> None:
    """Bring the database to what the code expects."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def first_authority(name: str, zone: str, at: datetime) -> "Authority":
    """The authority that answers to every host, made where there is none at all."""
    from headway.accounts.actions import make_authority
    from headway.accounts.models import Authority

    found = Authority.objects.order_by("host_name").first()
    return found or make_authority(at=at, name=name, zone=zone)


def make_administrator(authority: "Authority", email: str, at: datetime) -> None:
    """Give somebody the role of administrator, unless they hold it."""
    from headway.accounts.actions import grant_role, make_person
    from headway.accounts.actor import Actor
    from headway.accounts.models import AuthorityRole

    by, today = Actor(kind="worker", at=at), at.astimezone(ZoneInfo(authority.zone)).date()
    role = AuthorityRole.Role.ADMINISTRATOR
    user = make_person(by=by, authority=authority, email=email)
    held = AuthorityRole.objects.in_authority(authority).filter(user=user, role=role)
    if not held.holding(today).exists():
        grant_role(by=by, authority=authority, email=email, role=role, starts_on=today)


def run(options: argparse.Namespace) -> int:
    """Make what is missing; safe to run again."""
    start_django()
    from django.utils import timezone

    from config.environment import environment
    from headway.core.errors import RuleError

    make_tables()
    name = options.authority or environment().authority
    try:
        authority = first_authority(name, options.zone, timezone.now())
        if options.administrator:
            make_administrator(authority, options.administrator, timezone.now())
    except RuleError as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    sys.stderr.write("The database is up to date.\n")
    return 0
