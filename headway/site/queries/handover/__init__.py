"""The hand-over pack: what a successor needs, read from the records of every stage."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.dates import weekday_words
from headway.diagnosis.queries.leadership import leadership_page
from headway.initiatives.models import Initiative, Member, RoleGrant
from headway.initiatives.reader import Reader
from headway.site.queries.handover import first, people, work
from headway.site.queries.handover.told import HandOverPage, Line, Place, Section

CONVENER = RoleGrant.Role.CONVENER

__all__ = ["HandOverPage", "Line", "Section", "hand_over_page", "is_led"]


def is_led(initiative: Initiative, today: date) -> bool:
    """Whether anybody who takes part and can sign in holds the role of convener."""
    members = Member.objects.in_initiative(initiative).filter(left_at=None, user__is_active=True)
    held = RoleGrant.objects.filter(member__in=members, role=CONVENER)
    return held.holding(today).exists()


def hand_over_page(initiative: Initiative, reader: Reader) -> HandOverPage:
    """Everything that a successor needs, as far as the reader may see it."""
    place = Place(initiative, reader)
    led = leadership_page(initiative, reader)
    promised = work.open_promises(place)
    members = people.members_of(place)
    promises, called = work.promises(place, promised), first.calls(place, promised)
    then = (*_of_the_work(place), *_of_people(place, members), people.single_holders(led))
    lines = [*first.meetings(place), *first.steps(place), *people.terms_ending(place)]
    dates = first.dates(place, (called, promises, *then), lines)
    slug = [reader.slug]
    return HandOverPage(
        title=_("Hand over"),
        lead=_("What whoever goes on needs to know, read from the records on %s.")
        % weekday_words(reader.today),
        heads=(_("What"), _("Who"), _("When"), _("How it stands")),
        notice="" if _led_on(members, reader.today) else _nobody_leads(initiative),
        members_href=reverse("initiatives:members", args=slug),
        first_heading=_("The first thirty days"),
        first=(
            called,
            *dates,
            promises,
            first.waited_on(led.standing),
            first.moves(led.standing),
        ),
        then_heading=_("Everything else"),
        then=then,
        pdf_href=reverse("site:hand_over_pdf", args=slug),
        json_href=reverse("site:hand_over_json", args=slug),
    )


def _of_the_work(place: Place) -> tuple[Section, ...]:
    return (
        work.decisions(place),
        work.requests(place),
        work.ballots(place),
        work.tests(place),
        work.reviews(place),
        work.measures(place),
    )


def _of_people(place: Place, members: Sequence[Member]) -> tuple[Section, ...]:
    return (
        people.roles(place, members),
        people.deputies(place),
        people.mandates(place, members),
        people.agreement(place),
        people.offers(place),
        people.files(place),
    )


def _led_on(members: Iterable[Member], today: date) -> bool:
    here = (member for member in members if member.user and member.user.is_active)
    grants = (grant for member in here for grant in member.roles.all())
    return any(grant.role == CONVENER and grant.holds(today) for grant in grants)


def _nobody_leads(initiative: Initiative) -> str:
    return (
        _("Nobody leads this initiative. It belongs to %s: give somebody the role of convener.")
        % initiative.owner.canonical.name
    )
