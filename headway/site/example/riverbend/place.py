"""The made-up directory of Riverbend: its organisations, its council and who holds which seat."""

from dataclasses import dataclass
from typing import Final

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.directory.actions import (
    OrganisationDetails,
    PersonDetails,
    PostDetails,
    RoleDetails,
    add_membership,
    add_person,
    add_post,
    find_or_add_organisation,
)
from headway.directory.models import Organisation, Post
from headway.site.example.riverbend.clock import Clock
from headway_analysis.partial_date import PartialDate

CITY: Final = "City of Riverbend (illustrative)"
CENTER: Final = "Riverbend Senior Center (illustrative)"
HOSPITAL: Final = "Riverbend General Hospital (illustrative)"
FIRE: Final = "Riverbend Fire Department (illustrative)"
LANDLORDS: Final = "Riverbend Landlords' League (illustrative)"
COLLEGE: Final = "Riverbend College (illustrative)"
COUNCIL: Final = "Riverbend City Council (illustrative)"
SECTORS: Final = {
    CITY: "government",
    CENTER: "nonprofit",
    HOSPITAL: "health",
    FIRE: "government",
    LANDLORDS: "business",
    COLLEGE: "education_research",
    COUNCIL: "government",
}
SEATS: Final = 5
TERM_ENDS: Final = 14
SPONSOR: Final = "Sponsor of the work on falls"


@dataclass(frozen=True)
class Place:
    """Organisations by name, and the council's seats in order."""

    organisations: dict[str, Organisation]
    seats: tuple[Post, ...]

    @classmethod
    def made(cls, by: Actor, authority: Authority, clock: Clock) -> "Place":
        """Put everybody into the directory."""
        organisations = {
            name: find_or_add_organisation(
                by=by,
                authority=authority,
                details=OrganisationDetails(name=name, sector=sector),
            )
            for name, sector in SECTORS.items()
        }
        council = organisations[COUNCIL]
        seats = tuple(
            _seat(by, council, f"Ward {number}", clock, f"Council member {number}", None)
            for number in range(1, SEATS + 1)
        )
        ends = clock.on(TERM_ENDS)
        _seat(by, organisations[CITY], SPONSOR, clock, "The deputy mayor", ends)
        return cls(organisations, seats)


def _seat(
    by: Actor,
    organisation: Organisation,
    label: str,
    clock: Clock,
    name: str,
    ends: PartialDate | None,
) -> Post:
    """A seat with somebody made up in it."""
    post = add_post(by=by, organisation=organisation, details=PostDetails(label=label))
    person = add_person(
        by=by,
        authority=organisation.authority,
        details=PersonDetails(name=f"{name} (illustrative)"),
    )
    details = RoleDetails(role=label, post=post, starts=clock.on(-700), ends=ends)
    add_membership(by=by, person=person, organisation=organisation, details=details)
    return post
