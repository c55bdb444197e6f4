"""The console command `headway`: a table of sub-commands, each a module with `run`."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, cast

from pydantic import ValidationError


class Handler(Protocol):
    """What the module of a sub-command offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the sub-command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and answer the exit code."""


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word after `headway`; its module is imported only when it is called."""

    help: str
    module: str

    def handler(self) -> Handler:
        """The module that does it."""
        return cast("Handler", importlib.import_module(self.module))


SUBCOMMANDS = {
    "serve": Subcommand("start the web server and the background worker", "config.serve"),
    "worker": Subcommand("start one more background worker", "config.worker"),
    "mail": Subcommand("take one mail from standard input, for a mail server", "config.mail"),
    "migrate": Subcommand("make or update the database's tables", "config.migrate"),
    "demo": Subcommand("load the demonstration and print sign-in links", "config.demo"),
    "doctor": Subcommand("check this deployment and say what to mend", "config.doctor"),
    "backup": Subcommand("write everything into one archive", "config.backup"),
    "restore": Subcommand("load an archive into an empty place", "config.restore"),
    "brief": Subcommand("print where an initiative stands, as of any day", "config.brief"),
    "analyse": Subcommand("count, estimate or check what a file holds", "config.analyse"),
    "simulate": Subcommand("make an initiative of any size, for tests", "config.simulate"),
    "manage": Subcommand("run one of Django's own commands", "config.manage"),
}


@contextmanager
def loading() -> Iterator[None]:
    """Load code without looking for garbage, of which there is none; what is loaded then stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def start_django() -> None:
    """Load the settings and the apps; only for sub-commands that need them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with loading():
        import django

        django.setup()


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """A parser that knows every word and the arguments of the chosen one."""
    parser = argparse.ArgumentParser(
        prog="headway",
        description="Runs an installation of Headway. Settings are HEADWAY_* variables.",
        epilog="`headway WORD --help` tells more about one of them.",
    )
    words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
    for word, subcommand in SUBCOMMANDS.items():
        own = words.add_parser(word, help=subcommand.help, description=subcommand.help)
        if word == chosen:
            subcommand.handler().add_arguments(own)
    return parser


def explain(trouble: ValidationError) -> str:
    """Which setting to mend and how."""
    lines = ["These settings do not fit:"]
    for error in trouble.errors():
        name = "HEADWAY_" + "_".join(str(part) for part in error["loc"]).upper()
        lines.append(f"  {name}={error['input']!r}: {error['msg']}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command and answer its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen = words[0] if words and words[0] in SUBCOMMANDS else None
    try:
        options = build_parser(chosen).parse_args(words)
        return SUBCOMMANDS[options.word].handler().run(options)
    except ValidationError as trouble:
        print(explain(trouble), file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
