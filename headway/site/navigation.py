"""The left side of every page of an initiative: where we stand, and the five areas."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.context import NavigationItem
from headway.core.errors import Message
from headway.core.prepared import Prepared
from headway.core.slots import (
    STAGE_MARKS,
    InitiativePlace,
    NavigationPlace,
    SettingsPlace,
    StageMark,
)
from headway.initiatives import kinds
from headway.initiatives.models import Happening, Record

RECORDED = ("open", _("Recorded"))
NOT_RECORDED = ("not_recorded", _("Not recorded"))


@dataclass(frozen=True, slots=True)
class BelowPage:
    """A page of a later stage that belongs to an area, and who may open it."""

    label: Message
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One of the five areas: its page, what counts as being inside it, and what it holds."""

    key: str
    label: Message
    url_name: str
    inside: tuple[str, ...]
    categories: tuple[str, ...] = ()
    below: tuple["BelowPage", ...] = ()

    def holds(self) -> list[str]:
        """The kinds of record, or of things that happened, that belong here."""
        return [*self.categories, *kinds.in_area(self.key)]


AREAS: Final = (
    AreaPage(
        "problem",
        _("Problem & measures"),
        "problems:home",
        ("problem", "measures"),
        (),
        (BelowPage(_("Measures"), "measures:home", "measures.view"),),
    ),
    AreaPage(
        "people",
        _("People"),
        "partners:home",
        ("people", "members", "hand-over"),
        (),
        (BelowPage(_("Hand over"), "site:hand_over", "site.hand_over"),),
    ),
    AreaPage(
        "meetings",
        _("Meetings & conversations"),
        "site:meetings",
        ("meetings", "next-meeting", "happenings", "forums", "phases", "minutes", "conversations"),
        (Happening.Category.MEETING, Happening.Category.CONSULTATION),
    ),
    AreaPage(
        "recommendations",
        _("Recommendations"),
        "solutions:home",
        ("recommendations", "tests", "learning"),
        (Happening.Category.PROPOSAL, Happening.Category.ACTION, Happening.Category.TEST),
        (
            BelowPage(_("Small tests and pilots"), "pilots:home", "pilots.view"),
            BelowPage(_("What we learned"), "pilots:learning", "pilots.view"),
        ),
    ),
    AreaPage(
        "decisions",
        _("Decisions"),
        "arenas:home",
        ("decisions", "promises"),
        (Happening.Category.REQUEST, Happening.Category.DECISION, Happening.Category.RULE),
        (BelowPage(_("Promises"), "commitments:home", "commitments.view"),),
    ),
)

STAND: Final = (
    BelowPage(_("Report"), "site:report", "site.report"),
    BelowPage(_("Leadership"), "diagnosis:leadership", "diagnosis.view"),
)
ABOUT_ALL = ("", "report", "leadership", "practices", "activities")


def _inside(path: str, slug: str) -> str:
    """The first word of an address below the initiative."""
    _before, _slash, below = path.partition(f"/i/{slug}/")
    return below.partition("/")[0]


@Prepared
def _named(initiative_id: UUID, *readers: str) -> QuerySet[Record, tuple[str]]:
    records = Record.objects.filter(initiative=initiative_id).live()
    seen = records.visible_to(readers).exclude(kind=Happening.RECORD_KIND)
    happened = Happening.objects.filter(record__initiative=initiative_id).live()
    categories = happened.visible_to(readers).order_by().values_list("category")
    return seen.order_by().values_list("kind").union(categories)


def _recorded(place: InitiativePlace) -> set[str]:
    """The kinds of record, and of things that happened, that the reader may see. One query."""
    return {name for (name,) in _named(place.initiative_id, *sorted(place.visibilities))}


def stage_marks(place: InitiativePlace) -> tuple[StageMark, ...]:
    """The small mark beside each area: under way, or nothing recorded yet."""
    recorded = _recorded(place)
    return tuple(
        StageMark(
            area.key,
            *(NOT_RECORDED if recorded.isdisjoint(area.holds()) else RECORDED),
        )
        for area in AREAS
    )


def navigation(place: NavigationPlace) -> tuple[NavigationItem, ...]:
    """The entries for one page of an initiative; the one that it belongs to is marked."""
    slug = place.initiative.slug
    here = _inside(place.path, slug)
    stand = reverse("site:where_we_stand", args=[slug])
    marks = {mark.area: mark for mark in STAGE_MARKS.ask(place.initiative)}
    return (
        NavigationItem(
            _("Where we stand"),
            stand,
            here in ABOUT_ALL,
            below=_below(STAND, place) if here in ABOUT_ALL else (),
        ),
        *(
            NavigationItem(
                area.label,
                reverse(area.url_name, args=[slug]),
                here in area.inside,
                marks[area.key].state,
                marks[area.key].words,
                _below(area.below, place) if here in area.inside else (),
            )
            for area in AREAS
        ),
    )


def _below(pages: tuple[BelowPage, ...], place: NavigationPlace) -> tuple[NavigationItem, ...]:
    """The further pages of where one is, as far as one may open them."""
    found = []
    for page in pages:
        if place.may(page.permission):
            href = reverse(page.url_name, args=[place.initiative.slug])
            found.append(NavigationItem(page.label, href, place.path.startswith(href)))
    return tuple(found)


def settings_places(_nothing: None) -> tuple[SettingsPlace, ...]:
    """The settings of an authority that later stages add."""
    label = _("Election windows")
    return (SettingsPlace("arenas.election_windows", "arenas:windows", label),)
