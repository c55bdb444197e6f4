"""How values stand in the cells of a spreadsheet."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

UNESCAPED_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]]+@[^\s@<>\"',;:\\()\[\]]+\.[^\s@<>\"',;:\\()\[\].]+")
# Three groups of digits as a United States social-security number is written.
SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
URL_AT_END = re.compile(r"^(.*?)[\s,;]*(https?://\S+)$", re.DOTALL)


def joined(values: Iterable[str]) -> str:
    r"""Several values in one cell, with bars between them.

    >>> joined(["a|b", "c"])
    'a\\|b|c'

    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split(cell: str) -> tuple[str, ...]:
    r"""The values of one cell; line ends part them as well.

    >>> split("a\\|b| c ")
    ('a|b', 'c')

    """
    parts = UNESCAPED_BAR.sub("\\1\n", cell).split("\n")
    plain = [re.sub(r"\\([\\|])", r"\1", part).strip() for part in parts]
    return tuple(dict.fromkeys(part for part in plain if part))


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a browser may open without harm."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not text.split()[1:]
    except ValueError:
        return False


def is_email(text: str) -> bool:
    """Whether a text looks like one e-mail address."""
    return len(text) <= 250 and EMAIL.fullmatch(text) is not None


def title_and_address(cell: str) -> tuple[str, str]:
    """A source written as its title with the address behind it.

    >>> title_and_address("Plan (2006) https://example.org/plan")
    ('Plan (2006)', 'https://example.org/plan')

    """
    found = URL_AT_END.match(cell)
    if found is None:
        return cell, ""
    return found[1] or found[2], found[2]
