"""A report or a brief as a PDF that screen readers can follow (PDF/UA)."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from headway.site.formats.paper import Paper

PAGE = Path(__file__).with_name("paper.typ")
FONTS = Path(__file__).parents[2] / "core" / "static" / "core" / "vendor" / "fonts"
# Tagged for screen readers. Where a sign is in no font we ship, the standard refuses the file.
STANDARD: Literal["ua-1"] = "ua-1"
SIZE = 10.5
# What is to fit on one page is set smaller until it does, as far as it can be read.
SHORT_SIZES = (9, 8.5, 8, 7.5)
PAGES = re.compile(rb"/Type\s*/Pages\s*/Count 1\b")


def write(paper: Paper) -> bytes:
    """The file's bytes; the words come in as data, so that nothing typed is ever read as layout.

    >>> write(Paper("Heading Home Hennepin"))[:5]
    b'%PDF-'

    """
    found = b""
    for size in SHORT_SIZES if paper.short else (SIZE,):
        found = _set_in(paper, size)
        if PAGES.search(found) is not None:
            break
    return found


def _set_in(paper: Paper, size: float) -> bytes:
    """The file with its letters in one size, in points."""
    import typst  # heavy, and only this file needs it

    data = json.dumps(asdict(paper) | {"size": size})
    try:
        return _compiled(data, STANDARD)
    except typst.TypstError:
        return _compiled(data, None)


def _compiled(data: str, standard: Literal["ua-1"] | None) -> bytes:
    import typst  # heavy, and only this file needs it

    return typst.compile(
        PAGE,
        format="pdf",
        font_paths=[FONTS],
        sys_inputs={"data": data},
        pdf_standards=standard,
    )
