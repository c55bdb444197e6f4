"""Everything that groups, meetings and talk can hold, for crawls over every page and form."""

from tests.forums.making_meetings import fill_meetings
from tests.forums.making_talk import fill_talk
from tests.world import World


def fill(world: World) -> None:
    """At least one record of every kind, in every state that has a page of its own."""
    fill_meetings(world)
    fill_talk(world)
