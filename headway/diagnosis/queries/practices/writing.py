"""What each step of a practice writes: who may, and which kinds of record come of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message


@dataclass(frozen=True, slots=True)
class Writes:
    """What a step leaves behind: its word, the permission of its stage, the kinds it makes."""

    label: Message
    permission: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opens:
    """A page of a stage to which a step leads."""

    label: Message
    permission: str
    url_name: str


_AGREED = ("partners.write_agreement", ("agreement",))

WRITES: Mapping[str, Writes] = {
    "groups": Writes(_("People affected"), "problems.write", ("affected_group",)),
    "partners": Writes(_("Partners asked to take part"), "partners.write", ("partner",)),
    "contact": Writes(_("A contact"), "partners.log_contact", ("contact",)),
    "vision": Writes(_("Lines of the vision"), "problems.write", ("vision_line",)),
    "vision_out": Writes(_("What is left to others"), "problems.write", ("vision_line",)),
    "efforts": Writes(_("Earlier efforts"), "problems.write", ("effort",)),
    "lessons": Writes(_("Lessons"), "pilots.learn", ("lesson",)),
    "offers": Writes(_("Offers"), "partners.own", ("offer",)),
    "needs": Writes(_("Needs"), "partners.need", ("need",)),
    "data_needs": Writes(_("Needs"), "partners.need", ("need",)),
    "barriers": Writes(_("What is in the way"), "solutions.propose", ("barrier",)),
    "conversation": Writes(_("A conversation"), "forums.converse", ("conversation",)),
    "facts": Writes(_("Facts"), "problems.write", ("fact",)),
    "stances": Writes(_("What you say to the facts"), "problems.speak", ("fact",)),
    "measure": Writes(_("A measure"), "measures.write", ("measure", "baseline")),
    "sharing": Writes(_("What we share, in “How we work”"), *_AGREED),
    "decides": Writes(_("How we decide, in “How we work”"), *_AGREED),
    "doubt": Writes(_("How we decide, in “How we work”"), *_AGREED),
    "disagreements": Writes(_("What we do when we disagree, in “How we work”"), *_AGREED),
    "role": Writes(_("Who does what, in “How we work”"), *_AGREED),
    "decision": Writes(_("A decision we took"), "solutions.decide", ("outcome",)),
    "promise": Writes(_("A promise"), "commitments.note", ("promise",)),
    "small_win": Writes(_("A promise due within sixty days"), "commitments.note", ("promise",)),
    "report": Writes(_("A report"), "initiatives.record_happening", ("happening",)),
}
OPENS: Mapping[str, Opens] = {
    "conversations": Opens(_("Conversations"), "forums.view", "forums:conversations"),
    "resources": Opens(_("Offers and needs"), "partners.view", "partners:resources"),
    "learning": Opens(_("What we learned"), "pilots.view", "pilots:learning"),
}
