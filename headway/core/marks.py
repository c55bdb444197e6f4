"""The states and sectors that pages show by shape and word, never by color alone."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message


@dataclass(frozen=True)
class StateLook:
    """How a state is drawn, which tone it has, and its word where the page has no better one."""

    shape: str
    tone: str
    word: Message


NEUTRAL = StateLook("dotted", "quiet", _("Not recorded"))
STATES: dict[str, StateLook] = {
    "met": StateLook("check", "action", _("Met")),
    "worse": StateLook("triangle", "attention", _("Worse than at the start")),
    "not_met": StateLook("ring", "quiet", _("Not met yet")),
    "under_way": StateLook("half", "talk", _("Under way")),
    "waiting_on": StateLook("clock", "attention", _("Waiting on")),
    "not_needed": StateLook("dash", "quiet", _("Not needed")),
    "not_recorded": NEUTRAL,
    "open": StateLook("ring", "talk", _("Open")),
    "planned": StateLook("ring", "talk", _("Planned")),
    "draft": StateLook("ring", "quiet", _("Draft")),
    "kept": StateLook("check", "action", _("Kept")),
    "adopted": StateLook("check", "action", _("Adopted")),
    "done": StateLook("check", "action", _("Done")),
    "late": StateLook("triangle", "attention", _("Late")),
    "disputed": StateLook("triangle", "attention", _("Disputed")),
    "not_going_ahead": StateLook("cross", "attention", _("Not going ahead")),
    "withdrawn": StateLook("cross", "quiet", _("Withdrawn")),
    "ended": StateLook("dash", "quiet", _("Ended")),
    "reported": StateLook("quote", "quiet", _("Reported, not confirmed here")),
}


@dataclass(frozen=True)
class SectorLook:
    """The color (Okabe and Ito's, safe for color-blind readers) and marker shape of a sector."""

    color: str
    shape: str


SECTORS: dict[str, SectorLook] = {
    "government": SectorLook("#0072b2", "square"),
    "business": SectorLook("#e69f00", "diamond"),
    "nonprofit": SectorLook("#009e73", "circle"),
    "philanthropy": SectorLook("#cc79a7", "triangle-up"),
    "faith": SectorLook("#56b4e9", "cross"),
    "education": SectorLook("#f0e442", "triangle-down"),
    "education_research": SectorLook("#f0e442", "triangle-down"),
    "health": SectorLook("#d55e00", "triangle-right"),
    "residents": SectorLook("#000000", "triangle-left"),
    "cross_sector": SectorLook("#8a8f94", "bars"),
}


@dataclass(frozen=True)
class PathMark:
    """One of the joined marks of the path: a condition, its state and how much evidence it has."""

    label: Message
    state: str
    count: int | None = None
    href: str = ""
    state_label: Message = ""


@dataclass(frozen=True)
class Tab:
    """One section of a page that has several."""

    label: Message
    href: str
    current: bool = False


@dataclass(frozen=True)
class Term:
    """A name and what it stands for, in a list of descriptions."""

    name: Message
    value: object
    href: str = ""


@dataclass(frozen=True)
class Moment:
    """One thing that happened, in a list by time; `when` is a date or the words it was said in."""

    when: object
    title: Message
    text: Message = ""
    href: str = ""
    who: str = ""


@dataclass(frozen=True)
class Source:
    """Where a fact comes from; empty `href` for what is on paper."""

    title: str
    href: str = ""
    place: str = ""
    confirmed: bool = True
