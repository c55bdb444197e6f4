"""Seventeen practices of cross-sector work, in four stages of a collaboration.

The list was inspired by the Intersector Toolkit of the Intersector Project, which has seventeen
tools in four stages; names, texts and steps here are Headway's own.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.diagnosis.queries.practices.agreeing import AGREEING
from headway.diagnosis.queries.practices.carrying import CARRYING
from headway.diagnosis.queries.practices.leading import LEADING
from headway.diagnosis.queries.practices.shape import Practice, PracticeStep
from headway.diagnosis.queries.practices.together import TOGETHER

PRACTICES: tuple[Practice, ...] = (*TOGETHER, *AGREEING, *LEADING, *CARRYING)
STAGES: Mapping[str, Message] = {
    "together": _("Come together"),
    "agreeing": _("Agree on the work"),
    "leading": _("Lead together"),
    "carrying": _("Carry it through"),
}
INSPIRED_BY = "The Intersector Project, Intersector Toolkit: Tools for Cross-Sector Collaboration"
# Which practice helps with a next move.
HELPS_WITH: Mapping[str, str] = {
    "shared_facts": "fact-base",
    "small_win": "small-win",
    "sponsor": "sponsor",
    "owner": "coordinator",
    "implementer": "expectations",
    "resources": "resources",
    "small_test": "judge",
    "report_back": "story",
}


def practice(key: str) -> Practice | None:
    """A practice by its key."""
    return next((each for each in PRACTICES if each.key == key), None)


__all__ = [
    "HELPS_WITH",
    "INSPIRED_BY",
    "PRACTICES",
    "STAGES",
    "Practice",
    "PracticeStep",
    "practice",
]
