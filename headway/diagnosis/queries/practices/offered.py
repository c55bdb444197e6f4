"""Which practice is offered where a next move needs one."""

from headway.core.tables import TextLink
from headway.diagnosis.queries.practices import HELPS_WITH, practice
from headway.initiatives.pages.detail import if_may
from headway.initiatives.reader import Reader


def practice_for(lever: str, reader: Reader) -> TextLink | None:
    """The practice that helps with a next move, for who may carry it out; else nothing."""
    found = practice(HELPS_WITH.get(lever, ""))
    if found is None:
        return None
    href = if_may(reader, "diagnosis.practise", "diagnosis:practice", found.key)
    return TextLink(found.title, href) if href else None
