"""Words marked for translation where Django must not be imported, as in the permission tables."""


def gettext_noop(text: str) -> str:
    """The text itself; whoever shows it translates it, and `makemessages` finds it here."""
    return text
