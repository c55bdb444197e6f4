"""What a report or a brief says on paper: plain words, each line with its addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line with the address of its record and its source; any may be empty."""

    name: str
    words: str = ""
    address: str = ""
    source: str = ""
    source_address: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, what it says in words, and its numbers in a table."""

    svg: str
    words: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A heading with text, lines and a drawing; any may be empty."""

    heading: str
    text: str = ""
    lines: tuple[PaperLine, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A report or a brief.

    Attributes:
        title: what stands at the top.
        kicker: what it is, above the title.
        lead: a sentence below the title.
        label: what everybody has to know first, like "Illustrative"; empty for none.
        language: of the words, like `en`.
        footer: where the record stands and as of when this was printed.
        short: whether it has to fit on one page, so that the letters are small.
        parts: what it says.

    """

    title: str
    kicker: str = ""
    lead: str = ""
    label: str = ""
    language: str = "en"
    footer: str = ""
    short: bool = False
    parts: tuple[PaperPart, ...] = ()
