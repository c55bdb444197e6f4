"""What steps ask for that is then added to “How we work”."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what somebody could answer."""

    name: str
    label: Message
    example: Message


AGREED: Mapping[str, tuple[Question, ...]] = {
    "sharing": (
        Question("what", _("What is shared"), _("Like “monthly counts by age group”.")),
        Question("law", _("Under which law or agreement"), _("Like “summary data, chapter 13”.")),
        Question("seen_by", _("Who sees it"), _("Like “the evaluator, nobody else”.")),
        Question("kept", _("How long it is kept"), _("Like “deleted after three years”.")),
    ),
    "decides": (
        Question("alone", _("Decided alone"), _("Like “the agenda: the facilitator”.")),
        Question(
            "consulting",
            _("Decided after consulting others"),
            _("Like “the form: the county, after asking the shelters”."),
        ),
        Question("together", _("Needs all of us"), _("Like “a new partner”.")),
    ),
    "doubt": (
        Question(
            "doubt",
            _("In doubt"),
            _("Like “act, tell the others the same day, bring it to the next meeting”."),
        ),
    ),
    "disagreements": (
        Question("first", _("When we disagree"), _("Like “first between the two, then all”.")),
        Question(
            "heard",
            _("How those with the least power are heard"),
            _("Like “residents are paid for meetings, and speak first”."),
        ),
    ),
    "role": (
        Question("role", _("Role"), _("Like “coordinator”.")),
        Question("holder", _("Who holds it"), _("Like “Office to End Homelessness”.")),
        Question("until", _("Until when"), _("Like “June 2027”.")),
        Question("deputy", _("Deputy"), _("Like “the community foundation”.")),
    ),
}
