"""`headway manage …`: Django's own command line with this installation's settings."""

import argparse

from config.command import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after the word goes to Django as it is."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND …")


def run(options: argparse.Namespace) -> int:
    """Hand the words on."""
    from django.core.management import execute_from_command_line

    start_django()
    execute_from_command_line(["headway manage", *options.words])
    return 0
