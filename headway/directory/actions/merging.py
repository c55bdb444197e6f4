"""Two rows that turn out to be one: `merged_into` is set, and nothing is re-pointed."""

from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.actions.log import locked, note
from headway.directory.actions.organisations import check_name_is_free
from headway.directory.models import Organisation, Person

MergedT = TypeVar("MergedT", Organisation, Person)


@transaction.atomic
def merge_organisation(
    *, by: Actor, organisation: Organisation, into: Organisation, because: str = ""
) -> Organisation:
    """Let an organisation count as another from now on; what refers to it stays as it is.

    Raises:
        RuleError: where the two are one already, withdrawn, or of different authorities.

    """
    return _merge(by, organisation, into, because)


@transaction.atomic
def merge_person(*, by: Actor, person: Person, into: Person, because: str = "") -> Person:
    """Let a person's row count as another from now on; their roles stay as they are.

    Raises:
        RuleError: where the two are one already, withdrawn, or of different authorities.

    """
    return _merge(by, person, into, because)


@transaction.atomic
def unmerge_organisation(*, by: Actor, organisation: Organisation) -> Organisation:
    """Let an organisation stand for itself again.

    Raises:
        RuleError: where it is not merged, or its name has been taken since.

    """
    organisation = locked(organisation)
    check_name_is_free(organisation.authority, organisation.name, organisation.classification)
    return _unmerge(by, organisation)


@transaction.atomic
def unmerge_person(*, by: Actor, person: Person) -> Person:
    """Let a person's row stand for itself again.

    Raises:
        RuleError: where it is not merged, or its e-mail address has been taken since.

    """
    person = locked(person)
    same = Person.objects.in_authority(person.authority).live().canonical()
    if person.email and same.filter(email__iexact=person.email).exists():
        raise RuleError(_("Somebody else has this e-mail address now. Change that first."))
    return _unmerge(by, person)


def _merge(by: Actor, row: MergedT, into: MergedT, because: str) -> MergedT:
    row, into = locked(row), locked(into)
    target = into.canonical
    _check_merge(row, target)
    model = type(row)
    carried = list(model.objects.select_for_update().filter(merged_into=row))
    changes: dict[str, tuple[object, object]] = {"merged_into": ("", target.name)}
    if carried:
        # Kept flat, so that every question about "counts as" takes one step.
        model.objects.filter(pk__in=[one.pk for one in carried]).update(merged_into=target)
        changes["merged_with_it"] = ("", ", ".join(one.name for one in carried))
    row.change(merged_into=target)
    verb = f"{row._meta.model_name}_merged"
    note(by=by, row=row, verb=verb, changes=changes, because=because.strip())
    return row


def _check_merge(row: MergedT, target: MergedT) -> None:
    if row.authority_id != target.authority_id:
        raise RuleError(_("Choose one from this directory."), "into")
    if row.canonical_pk == target.pk:
        raise RuleError(_("These two count as one already."), "into")
    if row.merged_into_id:
        raise RuleError(_("This one was merged already. Undo that merge first."))
    if not (row.live and target.live):
        raise RuleError(_("Choose one that has not been withdrawn."), "into")


def _unmerge(by: Actor, row: MergedT) -> MergedT:
    target = row.merged_into
    if target is None:
        raise RuleError(_("This one is not merged."))
    row.change(merged_into=None)
    verb = f"{row._meta.model_name}_unmerged"
    note(by=by, row=row, verb=verb, changes={"merged_into": (target.name, "")})
    return row
