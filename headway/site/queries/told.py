"""Parts of a page that are also told on paper: each line with where it comes from."""

from dataclasses import dataclass, replace

from headway.core.charts import Chart
from headway.core.errors import Message
from headway.core.marks import PathMark
from headway.core.tables import TextLink
from headway.initiatives.models import Record
from headway.site.formats.paper import Paper, PaperLine, PaperPart, Picture


@dataclass(frozen=True)
class Told:
    """One line: what it is about, what is so, the record that shows it, and its source."""

    name: Message
    words: str = ""
    href: str = ""
    source: str = ""
    source_href: str = ""


@dataclass(frozen=True)
class Part:
    """A heading with what is told below it; any of it may be empty."""

    key: str
    heading: Message
    lead: str = ""
    lines: tuple[Told, ...] = ()
    more: TextLink | None = None
    path: tuple[PathMark, ...] = ()
    chart: Chart | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is told."""
        return not (self.lead or self.lines or self.path or self.chart)


def sourced(record: Record, name: Message, words: str, href: str) -> Told:
    """A line about a record, with the source that reported it."""
    source = record.source
    return Told(name, words, href, source.title if source else "", source.url if source else "")


def on_paper(parts: tuple[Part, ...], paper: Paper, site: str) -> Paper:
    """The same parts on paper.

    Args:
        parts: what is told.
        paper: with its title and footer.
        site: what stands before an address, like `https://headway.example`.

    """
    return replace(paper, parts=tuple(_part(part, site) for part in parts))


def _part(part: Part, site: str) -> PaperPart:
    marks = tuple(
        PaperLine(str(mark.label), str(mark.state_label), _whole(mark.href, site))
        for mark in part.path
    )
    return PaperPart(
        heading=str(part.heading),
        text=part.lead,
        lines=(*marks, *(_line(line, site) for line in part.lines)),
        picture=_picture(part.chart) if part.chart else None,
    )


def _picture(chart: Chart) -> Picture:
    words = f"{chart.title}. {chart.summary}"
    rows = tuple(tuple(str(cell) for cell in row) for row in chart.table.rows)
    return Picture(str(chart.svg), words, tuple(map(str, chart.table.heads)), rows)


def _line(line: Told, site: str) -> PaperLine:
    return PaperLine(
        name=str(line.name),
        words=line.words,
        address=_whole(line.href, site),
        source=line.source,
        source_address=_whole(line.source_href, site),
    )


def _whole(href: str, site: str) -> str:
    return f"{site}{href}" if href.startswith("/") else href
