from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.partners.models import Partner
from headway.problems.models import AffectedGroup
from headway_analysis.partial_date import PartialDate

INVITED, TAKING_PART = Partner.State.INVITED, Partner.State.TAKING_PART
DECLINED, LEFT = Partner.State.DECLINED, Partner.State.LEFT
FOLLOWS: dict[str, frozenset[str]] = {
    INVITED: frozenset({TAKING_PART, DECLINED}),
    TAKING_PART: frozenset({LEFT}),
    DECLINED: frozenset({INVITED, TAKING_PART}),
    LEFT: frozenset({INVITED, TAKING_PART}),
}


def _check_organisation(initiative: Initiative, organisation: Organisation) -> None:
    if organisation.authority_id != initiative.authority_id or not organisation.live:
        raise RuleError(_("Choose an organization of this directory."), "organisation")


def _check_group(initiative: Initiative, group: AffectedGroup | None) -> None:
    if group is not None and group.record.initiative_id != initiative.pk:
        raise RuleError(_("Choose one of the groups affected by this problem."), "represents")


def _check_past(initiative: Initiative, by: Actor, when: PartialDate | None) -> None:
    if when is not None and when.start > initiative.today(by.at):
        raise RuleError(_("Enter a date that is not in the future, like last March."), "when")


@transaction.atomic
def add_partner(
    *,
    by: Actor,
    initiative: Initiative,
    organisation: Organisation,
    role_as_said: str = "",
    state: str = TAKING_PART,
    when: PartialDate | None = None,
    represents: AffectedGroup | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
) -> Partner:
    """Record that an organisation takes part, or was asked to; `when` says since when.

    A reported partner that stands already is answered as it is.

    Raises:
        RuleError: where it is a partner already, or organisation or group are from elsewhere.

    """
    _check_organisation(initiative, organisation)
    _check_group(initiative, represents)
    if not provenance.reported:
        _check_past(initiative, by, when)
    # One after the other, so that two people cannot add the same organization at once.
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    known = Partner.of_initiative(initiative).of(organisation).first()
    if known is not None and provenance.reported:
        return known
    if known is not None:
        raise RuleError(_("%(name)s is a partner already.") % {"name": known}, "organisation")
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Partner.RECORD_KIND,
        title=organisation.canonical.name,
        visibility=visibility,
        provenance=provenance,
        when=when if state == TAKING_PART else None,
        organisation=organisation,
    )
    partner = Partner(
        record=record,
        organisation=organisation,
        role_as_said=role_as_said.strip(),
        represents=represents,
        state=state,
    )
    partner.save(force_insert=True)
    if partner.role_as_said:
        write_wording(by=by, record=record, field="role_as_said", text=partner.role_as_said)
    append_state(record=record, state=state, by=by, when=when, provenance=provenance)
    changes = {"role_as_said": ("", partner.role_as_said), "state": ("", state)}
    note_event(by=by, record=record, verb="added", changes=changes)
    return partner


@transaction.atomic
def revise_partner(
    *,
    by: Actor,
    partner: Partner,
    role_as_said: str,
    represents: AffectedGroup | None,
    when: PartialDate | None = None,
    seen: int | None = None,
) -> bool:
    """Change what a partner does here, whom it represents and since when it takes part.

    Raises:
        RuleError: where it was withdrawn, somebody wrote in between, or the group is elsewhere.

    """
    _check_group(partner.record.initiative, represents)
    _check_past(partner.record.initiative, by, when)
    return revise_record(
        by=by,
        stage=partner,
        when=when,
        values={"role_as_said": role_as_said.strip(), "represents": represents},
        seen=seen,
    )


@transaction.atomic
def move_partner(
    *, by: Actor, partner: Partner, state: str, when: PartialDate | None = None, because: str = ""
) -> Partner:
    """Note that a partner was invited, takes part, said no or left; each stays on record.

    Raises:
        RuleError: where the state does not follow from the one before, or lies in the future.

    """
    record = locked(partner.record)
    must_stand(record)
    current = Partner.objects.select_for_update().get(pk=record.pk)
    if state not in FOLLOWS[current.state]:
        raise RuleError(
            _("It is “%(state)s” now. Choose what can follow from that.")
            % {"state": current.get_state_display()},
            "state",
        )
    _check_past(record.initiative, by, when)
    changes = current.change(state=state)
    if state == TAKING_PART and when is not None:
        changes |= record.change(
            happened_from=when.start, happened_to=when.end, date_as_said=when.as_said
        )
    append_state(record=record, state=state, by=by, when=when, because=because.strip())
    note_event(by=by, record=record, verb=state, changes=changes, because=because.strip())
    return current
