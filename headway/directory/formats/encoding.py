"""Bytes of a file as text, whatever program wrote them."""

from dataclasses import dataclass

from headway.directory.formats.problem import Code, Problem

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
BINARIES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"SQLite",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, how it was encoded, and what to know about that."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(raw: bytes) -> Decoded:
    """Read UTF-8, UTF-16 or Windows-1252, telling them apart; says so where it had to guess.

    >>> decode("Café".encode("cp1252")).encoding
    'Windows-1252'

    """
    refused = _refusal(raw)
    if refused is not None:
        return Decoded("", "", (Problem(0, "", refused),))
    encoding = _encoding(raw)
    text = raw.decode(encoding, errors="replace")
    return Decoded(text, NAMES[encoding], _remarks(text, encoding))


def _refusal(raw: bytes) -> Code | None:
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if raw.startswith(WORKBOOKS):
        return "workbook"
    return "binary" if raw.startswith(BINARIES) else None


def _encoding(raw: bytes) -> str:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return encoding
    if _every_other_is_nul(raw[1:2_000:2]):
        return "utf-16-le"
    if _every_other_is_nul(raw[0:2_000:2]):
        return "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _every_other_is_nul(half: bytes) -> bool:
    """Whether these bytes are the upper halves of plain letters."""
    return len(half) > 1 and half.count(0) > len(half) * 0.8


def _remarks(text: str, encoding: str) -> tuple[Problem, ...]:
    remarks: list[Problem] = []
    if not encoding.startswith("utf-8"):
        remarks.append(Problem(0, "", "encoding", NAMES[encoding]))
    if "�" in text:
        line = text[: text.index("�")].count("\n") + 1
        remarks.append(Problem(line, "", "broken_sign"))
    return tuple(remarks)
