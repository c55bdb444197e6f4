"""What the minutes of a meeting say on paper, whatever the file: plain words, in order."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table on paper."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it: text, a numbered list, a table; any may be empty."""

    heading: str
    text: str = ""
    items: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes as they go on paper.

    Attributes:
        title: what the meeting is called.
        language: of the words, like `en`.
        facts: name and value, like "When" and "Friday, March 27, 2026".
        sections: agenda, who was there, what was said.
        footer: where the record stands and as of when it was printed.

    """

    title: str
    language: str = "en"
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = field(default_factory=tuple)
    footer: str = ""
