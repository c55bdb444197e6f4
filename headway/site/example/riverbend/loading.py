"""Tells a year of *Riverbend* through the same actions that a person triggers.

Everything in it is made up, and said so on each page. Its days are counted from the day on which
it is loaded; on a later day it stays where it is, and time goes on in it.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority, User
from headway.accounts.models.authority import Visibility
from headway.initiatives.actions import open_initiative
from headway.initiatives.models import Initiative
from headway.site.example.known import opened_before
from headway.site.example.members import people_the_roles
from headway.site.example.riverbend.acting import acting
from headway.site.example.riverbend.asking import Asking
from headway.site.example.riverbend.clock import BEGAN, Clock
from headway.site.example.riverbend.counting import count
from headway.site.example.riverbend.ground import Ground
from headway.site.example.riverbend.place import CENTER, CITY, Place

TITLE: Final = "Riverbend (illustrative): fewer falls at home"


@transaction.atomic
def load_riverbend(*, by: Actor, authority: Authority, users: dict[str, User]) -> Initiative:
    """Load it whole; loaded before, it is answered as it is."""
    known = opened_before(authority, TITLE)
    if known is not None:
        return known
    clock = Clock(by, authority.zone)
    place = Place.made(by, authority, clock)
    began = clock.worker(BEGAN)
    initiative = open_initiative(
        by=began,
        authority=authority,
        owner=place.organisations[CITY],
        title=TITLE,
        summary=_(
            "A city, its hospital, its fire department and people over 75 want fewer falls at"
            " home. Nothing here happened: the place, its people and its figures are made up, so"
            " that everything can be tried."
        ),
        label=_("Illustrative: made up for trying things out. No such place, people or figures."),
        visibility=Visibility.PUBLIC,
    )
    members = people_the_roles(
        by=began,
        initiative=initiative,
        users=users,
        own=place.organisations[CITY],
        partner=place.organisations[CENTER],
    )
    clock = clock.with_members(members)
    ground = Ground.laid(clock, initiative, place)
    measure = count(clock, initiative, place, ground.baseline)
    asking = Asking.done(clock, initiative, place, ground)
    acting(clock, initiative, place, asking, measure)
    return initiative
