from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import Authority
from headway.core.errors import RuleError
from headway.initiatives.models import Hold, Initiative, Record, RecordHold


def hold_names(record: Record) -> list[str]:
    """The names of the holds that keep a record from being deleted."""
    return list(Hold.objects.on_record(record).values_list("name", flat=True))


@transaction.atomic
def place_hold(
    *,
    by: Actor,
    authority: Authority,
    name: str,
    reason: str,
    initiative: Initiative | None = None,
    records: Iterable[Record] = (),
) -> Hold:
    """Stop every deletion of an initiative, or of single records.

    Raises:
        RuleError: where name, reason or what it covers is missing, or the name is in use.

    """
    covered = list(records)
    if not name.strip():
        raise RuleError(_("Name the hold, like “Data request 2026-014”."), "name")
    if not reason.strip():
        raise RuleError(_("Say why, like “litigation: Smith v. County”."), "reason")
    if initiative is None and not covered:
        raise RuleError(_("Choose an initiative or at least one record."), "initiative")
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    _check_covered(authority, initiative, covered)
    if Hold.objects.in_authority(authority).active().filter(name=name.strip()).exists():
        raise RuleError(_("A hold of this name is in force. Choose another name."), "name")
    hold = Hold(
        authority=authority,
        name=name.strip(),
        reason=reason.strip(),
        initiative=initiative,
        placed_by=by.user,
        placed_at=by.at,
    )
    hold.save(force_insert=True)
    RecordHold.objects.bulk_create([RecordHold(hold=hold, record=each) for each in covered])
    _note(by, hold, "hold_placed", hold.reason)
    return hold


def _check_covered(
    authority: Authority, initiative: Initiative | None, records: list[Record]
) -> None:
    """Refuse what another authority keeps."""
    named = {record.initiative_id for record in records}
    named |= {initiative.pk} if initiative else set()
    if Initiative.objects.filter(pk__in=named).exclude(authority=authority).exists():
        raise RuleError(_("Choose an initiative or records of this records office."), "initiative")


@transaction.atomic
def release_hold(*, by: Actor, hold: Hold, because: str) -> None:
    """End a hold, with the reason.

    Raises:
        RuleError: where no reason is given or it was released before.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “case closed on May 4”."), "because")
    current = Hold.objects.select_for_update().get(pk=hold.pk)
    if current.released_at is not None:
        raise RuleError(_("This hold was released already."))
    current.change(released_at=by.at, released_because=because.strip())
    _note(by, current, "hold_released", because.strip())


def _note(by: Actor, hold: Hold, verb: str, because: str) -> None:
    append_event(
        stream=accounts_stream(hold.authority),
        by=by,
        verb=verb,
        subject=Subject("hold", hold.pk, hold.name),
        because=because,
    )
