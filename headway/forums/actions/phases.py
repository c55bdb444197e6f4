from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.forums.models import Forum, Phase
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
)
from headway.initiatives.actions.records import count_revision
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway_analysis.partial_date import PartialDate


def _check(opens_at: datetime, closes_at: datetime | None, rights: Collection[str]) -> None:
    if closes_at is not None and closes_at <= opens_at:
        raise RuleError(_("Enter an end that lies after the beginning."), "closes_at")
    if set(rights) - set(Phase.Right.values):
        raise RuleError(_("Choose only from the rights listed."), "rights")


def _days(forum: Forum, opens_at: datetime, closes_at: datetime | None) -> PartialDate:
    """The days of a phase where the initiative is; without an end the first day."""
    first = forum.record.initiative.today(opens_at)
    last = forum.record.initiative.today(closes_at) if closes_at else first
    return PartialDate(first, max(first, last), first.isoformat())


@transaction.atomic
def open_phase(
    *,
    by: Actor,
    forum: Forum,
    name: str,
    opens_at: datetime,
    closes_at: datetime | None = None,
    rights: Collection[str] = (),
    product: str = "",
    product_due: date | None = None,
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Phase:
    """Plan a time in which some rights of a group are open; they open and close by themselves.

    Raises:
        RuleError: where the name is missing, the end is not after the beginning, or the group
            was withdrawn.

    """
    known = as_reported(Phase, forum.record.initiative, provenance, record__title=name.strip())
    if known is not None:
        return known
    must_stand(locked(forum.record))
    _check(opens_at, closes_at, rights)
    record = open_record(
        by=by,
        initiative=forum.record.initiative,
        kind=Phase.RECORD_KIND,
        title=name,
        visibility=forum.record.visibility,
        provenance=provenance,
        when=when or _days(forum, opens_at, closes_at),
    )
    phase = Phase(
        record=record,
        forum=forum,
        opens_at=opens_at,
        closes_at=closes_at,
        rights=sorted(set(rights)),
        product=product.strip(),
        product_due=product_due,
    )
    phase.save(force_insert=True)
    append_state(record=record, state="planned", by=by, when=when, provenance=provenance)
    changes = {
        "opens_at": ("", opens_at.isoformat()),
        "closes_at": ("", closes_at.isoformat() if closes_at else ""),
        "rights": ("", ", ".join(phase.rights)),
    }
    note_event(by=by, record=record, verb="planned", changes=changes)
    return phase


@transaction.atomic
def revise_phase(
    *,
    by: Actor,
    phase: Phase,
    name: str,
    opens_at: datetime,
    closes_at: datetime | None = None,
    rights: Collection[str] = (),
    product: str = "",
    product_due: date | None = None,
    seen: int | None = None,
) -> bool:
    """Change a phase; moved dates are an event of their own kind, with the old and the new one.

    Raises:
        RuleError: where the end is not after the beginning, or somebody else wrote in between.

    """
    _check(opens_at, closes_at, rights)
    record = locked(phase.record)
    must_stand(record)
    if seen is not None and seen != record.revision:
        raise RuleError(
            _("Somebody changed this while you wrote. Save again to see what it says now.")
        )
    if not name.strip():
        raise RuleError(_("Enter a name, like “Collect ideas”."), "name")
    current = Phase.objects.select_for_update(of=("self",)).select_related("forum").get(pk=phase.pk)
    days = _days(current.forum, opens_at, closes_at)
    moved = current.change(opens_at=opens_at, closes_at=closes_at)
    changes = moved | current.change(
        rights=sorted(set(rights)), product=product.strip(), product_due=product_due
    )
    changes |= record.change(title=name.strip())
    if not changes:
        return False
    record.change(happened_from=days.start, happened_to=days.end, date_as_said=days.as_said)
    count_revision(record)
    note_event(by=by, record=record, verb="moved" if moved else "revised", changes=changes)
    return True


def close_phase_now(*, by: Actor, phase: Phase) -> bool:
    """Close a phase before its time; the log keeps both ends.

    Raises:
        RuleError: where it is not open now.

    """
    if not phase.is_open(by.at) or phase.opens_at >= by.at:
        raise RuleError(_("This phase is not open now. Change its dates instead."))
    return revise_phase(
        by=by,
        phase=phase,
        name=phase.record.title,
        opens_at=phase.opens_at,
        closes_at=by.at,
        rights=phase.rights,
        product=phase.product,
        product_due=phase.product_due,
    )
