"""`headway analyse`: counts and estimates from a file; needs neither settings nor database."""

import argparse
import importlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from config.analyse.files import RefusedError, Result


class Analysis(Protocol):
    """What the module of one kind of file offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its own arguments."""

    def analyse(self, options: argparse.Namespace) -> Result:
        """Do it."""


@dataclass(frozen=True, slots=True)
class What:
    """One word after `headway analyse`."""

    help: str
    file: str
    module: str

    def analysis(self) -> Analysis:
        """The module that does it."""
        return cast("Analysis", importlib.import_module(self.module))


WHAT = {
    "budget": What("split a budget", "a Pabulib file (.pb, .pb.gz)", "config.analyse.ballots"),
    "ballot": What("count a ballot", "a CSV file, one ballot a row", "config.analyse.ballots"),
    "pilot": What(
        "estimate the effect of a pilot",
        "a CSV file, one observation a row",
        "config.analyse.pilot",
    ),
    "trend": What(
        "tell signal from noise in a measure",
        "a CSV file with date or year, value, and perhaps measure",
        "config.analyse.trend",
    ),
    "wording": What(
        "find words of blame, and what to ask instead", "a text", "config.analyse.wording"
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to analyse, each with its own arguments."""
    words = parser.add_subparsers(dest="what", metavar="|".join(WHAT), required=True)
    for word, what in WHAT.items():
        own = words.add_parser(word, help=what.help, description=what.help)
        own.add_argument("file", type=Path, metavar="FILE", help=what.file)
        what.analysis().add_arguments(own)
        own.add_argument("--json", type=Path, metavar="OUT", help="write the result here, too")


def run(options: argparse.Namespace) -> int:
    """Analyse the file, print the result and write it where asked."""
    try:
        result = WHAT[options.what].analysis().analyse(options)
        if options.json:
            written = json.dumps(result.found, ensure_ascii=False, indent=1, allow_nan=False)
            options.json.write_text(written + "\n", encoding="utf-8")
    except RefusedError as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    except OSError as trouble:
        sys.stderr.write(f"{trouble.filename}: {trouble.strerror}\n")
        return 2
    sys.stdout.write(f"{result.said}\n")
    return 0
