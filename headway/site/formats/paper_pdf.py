"""A report or a brief as a PDF that screen readers can follow (PDF/UA)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from headway.site.formats.paper import Paper

PAGE = Path(__file__).with_name("paper.typ")
FONTS = Path(__file__).parents[2] / "core" / "static" / "core" / "vendor" / "fonts"
# Tagged for screen readers. Where a sign is in no font we ship, the standard refuses the file.
STANDARD: Literal["ua-1"] = "ua-1"


def write(paper: Paper) -> bytes:
    """The file's bytes; the words come in as data, so that nothing typed is ever read as layout.

    >>> write(Paper("Heading Home Hennepin"))[:5]
    b'%PDF-'

    """
    import typst  # heavy, and only this file needs it

    data = json.dumps(asdict(paper))
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
