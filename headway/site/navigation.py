"""The left side of every page of an initiative: where we stand, and the five areas."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.context import NavigationItem
from headway.core.errors import Message
from headway.core.slots import NavigationPlace
from headway.initiatives.models import Happening


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One of the five areas: its page, what counts as being inside it, and what it holds."""

    key: str
    label: Message
    url_name: str
    inside: tuple[str, ...]
    categories: tuple[str, ...] = ()


AREAS: Final = (
    AreaPage("problem", _("Problem & measures"), "problems:home", ("problem",)),
    AreaPage("people", _("People"), "partners:home", ("people", "members")),
    AreaPage(
        "meetings",
        _("Meetings & conversations"),
        "site:meetings",
        ("meetings", "happenings"),
        (Happening.Category.MEETING, Happening.Category.CONSULTATION),
    ),
    AreaPage(
        "recommendations",
        _("Recommendations"),
        "site:recommendations",
        ("recommendations",),
        (Happening.Category.PROPOSAL, Happening.Category.ACTION, Happening.Category.TEST),
    ),
    AreaPage(
        "decisions",
        _("Decisions"),
        "site:decisions",
        ("decisions",),
        (Happening.Category.REQUEST, Happening.Category.DECISION, Happening.Category.RULE),
    ),
)


def _inside(path: str, slug: str) -> str:
    """The first word of an address below the initiative."""
    _before, _slash, below = path.partition(f"/i/{slug}/")
    return below.partition("/")[0]


def navigation(place: NavigationPlace) -> tuple[NavigationItem, ...]:
    """The entries for one page of an initiative; the one that it belongs to is marked."""
    slug = place.initiative.slug
    here = _inside(place.path, slug)
    stand = reverse("site:where_we_stand", args=[slug])
    return (
        NavigationItem(_("Where we stand"), stand, place.path == stand),
        *(
            NavigationItem(area.label, reverse(area.url_name, args=[slug]), here in area.inside)
            for area in AREAS
        ),
    )
