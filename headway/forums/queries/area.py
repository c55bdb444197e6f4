"""The meeting that was held last, from which the next one is prepared."""

from headway.forums.models import Meeting
from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader


def last_meeting(initiative: Initiative, reader: Reader) -> Meeting | None:
    """The meeting that was held last."""
    found = Meeting.objects.in_initiative(initiative).live().visible_to(reader.readers)
    held = found.filter(state=Meeting.State.HELD).newest_first()
    return held.select_related("record__initiative", "forum__record").first()
