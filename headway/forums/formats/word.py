"""Minutes as a Word file, with real headings, lists and table heads for screen readers."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from headway.forums.formats.minutes import Minutes, Section

if TYPE_CHECKING:
    from docx.document import Document


# They belong to no character, and no XML file may hold them.
NO_XML = "\ufffe\uffff"


def write(minutes: Minutes) -> bytes:
    """The file's bytes.

    >>> write(Minutes("Shelter group"))[:2]
    b'PK'

    """
    # Heavy, and only this file needs it.
    from docx import Document as new_document  # noqa: N813  # a function, called once

    document = new_document()
    document.core_properties.title = printable(minutes.title)
    document.core_properties.language = minutes.language
    document.core_properties.author = ""
    document.styles["Normal"].font.name = "Public Sans"
    document.add_heading(printable(minutes.title), level=1)
    for name, value in minutes.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{printable(name)}: ").bold = True
        paragraph.add_run(printable(value))
    for section in minutes.sections:
        _add(document, section)
    document.sections[0].footer.paragraphs[0].text = printable(minutes.footer)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def printable(text: str) -> str:
    r"""The text without the signs that XML cannot hold.

    >>> printable("a\x0bb\uffff")
    'ab'

    """
    return "".join(sign for sign in text if sign in "\n\t" or (sign >= " " and sign not in NO_XML))


def _add(document: "Document", section: Section) -> None:
    document.add_heading(printable(section.heading), level=2)
    for block in section.text.split("\n\n") if section.text else ():
        document.add_paragraph(printable(block))
    for item in section.items:
        document.add_paragraph(printable(item), style="List Number")
    if section.rows:
        _add_table(document, section)


def _add_table(document: "Document", section: Section) -> None:
    from docx.oxml.parser import OxmlElement  # heavy, and only here

    table = document.add_table(rows=1, cols=len(section.columns), style="Table Grid")
    _fill(table.rows[0].cells, section.columns, bold=True)
    # Word repeats this row on every page, and readers announce it as the heading.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in section.rows:
        _fill(table.add_row().cells, row.cells)


def _fill(cells: Any, words: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text in zip(cells, words, strict=True):
        cell.paragraphs[0].add_run(printable(text)).bold = bold
