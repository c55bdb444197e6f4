"""Notes to lines: every line of the text in exactly one of them, whatever it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headway.forums.formats.notes.accepted import Accepted, accepted
from headway.forums.formats.notes.dates import due_in
from headway.forums.formats.notes.markers import (
    SOUNDS_DECIDED,
    Marked,
    heads_section,
    is_heading,
    marked,
)
from headway.forums.formats.notes.names import Names, names_of
from headway.forums.formats.notes.owners import DELIMITER, LEAD_IN, MODAL, owners_in, promised_by
from headway.forums.formats.notes.records import Guess, Kind, Meeting, NoteLine, Owner, Roster
from headway_analysis.partial_date import PartialDate

LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")
INDENTED = re.compile(r"[ \t]+\S")
# Nobody writes an owner or a date that far into a line.
LONGEST = 1_000
DATED = {"will_do", "decided"}
Owners = Guess[tuple[Owner, ...]]
Due = Guess[PartialDate | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of the text that belong together, before they are understood."""

    first: int
    last: int
    start: int
    end: int
    source: str
    read: Marked


@dataclass(frozen=True, slots=True)
class Section:
    """Under which heading a line stands, and whether its list has begun."""

    kind: Kind | None = None
    listed: bool = False


def read(text: str, *, roster: Roster, meeting: Meeting) -> tuple[NoteLine, ...]:
    """Understand the notes of a meeting.

    Args:
        text: the notes as they were typed or pasted.
        roster: whom they may name.
        meeting: from when "next Friday" counts.

    """
    names = names_of(roster)
    return tuple(_understood(piece, names, meeting) for piece in _pieces(text))


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    place = 0
    while place < len(text):
        found = LINE.match(text, place)
        if found is None:
            return
        yield found.start(), found.end(1), found[1]
        place = found.end()


def _pieces(text: str) -> list[Piece]:
    """The lines with their kinds, indented ones joined to the record above."""
    pieces: list[Piece] = []
    section = Section()
    for number, (start, end, line) in enumerate(_lines(text), start=1):
        read = marked(line)
        if pieces and _continues(pieces[-1], line, read):
            pieces[-1] = _joined(pieces[-1], number, end, text, read.text)
            continue
        section, read = _in_section(section, line, read)
        pieces.append(Piece(number, number, start, end, line, read))
    return pieces


def _continues(above: Piece, line: str, read: Marked) -> bool:
    plain = not read.marked and not read.prefix.strip()
    return above.read.marked and plain and INDENTED.match(line) is not None


def _joined(above: Piece, number: int, end: int, text: str, words: str) -> Piece:
    read = above.read
    whole = Marked(read.prefix, read.kind, read.beside, f"{read.text} {words}", marked=True)
    return Piece(above.first, number, above.start, end, text[above.start : end], whole)


def _in_section(section: Section, line: str, read: Marked) -> tuple[Section, Marked]:
    """The section after a line, and the line with the kind that its section gives it."""
    heads = heads_section(line)
    if heads is not None:
        return Section(heads), Marked("", Guess("note"), "", line.strip(), marked=False)
    if not line.strip():
        return (section if section.listed else Section()), read
    if not read.marked and is_heading(line):
        return Section(), read
    bullet = read.prefix.strip() != ""
    if section.kind is None or (section.listed and not bullet):
        return Section(), read
    after = Section(section.kind, section.listed or bullet)
    if read.marked:
        return after, read
    kind: Guess[Kind] = Guess(section.kind, bullet, () if bullet else ("note",))
    return after, Marked(read.prefix, kind, "", read.text, marked=True)


def _understood(piece: Piece, names: Names, meeting: Meeting) -> NoteLine:
    read = piece.read
    text = " ".join(read.text.strip("*_ \t").split()) if read.marked else read.text
    if read.marked and text:
        told = accepted(text, names.roster)
        if told is not None:
            return _line(piece, Guess(read.kind.value), told.what, told)
        return _record(piece, text, names, meeting)
    return _note(piece, read.text, names, meeting)


def _record(piece: Piece, text: str, names: Names, meeting: Meeting) -> NoteLine:
    kind, beside = piece.read.kind, piece.read.beside
    near = text[:LONGEST]
    owners = _owners(kind.value, near, beside, names, meeting)
    due = _due(kind.value, near, beside, meeting)
    if len(text) > LONGEST and kind.value in DATED:
        due = Guess(due.value, sure=False, others=due.others, said=due.said)
    return _line(piece, kind, text, Accepted(_what(text, owners, due), owners, due))


def _owners(kind: Kind, text: str, beside: str, names: Names, meeting: Meeting) -> Owners:
    if beside and names.mentions(beside):
        found = owners_in(f"x ({beside})", names, meeting, part="acts")
        return Guess(found.value, found.sure, found.others, beside)
    if kind == "will_do":
        return owners_in(text, names, meeting, part="acts")
    return owners_in(text, names, meeting, part="decides" if kind == "decided" else "says")


def _due(kind: Kind, text: str, beside: str, meeting: Meeting) -> Due:
    if kind == "will_do":
        near = due_in(f"({beside})", meeting)
        return near if near.said else due_in(text, meeting)
    if kind == "decided":
        return due_in(text, meeting, only_deadlines=True)
    return Guess(None)


def _note(piece: Piece, text: str, names: Names, meeting: Meeting) -> NoteLine:
    """A line without a marker; one that reads like a promise or a decision says so."""
    near = text[:LONGEST]
    plain = Accepted(text, Guess(()), Guess(None))
    promised = promised_by(near, names, meeting)
    if promised is not None:
        due = due_in(near, meeting)
        told = Accepted(_what(text, promised, due), promised, due)
        return _line(piece, Guess("note", sure=False, others=("will_do",)), text, told)
    if SOUNDS_DECIDED.match(near):
        return _line(piece, Guess("note", sure=False, others=("decided",)), text, plain)
    return _line(piece, Guess("note"), text, plain)


def _line(piece: Piece, kind: Guess[Kind], text: str, told: Accepted) -> NoteLine:
    return NoteLine(
        kind=kind,
        text=text,
        what=told.what,
        owners=told.owners,
        due=told.due,
        first=piece.first,
        last=piece.last,
        start=piece.start,
        end=piece.end,
        source=piece.source,
        prefix=piece.read.prefix,
    )


def _what(text: str, owners: Owners, due: Due) -> str:
    """The words without the owner in front and without owner and deadline at the end."""
    what = text
    if owners.value and owners.said:
        what = _without_front(what, owners.said)
        said = re.escape(owners.said)
        what = re.sub(rf"\s*(?:[–—]|--?|@)?\s*[(\[]?{said}[)\]]?[\s.]*$", "", what)
    if due.said:
        said = re.escape(due.said.strip("()[],;–— "))
        what = re.sub(rf"[\s,;–—-]*[(\[]?(?:\bdue:? )?{said}[)\]]?[\s.]*$", "", what)
    return what.strip() or text


def _without_front(text: str, said: str) -> str:
    lead = LEAD_IN.match(text)
    start = lead.end() if lead else 0
    if not text.startswith(said, start):
        return text
    rest = text[start + len(said) :]
    for pattern in (MODAL, DELIMITER, re.compile(r"\s*,")):
        found = pattern.match(rest)
        if found is not None and found.end():
            return rest[found.end() :].strip()
    return rest.strip(" ,")
