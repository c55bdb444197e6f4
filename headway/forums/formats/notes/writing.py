"""Lines back to plain text that reads the same, with owner and date in brackets where needed."""

from collections.abc import Iterable

from headway.forums.formats.notes.accepted import brackets
from headway.forums.formats.notes.records import Kind, NoteLine, Roster

MARKERS: dict[Kind, str] = {
    "will_do": "Will do",
    "decided": "Decided",
    "idea": "Idea",
    "in_the_way": "In the way",
    "fact": "Fact",
}


def write(lines: Iterable[NoteLine], *, roster: Roster) -> str:
    """The notes with every record as it was understood or corrected, and notes as they stand.

    Reading it again gives the same kinds, words, owners and dates, all of them sure.
    """
    return "".join(f"{_written(line, roster)}\n" for line in lines)


def _written(line: NoteLine, roster: Roster) -> str:
    if not line.is_record:
        return line.source
    marker = MARKERS[line.kind.value]
    told = brackets(line.owners.value, line.due.value, roster)
    return f"{line.prefix}{marker}: {line.what} {told}"
