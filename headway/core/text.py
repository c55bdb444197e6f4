"""What may be stored as text, the same on every database engine."""

import re

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message

# Half of a pair, and what a decoder puts in the place of bytes that are no text.
BROKEN = re.compile("[\ud800-\udfff\ufffd]")
SHORT, LINE, PARAGRAPH, PAGE = 60, 250, 5_000, 50_000


def text_refusal(value: str, longest: int) -> Message | None:
    """Why a text cannot be stored, or None.

    SQLite keeps NUL characters, unpaired surrogates and over-long text that PostgreSQL refuses;
    both are held to the stricter engine.
    """
    if "\x00" in value:
        return _("Take out the invisible NUL character; typing the text again does it.")
    if not value.isascii() and BROKEN.search(value):
        return _("Take out the broken character (half of an emoji, for example) and type it again.")
    if len(value) > longest:
        return _("Shorten this to %(longest)s characters; it has %(length)s.") % {
            "longest": f"{longest:,}",
            "length": f"{len(value):,}",
        }
    return None
