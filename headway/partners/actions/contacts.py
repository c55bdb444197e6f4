from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.partners.models import Contact, ContactOrganisation
from headway_analysis.partial_date import PartialDate


def _check(kind: str, text: str, next_step: str, next_step_by: date | None) -> None:
    if not text.strip():
        raise RuleError(_("Say what it was about, like “agreed to host the next meeting”."), "text")
    if kind not in Contact.Kind.values:
        raise RuleError(_("Choose a kind from the list, like a call."), "kind")
    if next_step_by is not None and not next_step.strip():
        raise RuleError(_("Say what is to be done by then, like “send the draft”."), "next_step")


def _check_when(
    initiative: Initiative, by: Actor, when: PartialDate | None, provenance: Provenance
) -> None:
    if provenance.reported:
        return
    if when is None:
        raise RuleError(_("Enter when it was, like 2026-03-27 or spring 2026."), "when")
    if when.start > initiative.today(by.at):
        raise RuleError(_("Enter a date that is not in the future; log it once it was."), "when")


def _check_organisations(initiative: Initiative, organisations: Sequence[Organisation]) -> None:
    if not organisations:
        raise RuleError(_("Choose at least one partner it was with."), "organisations")
    if any(each.authority_id != initiative.authority_id for each in organisations):
        raise RuleError(_("Choose organizations of this directory."), "organisations")


def _name(contact: Contact, organisations: Sequence[Organisation]) -> None:
    for organisation in organisations:
        ContactOrganisation.objects.get_or_create(contact=contact, organisation=organisation)


def _names(contact: Contact) -> str:
    rows = contact.organisations.order_by("organisation__name")
    return ", ".join(rows.values_list("organisation__name", flat=True))


@transaction.atomic
def log_contact(
    *,
    by: Actor,
    initiative: Initiative,
    kind: str,
    text: str,
    when: PartialDate | None,
    organisations: Sequence[Organisation],
    next_step: str = "",
    next_step_by: date | None = None,
    visibility: str = Visibility.MEMBERS,
    provenance: Provenance = HERE,
) -> Contact:
    """Log a meeting, call, note or visit; it shows on every partner named.

    Raises:
        RuleError: where text, date or partners are missing, or a due date has nothing to do.

    """
    _check(kind, text, next_step, next_step_by)
    _check_when(initiative, by, when, provenance)
    _check_organisations(initiative, organisations)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Contact.RECORD_KIND,
        title=title_of(text),
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    contact = Contact(
        record=record,
        kind=kind,
        text=text.strip(),
        next_step=next_step.strip(),
        next_step_by=next_step_by,
    )
    contact.save(force_insert=True)
    _name(contact, organisations)
    write_wording(by=by, record=record, field="text", text=contact.text)
    changes = {"text": ("", contact.text), "organisations": ("", _names(contact))}
    note_event(by=by, record=record, verb="logged", changes=changes)
    return contact


@transaction.atomic
def revise_contact(
    *,
    by: Actor,
    contact: Contact,
    kind: str,
    text: str,
    when: PartialDate | None,
    organisations: Sequence[Organisation],
    next_step: str = "",
    next_step_by: date | None = None,
    seen: int | None = None,
) -> bool:
    """Correct what was logged; earlier wordings stay.

    Raises:
        RuleError: where text, date or partners are missing, or somebody wrote in between.

    """
    _check(kind, text, next_step, next_step_by)
    provenance = Provenance(contact.record.source)
    _check_when(contact.record.initiative, by, when, provenance)
    _check_organisations(contact.record.initiative, organisations)
    locked(contact.record)
    before = _names(contact)
    contact.organisations.exclude(organisation__in=organisations).delete()
    _name(contact, organisations)
    after = _names(contact)
    values: dict[str, object] = {
        "kind": kind,
        "text": text.strip(),
        "next_step": next_step.strip(),
        "next_step_by": next_step_by,
    }
    if next_step.strip() != contact.next_step:
        values["next_step_done_on"] = None
    return revise_record(
        by=by,
        stage=contact,
        title=title_of(text),
        when=when,
        values=values,
        seen=seen,
        also={"organisations": (before, after)} if before != after else None,
    )


@transaction.atomic
def finish_next_step(*, by: Actor, contact: Contact) -> None:
    """Note that the next step is done; twice is once.

    Raises:
        RuleError: where there is nothing to do, or the contact was withdrawn.

    """
    record = locked(contact.record)
    must_stand(record)
    current = Contact.objects.select_for_update().get(pk=record.pk)
    if not current.next_step:
        raise RuleError(_("This contact has no next step."))
    if current.next_step_done_on is None:
        changes = current.change(next_step_done_on=record.initiative.today(by.at))
        note_event(by=by, record=record, verb="next_step_done", changes=changes)
