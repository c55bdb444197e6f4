import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from headway.accounts import mail


class Command(BaseCommand):
    """`manage.py deliver_mail`: the loop that hands over outgoing mail."""

    help = "Hand over the mail that is due, every few seconds until stopped, or once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="hand over what is due and end")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between looks")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{mail.deliver(timezone.now())} handed over")
            return
        while True:
            mail.deliver(timezone.now())
            close_old_connections()
            time.sleep(options["every"])
