"""The hand-over pack as plain values, for programs and for paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from headway.site.queries.handover.told import HandOverPage, Line, Section


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file says beside the pack itself.

    Attributes:
        initiative: what it is called.
        label: what it is marked as, like "Illustrative"; empty as a rule.
        language: of the words, like `en`.
        footer: where it stands and as of when it was made.
        root: before the addresses of records, like `https://headway.example`.

    """

    initiative: str
    label: str
    language: str
    footer: str
    root: str


def as_data(page: HandOverPage, paper: Paper) -> dict[str, object]:
    """The pack in values that JSON can hold; dates are ISO, addresses whole."""
    return {
        "title": page.title,
        "initiative": paper.initiative,
        "label": paper.label,
        "language": paper.language,
        "lead": page.lead,
        "notice": page.notice,
        "footer": paper.footer,
        "heads": [str(head) for head in page.heads],
        "parts": [
            {"heading": heading, "sections": [_section(each, paper) for each in sections]}
            for heading, sections in (
                (page.first_heading, page.first),
                (page.then_heading, page.then),
            )
        ],
    }


def _section(section: Section, paper: Paper) -> dict[str, object]:
    return {
        "key": section.key,
        "heading": str(section.heading),
        "lead": str(section.lead),
        "empty": str(section.empty),
        "lines": [dict(_line(line, paper)) for line in section.lines],
    }


def _line(line: Line, paper: Paper) -> Iterator[tuple[str, object]]:
    yield "what", line.what
    yield "href", f"{paper.root}{line.href}" if line.href else ""
    yield "who", line.who
    yield "when", line.when
    yield "day", line.day.isoformat() if line.day else None
    yield "state", line.state
    yield "more", list(line.more)
