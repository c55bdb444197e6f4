"""Everything that can happen to a person's row but merging."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.directory.actions.details import PersonDetails, check_person
from headway.directory.actions.log import (
    first_values,
    lock_directory,
    locked,
    locked_live,
    note,
    shown,
)
from headway.directory.models import Person

WITHDRAWN = _("This person was withdrawn. Restore them first.")
MERGED = _("This row was merged into another. Change that one, or undo the merge first.")


@transaction.atomic
def add_person(*, by: Actor, authority: Authority, details: PersonDetails) -> Person:
    """Add a person to the directory; two people may share a name, never an e-mail address.

    Raises:
        RuleError: where the address belongs to somebody else.

    """
    lock_directory(authority)
    check_person(details)
    check_email_is_free(authority, details.email)
    person = Person(authority=authority, recorded_at=by.at, **details.columns())
    person.save(force_insert=True)
    changes = first_values(person)
    note(by=by, row=person, verb="person_added", changes=changes, visibility=_seen_by(changes))
    return person


@transaction.atomic
def revise_person(*, by: Actor, person: Person, details: PersonDetails) -> Person:
    """Change what is recorded about a person; nothing is written where nothing differs.

    Raises:
        RuleError: where the row was withdrawn or merged, or the address is somebody else's.

    """
    person = locked_live(person, WITHDRAWN)
    if person.merged_into_id:
        raise RuleError(MERGED)
    check_person(details)
    check_email_is_free(person.authority, details.email, besides=person.pk)
    changes = shown(person, person.change(**details.columns()))
    if changes:
        note(
            by=by, row=person, verb="person_revised", changes=changes, visibility=_seen_by(changes)
        )
    return person


@transaction.atomic
def withdraw_person(*, by: Actor, person: Person, because: str) -> Person:
    """Take a person out of the directory; what refers to them keeps their name.

    Raises:
        RuleError: without a reason, or where others were merged into this row.

    """
    person = locked_live(person, WITHDRAWN)
    if not because.strip():
        raise RuleError(_("Say why, like: entered twice, or asked to be taken out."), "because")
    if Person.objects.live().filter(merged_into=person).exists():
        raise RuleError(_("Other rows were merged into this one. Undo those merges first."))
    changes = person.change(withdrawn_at=by.at, withdrawn_because=because.strip())
    shown_changes = shown(person, changes)
    note(by=by, row=person, verb="person_withdrawn", changes=shown_changes, because=because)
    return person


@transaction.atomic
def restore_person(*, by: Actor, person: Person) -> Person:
    """Put a withdrawn person back.

    Raises:
        RuleError: where their e-mail address has been taken since.

    """
    person = locked(person)
    if person.live:
        raise RuleError(_("This person is in the directory already."))
    check_email_is_free(person.authority, person.email)
    changes = person.change(withdrawn_at=None, withdrawn_because="")
    note(by=by, row=person, verb="person_restored", changes=shown(person, changes))
    return person


def check_email_is_free(authority: Authority, email: str, besides: UUID | None = None) -> None:
    """Refuse an address that somebody else has.

    Raises:
        RuleError: naming what to do.

    """
    rows = Person.objects.in_authority(authority).live().canonical().besides(besides)
    if email.strip() and rows.filter(email__iexact=email.strip()).exists():
        raise RuleError(
            _("Somebody in the directory has this e-mail address already. Use that person."),
            "email",
        )


def _seen_by(changes: dict[str, tuple[object, object]]) -> str:
    """E-mail addresses are for the people who run the installation only."""
    return Visibility.OFFICE if "email" in changes else Visibility.MEMBERS
