"""Small pieces of Markdown."""

import inspect
import re
from collections.abc import Iterable, Sequence


def cell(value: object) -> str:
    """A text that fits into one cell of a table; only words of the code keep their `<`."""
    parts = re.split(r"(`[^`]*`)", " ".join(str(value).split()).replace("|", "\\|"))
    plain = [part if part.startswith("`") else part.replace("<", "&lt;") for part in parts]
    return "".join(plain) or "–"


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a short sentence where it would be empty."""
    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    if not lines:
        return "There is none in this version.\n"
    head = f"| {' | '.join(heading)} |\n|{'---|' * len(heading)}\n"
    return head + "\n".join(lines) + "\n"


def code(text: object) -> str:
    """A word of the code; nothing where there is none."""
    return f"`{text}`" if str(text) else ""


def first_line(thing: object) -> str:
    """The first sentence of a docstring."""
    text = inspect.getdoc(thing) or ""
    return " ".join(text.split("\n\n")[0].split())


def section(title: str, body: str, level: int = 2) -> str:
    """A part of a page under its heading."""
    return f"{'#' * level} {title}\n\n{body}"
