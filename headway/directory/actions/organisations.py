"""Everything that can happen to an organisation but merging."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.core.errors import RuleError
from headway.directory.actions.details import OrganisationDetails, check_organisation, tidy
from headway.directory.actions.log import (
    first_values,
    lock_directory,
    locked,
    locked_live,
    note,
    shown,
)
from headway.directory.actions.sources import attach_source
from headway.directory.models import Identifier, Organisation, Source

WITHDRAWN = _("This organization was withdrawn. Restore it first.")
MERGED = _("This organization was merged into another. Change that one, or undo the merge first.")


@transaction.atomic
def add_organisation(
    *, by: Actor, authority: Authority, details: OrganisationDetails, source: Source | None = None
) -> Organisation:
    """Add an organisation to the directory.

    Raises:
        RuleError: where one of this name and kind, or one of its identifiers, is there already.

    """
    lock_directory(authority)
    check_organisation(authority, details)
    check_name_is_free(authority, details.name, details.classification)
    organisation = Organisation(authority=authority, recorded_at=by.at, **details.columns())
    organisation.save(force_insert=True)
    changes = first_values(organisation)
    changes |= set_identifiers(by, organisation, details.identifiers)
    note(by=by, row=organisation, verb="organisation_added", changes=changes)
    if source is not None:
        attach_source(by=by, source=source, subject=organisation)
    return organisation


@transaction.atomic
def revise_organisation(
    *, by: Actor, organisation: Organisation, details: OrganisationDetails
) -> Organisation:
    """Change what is recorded about an organisation; nothing is written where nothing differs.

    Raises:
        RuleError: where it was withdrawn or merged, or the new name is taken.

    """
    organisation = changeable(organisation)
    check_organisation(organisation.authority, details)
    check_not_inside_itself(organisation, details.parent)
    check_name_is_free(
        organisation.authority, details.name, details.classification, besides=organisation.pk
    )
    changes = shown(organisation, organisation.change(**details.columns()))
    changes |= set_identifiers(by, organisation, details.identifiers)
    if changes:
        note(by=by, row=organisation, verb="organisation_revised", changes=changes)
    return organisation


@transaction.atomic
def withdraw_organisation(*, by: Actor, organisation: Organisation, because: str) -> Organisation:
    """Take an organisation out of the directory; what refers to it keeps its name.

    Raises:
        RuleError: without a reason, or where others were merged into it.

    """
    organisation = locked_live(organisation, WITHDRAWN)
    if not because.strip():
        raise RuleError(_("Say why, like: entered twice, or no longer exists."), "because")
    if Organisation.objects.live().filter(merged_into=organisation).exists():
        raise RuleError(_("Others were merged into this organization. Undo those merges first."))
    changes = organisation.change(withdrawn_at=by.at, withdrawn_because=because.strip())
    Identifier.objects.live().filter(organisation=organisation).update(withdrawn_at=by.at)
    note(
        by=by,
        row=organisation,
        verb="organisation_withdrawn",
        changes=shown(organisation, changes),
        because=because,
    )
    return organisation


@transaction.atomic
def restore_organisation(*, by: Actor, organisation: Organisation) -> Organisation:
    """Put a withdrawn organisation back, with those of its identifiers that are still free.

    Raises:
        RuleError: where its name has been taken since.

    """
    organisation = locked(organisation)
    if organisation.live:
        raise RuleError(_("This organization is in the directory already."))
    check_name_is_free(organisation.authority, organisation.name, organisation.classification)
    then = organisation.withdrawn_at
    changes = organisation.change(withdrawn_at=None, withdrawn_because="")
    for row in Identifier.objects.filter(organisation=organisation, withdrawn_at=then):
        if not identifier_holders(organisation.authority, [(row.scheme, row.identifier)]):
            row.change(withdrawn_at=None)
    note(
        by=by,
        row=organisation,
        verb="organisation_restored",
        changes=shown(organisation, changes),
    )
    return organisation


def changeable(organisation: Organisation) -> Organisation:
    """The locked organisation, refusing one that was withdrawn or merged.

    Raises:
        RuleError: where it may not be changed.

    """
    organisation = locked_live(organisation, WITHDRAWN)
    if organisation.merged_into_id:
        raise RuleError(MERGED)
    return organisation


def check_name_is_free(
    authority: Authority, name: str, classification: str, besides: UUID | None = None
) -> None:
    """Refuse a second live organisation of the same name and kind.

    Raises:
        RuleError: naming what to do.

    """
    same = Organisation.objects.in_authority(authority).live().canonical().called(tidy(name))
    if same.filter(classification=classification).besides(besides).exists():
        raise RuleError(
            _(
                "An organization of this name is in the directory already. Use that one, or add "
                "what tells them apart, like: First Lutheran Church (Edina)."
            ),
            "name",
        )


def check_not_inside_itself(organisation: Organisation, parent: Organisation | None) -> None:
    """Refuse a parent that lies inside the organisation.

    Raises:
        RuleError: where it does.

    """
    seen: set[object] = set()
    above: Organisation | None = parent.canonical if parent else None
    while above is not None and above.pk not in seen:
        if above.pk == organisation.pk:
            raise RuleError(_("Choose an organization that is not part of this one."), "parent")
        seen.add(above.pk)
        above = above.parent.canonical if above.parent else None


def identifier_holders(
    authority: Authority, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], UUID]:
    """Which organisations hold these identifiers now."""
    wanted = {(scheme.strip().lower(), number.strip()) for scheme, number in pairs}
    if not wanted:
        return {}
    rows = Identifier.objects.in_authority(authority).live()
    rows = rows.filter(identifier__in={number for _scheme, number in wanted})
    found = rows.values_list("scheme", "identifier", "organisation_id")
    return {(one[0], one[1]): one[2] for one in found if (one[0], one[1]) in wanted}


def set_identifiers(
    by: Actor, organisation: Organisation, pairs: Iterable[tuple[str, str]]
) -> dict[str, tuple[object, object]]:
    """Make these the organisation's identifiers; answer the change for the event.

    Raises:
        RuleError: where another organisation holds one of them.

    """
    wanted = {(scheme.strip().lower(), number.strip()) for scheme, number in pairs}
    others = {
        pair: holder
        for pair, holder in identifier_holders(organisation.authority, wanted).items()
        if holder != organisation.pk
    }
    if others:
        holder = Organisation.objects.get(pk=next(iter(others.values())))
        raise RuleError(
            _("%(name)s has this identifier already. Merge the two if they are one.")
            % {"name": holder.name},
            "identifiers",
        )
    rows = list(Identifier.objects.live().filter(organisation=organisation))
    now = {(row.scheme, row.identifier) for row in rows}
    for row in rows:
        if (row.scheme, row.identifier) not in wanted:
            row.change(withdrawn_at=by.at)
    Identifier.objects.bulk_create(
        Identifier(
            authority_id=organisation.authority_id,
            organisation=organisation,
            recorded_at=by.at,
            scheme=scheme,
            identifier=number,
        )
        for scheme, number in sorted(wanted - now)
    )
    return {"identifiers": (_listed(now), _listed(wanted))} if now != wanted else {}


def _listed(pairs: set[tuple[str, str]]) -> str:
    return ", ".join(f"{scheme}:{number}" for scheme, number in sorted(pairs))


@transaction.atomic
def find_or_add_organisation(
    *,
    by: Actor,
    authority: Authority,
    details: OrganisationDetails,
    source: Source | None = None,
) -> Organisation:
    """The organisation of these identifiers, or of this name and kind; added where there is none.

    For loaders and imports: calling it again changes nothing but adds the source. One that was
    merged is answered by what it counts as; one that a person withdrew stays withdrawn.

    Raises:
        RuleError: where the details may not be.

    """
    lock_directory(authority)
    found = find_organisation(authority, details)
    if found is None:
        return add_organisation(by=by, authority=authority, details=details, source=source)
    if source is not None:
        attach_source(by=by, source=source, subject=found)
    return found


def find_organisation(authority: Authority, details: OrganisationDetails) -> Organisation | None:
    """The organisation of these identifiers, or else of this name and kind, or None."""
    holders = identifier_holders(authority, details.identifiers)
    rows = Organisation.objects.in_authority(authority).select_related("merged_into")
    if holders:
        return rows.get(pk=next(iter(holders.values()))).canonical
    same = rows.called(tidy(details.name)).filter(classification=details.classification)
    found = sorted(same, key=lambda row: (not row.live, row.merged_into_id is not None))
    return found[0].canonical if found else None
