"""What somebody says about an organisation or a person, checked before it is kept."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority
from headway.core.errors import Message, Refusals
from headway.core.models import CheckedModel
from headway.core.text import text_refusal
from headway.directory.formats.cells import is_email, is_web_address
from headway.directory.models import Area, Identifier, Organisation, Person
from headway.directory.models.base import search_values, stretch_values
from headway.directory.models.organisation import Sector
from headway_analysis.partial_date import PartialDate

NO_NAME = _("Enter the name, like Hennepin County.")
OTHER_AUTHORITY = _("Choose one from this directory.")


# Columns made from others, which say what is wrong themselves.
DERIVED = {"name_key", "search_text", "key"}


def tidy(text: str) -> str:
    """A name on one line without spare spaces."""
    return " ".join(text.split())


def tidy_lines(names: tuple[str, ...]) -> str:
    """Several names, one a line, each once."""
    return "\n".join(dict.fromkeys(filter(None, map(tidy, names))))


@dataclass(frozen=True)
class OrganisationDetails:
    """Everything that can be said about an organisation; identifiers are (scheme, identifier)."""

    name: str
    classification: str = Organisation.Kind.ORGANISATION
    sector: str = ""
    other_names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    parent: Organisation | None = None
    area: Area | None = None
    founded: PartialDate | None = None
    dissolved: PartialDate | None = None
    website: str = ""
    description: str = ""

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        """What is recorded now, to be changed with `dataclasses.replace`."""
        return cls(
            name=organisation.name,
            classification=organisation.classification,
            sector=organisation.sector,
            other_names=organisation.all_other_names,
            identifiers=tuple(
                Identifier.objects.live()
                .filter(organisation=organisation)
                .values_list("scheme", "identifier")
            ),
            parent=organisation.parent,
            area=organisation.area,
            founded=organisation.founded,
            dissolved=organisation.dissolved,
            website=organisation.website,
            description=organisation.description,
        )

    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        name, other_names = tidy(self.name), tidy_lines(self.other_names)
        return {
            "name": name,
            "other_names": other_names,
            "classification": self.classification,
            "sector": self.sector,
            "parent_id": self.parent.canonical_pk if self.parent else None,
            "area_id": self.area.pk if self.area else None,
            "website": self.website.strip(),
            "description": self.description.strip(),
            **stretch_values("founded", self.founded),
            **stretch_values("dissolved", self.dissolved),
            **search_values(name, other_names),
        }


@dataclass(frozen=True)
class PersonDetails:
    """What the directory says about a person."""

    name: str
    email: str = ""
    other_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, person: Person) -> Self:
        """What is recorded now, to be changed with `dataclasses.replace`."""
        return cls(person.name, person.email, person.all_other_names)

    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        name, other_names = tidy(self.name), tidy_lines(self.other_names)
        return {
            "name": name,
            "other_names": other_names,
            "email": self.email.strip(),
            **search_values(name, other_names),
        }


class Check:
    """Collects what is wrong with several fields, so that all can be mended in one go."""

    def __init__(self) -> None:
        self.refused: dict[str, Message] = {}

    def that(self, fine: object, field: str, message: Message) -> None:
        """Note a message where something is not fine; the first of a field counts."""
        if not fine:
            self.refused.setdefault(field, message)

    def storable(self, model: type[CheckedModel], columns: dict[str, Any]) -> None:
        """Note every value that one of the engines could not keep, before asking it anything."""
        try:
            model(**columns).check_values()
        except Refusals as refusals:
            for field, message in refusals.by_field.items():
                self.that(field in DERIVED, field, message)

    def done(self) -> None:
        """Raise Refusals where anything was noted."""
        if self.refused:
            raise Refusals(self.refused)


def check_organisation(authority: Authority, details: OrganisationDetails) -> None:
    """Refuse what cannot be said about an organisation.

    Raises:
        Refusals: with a message for each field to mend.

    """
    check = Check()
    check.storable(Organisation, details.columns())
    check.that(tidy(details.name), "name", NO_NAME)
    check.that(
        details.classification in Organisation.Kind.values,
        "classification",
        _("Choose what kind of organization it is."),
    )
    check.that(
        details.sector in ("", *Sector.values),
        "sector",
        _("Choose one of the sectors, or leave it open."),
    )
    check.that(
        not details.website or is_web_address(details.website.strip()),
        "website",
        _("Enter the whole web address, like https://www.hennepin.us."),
    )
    check.that(in_order(details.founded, details.dissolved), "dissolved", ENDS_FIRST)
    _check_places(check, authority, details)
    _check_identifiers(check, details)
    check.done()


ENDS_FIRST = _("Enter an end that is not before the start.")


def in_order(start: PartialDate | None, end: PartialDate | None) -> bool:
    """Whether an end can be at or after a start."""
    return start is None or end is None or end.end >= start.start


def _check_places(check: Check, authority: Authority, details: OrganisationDetails) -> None:
    for field, row in (("parent", details.parent), ("area", details.area)):
        check.that(row is None or row.authority_id == authority.pk, field, OTHER_AUTHORITY)
        check.that(row is None or row.live, field, _("Choose one that has not been withdrawn."))


def _check_identifiers(check: Check, details: OrganisationDetails) -> None:
    for scheme, identifier in details.identifiers:
        whole = bool(scheme.strip() and identifier.strip()) and ":" not in scheme
        check.that(
            whole and "\n" not in f"{scheme}{identifier}",
            "identifiers",
            _("Enter each identifier as register and number, like ein:41-6005801."),
        )
        refusal = text_refusal(scheme, 60) or text_refusal(identifier, 120)
        check.that(refusal is None, "identifiers", refusal or "")


def check_person(details: PersonDetails) -> None:
    """Refuse what cannot be said about a person.

    Raises:
        Refusals: with a message for each field to mend.

    """
    check = Check()
    check.storable(Person, details.columns())
    check.that(tidy(details.name), "name", _("Enter the name, like Gail Dorfman."))
    email = details.email.strip()
    check.that(
        not email or is_email(email), "email", _("Enter an e-mail address, like name@example.org.")
    )
    check.done()
