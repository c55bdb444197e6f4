"""The hand-over pack as a PDF that screen readers can follow (PDF/UA)."""

from collections.abc import Mapping
from pathlib import Path

from headway.forums.formats.pdf import tagged

PAGE = Path(__file__).with_name("hand_over.typ")


def as_pdf(pack: Mapping[str, object]) -> bytes:
    """The pack as it is printed.

    Args:
        pack: title, initiative, label, language, lead, notice, footer, heads, and parts of
            sections of lines, as programs read it.

    """
    return tagged(PAGE, pack)
