"""Every command: the words after `headway` and after `make`."""

import argparse
import re
from collections.abc import Iterable

from config.command import SUBCOMMANDS, Subcommand
from config.environment import PROJECT
from docs.tables.markdown import code, section, table


def make_targets() -> dict[str, str]:
    """What `make help` lists: name and sentence."""
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z-]+):.*?## (.*)$", text))


def make() -> str:
    """The table of `make` targets."""
    rows = [(code(f"make {name}"), words) for name, words in make_targets().items()]
    return table(("Command", "Does"), rows)


def _own_arguments(command: Subcommand) -> list[argparse.Action]:
    parser = argparse.ArgumentParser(add_help=False)
    command.handler().add_arguments(parser)
    return parser._actions


def _told(arguments: Iterable[argparse.Action]) -> str:
    rows = [(_words(each), _meaning(each)) for each in arguments if each.dest != "help"]
    return table(("Argument", "Meaning"), rows) if rows else ""


def _words(argument: argparse.Action) -> str:
    name = ", ".join(argument.option_strings) or str(argument.metavar or argument.dest)
    value = "" if argument.nargs == 0 or not argument.option_strings else _value(argument)
    return code(f"{name} {value}".strip())


def _value(argument: argparse.Action) -> str:
    if argument.choices is not None:
        return "|".join(map(str, argument.choices))
    return str(argument.metavar or argument.dest.upper())


def _meaning(argument: argparse.Action) -> str:
    words = (argument.help or "").replace("%(default)s", str(argument.default))
    return f"{words[1:-1]} without it" if words.startswith("(") else words


def _section(name: str, command: Subcommand) -> str:
    own = _own_arguments(command)
    further = [each for each in own if isinstance(each, argparse._SubParsersAction)]
    body = f"To {command.help}.\n"
    told = _told(each for each in own if each not in further)
    body += f"\n{told}" if told else ""
    for words in further:
        for word, parser in words.choices.items():
            body += f"\n{code(f'headway {name} {word}')}: to {parser.description}.\n"
            body += f"\n{_told(parser._actions)}"
    return section(f"headway {name}", body, level=3)


def headway() -> str:
    """One part for each word after `headway`, with its arguments."""
    return "\n".join(_section(name, command) for name, command in SUBCOMMANDS.items())
