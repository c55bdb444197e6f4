"""Minutes as a PDF that screen readers can follow (PDF/UA)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from headway.forums.formats.minutes import Minutes

PAGE = Path(__file__).with_name("minutes.typ")
FONTS = Path(__file__).parents[2] / "core" / "static" / "core" / "vendor" / "fonts"
# Tagged for screen readers. Where a sign is in no font we ship, the standard refuses the file.
STANDARD: Literal["ua-1"] = "ua-1"


def write(minutes: Minutes) -> bytes:
    """The file's bytes.

    >>> write(Minutes("Shelter group"))[:5]
    b'%PDF-'

    """
    return tagged(PAGE, asdict(minutes))


def tagged(page: Path, data: object) -> bytes:
    """A layout with its words; these come in as data, so that nothing typed is read as layout.

    Args:
        page: the layout, which reads `json(bytes(sys.inputs.data))`.
        data: what it shows; everything that JSON can hold.

    """
    import typst  # heavy, and only this file needs it

    words = json.dumps(data)
    try:
        return _compiled(page, words, STANDARD)
    except typst.TypstError:
        return _compiled(page, words, None)


def _compiled(page: Path, words: str, standard: Literal["ua-1"] | None) -> bytes:
    import typst  # heavy, and only this file needs it

    return typst.compile(
        page,
        format="pdf",
        font_paths=[FONTS],
        sys_inputs={"data": words},
        pdf_standards=standard,
    )
