"""A source as pages and table files tell it."""

from headway.core.tables import TextLink
from headway.directory.models import Source


def source_words(source: Source | None) -> str:
    """A source as a table file tells it, its title before its address; empty for none."""
    return f"{source.title} {source.url}".strip() if source else ""


def source_link(source: Source | None) -> TextLink | str:
    """A source as a page tells it, a click away where it has an address; empty for none."""
    if source is None or not source.url:
        return source.title if source else ""
    return TextLink(source.title, source.url)
