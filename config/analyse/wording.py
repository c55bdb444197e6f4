"""`headway analyse wording`: words of blame in a text, and what to ask instead."""

import argparse
from bisect import bisect_right
from dataclasses import asdict
from typing import TYPE_CHECKING

from config.analyse.files import RefusedError, Result, refuse, text_of
from headway_analysis.ballots.reading import BYTE_MARK, Problem, lines_of, unreadable

if TYPE_CHECKING:
    from headway_analysis.wording import Flag


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose names, and which language."""
    parser.add_argument(
        "--names", metavar="A,B", default="", help="people who took part, to offer a role instead"
    )
    parser.add_argument("--language", metavar="TAG", default="en", help="of the text (%(default)s)")


def analyse(options: argparse.Namespace) -> Result:
    """Check the text. Flags are an offer: they change no exit code.

    Raises:
        RefusedError: where the file is no text, or no rules exist for its language.

    """
    from headway_analysis.wording import check, speaks

    if not speaks(options.language):
        raise RefusedError(f"--language {options.language} has no rules; write --language en")
    text = text_of(options.file).removeprefix(BYTE_MARK)
    lines = enumerate(lines_of(text), start=1)
    refuse(options.file, [Problem(at, wrong) for at, line in lines if (wrong := unreadable(line))])
    names = [name.strip() for name in options.names.split(",") if name.strip()]
    flags = check(text, names, language=options.language)
    starts = [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]
    found = [{"line": bisect_right(starts, flag.start), **asdict(flag)} for flag in flags]
    return Result({"flags": found}, said(flags, [each["line"] for each in found]))


def said(flags: "tuple[Flag, ...]", lines: list[int]) -> str:
    """The flags in words."""
    named = [
        f"line {line}: “{flag.words}” ({flag.kind.replace('_', ' ')}): {flag.question}"
        for line, flag in zip(lines, flags, strict=True)
    ]
    return "\n".join(named) or "Nothing to ask about."
