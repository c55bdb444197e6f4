"""What the card of a pilot lacks before it may start."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.pilots.models import Pilot


@dataclass(frozen=True, slots=True)
class Lacking:
    """One part of the card that is not filled in, and what to write there."""

    field: str
    words: Message


def missing(pilot: Pilot, *, predicted: bool) -> tuple[Lacking, ...]:
    """The parts of the card that a pilot needs before it starts, in the order of the card.

    Args:
        pilot: the pilot whose card is looked at.
        predicted: whether a team has said what it expects.

    """
    wanted: tuple[tuple[str, Message], ...] = (
        ("hypothesis", _("Say what you think happens, and why.")),
        ("affected", _("Say who is affected.")),
        ("consent", _("Say how those affected consent.")),
        ("measure", _("Say what is measured.")),
        ("baseline", _("Say what the starting point is.")),
        ("design", _("Choose how it is compared.")),
        ("comparison", _("Say with whom it is compared.")),
        ("minimum_effect", _("Enter the smallest difference that is worth it.")),
        ("stop_for_harm", _("Say when you stop for harm.")),
        ("stop_for_cost", _("Say when you stop for cost.")),
        ("stop_for_futility", _("Say when you stop because it leads nowhere.")),
        ("ends_on", _("Enter the day on which it ends.")),
    )
    lacking = [Lacking(field, words) for field, words in wanted if not getattr(pilot, field)]
    if pilot.decider_id is None and pilot.decider_post_id is None:
        lacking.append(Lacking("decider", _("Name who decides at the end.")))
    if not predicted:
        lacking.append(Lacking("predictions", _("Let at least one team say what it expects.")))
    return tuple(lacking)
