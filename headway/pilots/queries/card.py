"""What the card of a pilot lacks before it may start."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.pilots.models import Pilot


@dataclass(frozen=True, slots=True)
class Lacking:
    """One part of the card that is not filled in, and what to write there."""

    field: str
    words: Message


WANTED: Final[tuple[tuple[str, Message], ...]] = (
    ("hypothesis", gettext_lazy("Say what you think happens, and why.")),
    ("affected", gettext_lazy("Say who is affected.")),
    ("consent", gettext_lazy("Say how those affected consent.")),
    ("measure", gettext_lazy("Say what is measured.")),
    ("better", gettext_lazy("Choose which way is better.")),
    ("baseline", gettext_lazy("Say what the starting point is.")),
    ("design", gettext_lazy("Choose how it is compared.")),
    ("comparison", gettext_lazy("Say with whom it is compared.")),
    ("minimum_effect", gettext_lazy("Enter the smallest difference that is worth it.")),
    ("stop_for_harm", gettext_lazy("Say when you stop for harm.")),
    ("stop_for_cost", gettext_lazy("Say when you stop for cost.")),
    ("stop_for_futility", gettext_lazy("Say when you stop because it leads nowhere.")),
    ("ends_on", gettext_lazy("Enter the day on which it ends.")),
)


def missing(pilot: Pilot, *, predicted: bool) -> tuple[Lacking, ...]:
    """The parts of the card that a pilot needs before it starts, in the order of the card.

    Args:
        pilot: the pilot whose card is looked at.
        predicted: whether a team has said what it expects.

    """
    lacking = [Lacking(field, words) for field, words in WANTED if not getattr(pilot, field)]
    if pilot.decider_id is None and pilot.decider_post_id is None:
        lacking.append(Lacking("decider", _("Name who decides at the end.")))
    if not predicted:
        lacking.append(Lacking("predictions", _("Let at least one team say what it expects.")))
    return tuple(lacking)
