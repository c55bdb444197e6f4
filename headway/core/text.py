"""What may be stored as text, the same on every database engine."""

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message

# What a decoder puts in the place of bytes that are no text.
UNREADABLE = "\ufffd"
SHORT, LINE, PARAGRAPH, PAGE = 60, 250, 5_000, 50_000


def text_refusal(value: str, longest: int) -> Message | None:
    """Why a text cannot be stored, or None.

    SQLite keeps NUL characters, unpaired surrogates and over-long text that PostgreSQL refuses;
    both are held to the stricter engine.
    """
    if "\x00" in value:
        return _("Take out the invisible NUL character; typing the text again does it.")
    if UNREADABLE in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        return _("Take out the broken character (half of an emoji, for example) and type it again.")
    if len(value) > longest:
        return _("Shorten this to %(longest)s characters; it has %(length)s.") % {
            "longest": f"{longest:,}",
            "length": f"{len(value):,}",
        }
    return None
