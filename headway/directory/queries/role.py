"""One role with what can be done about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from headway.directory.models import Membership
from headway.directory.queries.common import Ref, Step, organisation_ref, person_ref
from headway.directory.queries.roles import role_words


@dataclass(frozen=True, slots=True)
class RolePage:
    """One role: whose, where, and the steps from here."""

    title: str
    person: Ref
    organisation: Ref
    steps: tuple[Step, ...]
    saved: bool


def role_page(row: Membership, *, saved: bool) -> RolePage:
    """The page of one role."""
    steps = [] if row.ends else [Step(_("End it"), reverse("directory:end_role", args=[row.pk]))]
    steps.append(
        Step(_("It was never true: withdraw"), reverse("directory:withdraw_role", args=[row.pk]))
    )
    return RolePage(
        title=_("%(person)s: %(role)s") % {"person": row.person.name, "role": role_words(row)},
        person=person_ref(row.person),
        organisation=organisation_ref(row.organisation),
        steps=tuple(steps),
        saved=saved,
    )
