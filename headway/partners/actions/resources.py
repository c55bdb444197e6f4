from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions import (
    link_records,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.partners.models import Need, Offer, Partner, ResourceKind


def _check(kind: str, what: str, amount: Decimal | None, unit: str) -> None:
    if not what.strip():
        raise RuleError(_("Say what it is, like “two outreach workers”."), "what")
    if kind not in ResourceKind.values:
        raise RuleError(_("Choose a kind from the list, like money."), "kind")
    if amount is not None and amount <= 0:
        raise RuleError(_("Enter an amount above zero, like 25000, or leave it empty."), "amount")
    if amount is not None and not unit.strip():
        raise RuleError(_("Say of what, like US dollars or hours a week."), "unit")


def _check_partner(initiative: Initiative, partner: Partner | None) -> None:
    if partner is None:
        return
    if partner.record.initiative_id != initiative.pk:
        raise RuleError(_("Choose a partner of this initiative."), "partner")
    must_stand(partner.record)


def _open(
    by: Actor,
    initiative: Initiative,
    kind: str,
    what: str,
    partner: Partner | None,
    provenance: Provenance,
) -> Record:
    return open_record(
        by=by,
        initiative=initiative,
        kind=kind,
        title=title_of(what),
        provenance=provenance,
        organisation=partner.organisation if partner else None,
    )


def _note(by: Actor, row: Offer | Need) -> None:
    write_wording(by=by, record=row.record, field="what", text=row.what)
    changes: dict[str, tuple[object, object]] = {"what": ("", row.what), "kind": ("", row.kind)}
    if row.amount is not None:
        changes |= {"amount": (None, row.amount), "unit": ("", row.unit)}
    note_event(by=by, record=row.record, verb="recorded", changes=changes)


@transaction.atomic
def make_offer(
    *,
    by: Actor,
    partner: Partner,
    kind: str,
    what: str,
    amount: Decimal | None = None,
    unit: str = "",
    until: date | None = None,
    tied_to: str = "",
    provenance: Provenance = HERE,
) -> Offer:
    """Record what a partner offers; the same offer from the same source is kept once.

    Raises:
        RuleError: where it does not say what, an amount has no unit, or the partner is withdrawn.

    """
    initiative = partner.record.initiative
    _check(kind, what, amount, unit)
    _check_partner(initiative, partner)
    known = Offer.objects.live().filter(partner=partner, what=what.strip())
    known = known.filter(record__source=provenance.source)
    if provenance.reported and (same := known.first()) is not None:
        return same
    offer = Offer(
        record=_open(by, initiative, Offer.RECORD_KIND, what, partner, provenance),
        partner=partner,
        kind=kind,
        what=what.strip(),
        amount=amount,
        unit=unit.strip(),
        until=until,
        tied_to=tied_to.strip(),
    )
    offer.save(force_insert=True)
    _note(by, offer)
    return offer


@transaction.atomic
def record_need(
    *,
    by: Actor,
    initiative: Initiative,
    kind: str,
    what: str,
    amount: Decimal | None = None,
    unit: str = "",
    until: date | None = None,
    partner: Partner | None = None,
    provenance: Provenance = HERE,
) -> Need:
    """Record what the common work, or one partner in it, still lacks.

    Raises:
        RuleError: where it does not say what, an amount has no unit, or the partner is elsewhere.

    """
    _check(kind, what, amount, unit)
    _check_partner(initiative, partner)
    known = Need.objects.in_initiative(initiative).live().filter(what=what.strip())
    known = known.filter(record__source=provenance.source, partner=partner)
    if provenance.reported and (same := known.first()) is not None:
        return same
    need = Need(
        record=_open(by, initiative, Need.RECORD_KIND, what, partner, provenance),
        partner=partner,
        kind=kind,
        what=what.strip(),
        amount=amount,
        unit=unit.strip(),
        until=until,
    )
    need.save(force_insert=True)
    _note(by, need)
    return need


def _revise(by: Actor, row: Offer | Need, values: dict[str, object], seen: int | None) -> bool:
    return revise_record(
        by=by, stage=row, title=title_of(str(values["what"])), values=values, seen=seen
    )


@transaction.atomic
def revise_offer(
    *,
    by: Actor,
    offer: Offer,
    kind: str,
    what: str,
    amount: Decimal | None = None,
    unit: str = "",
    until: date | None = None,
    tied_to: str = "",
    seen: int | None = None,
) -> bool:
    """Change an offer; earlier wordings stay.

    Raises:
        RuleError: where it does not say what, or somebody wrote in between.

    """
    _check(kind, what, amount, unit)
    values: dict[str, object] = {
        "kind": kind,
        "what": what.strip(),
        "amount": amount,
        "unit": unit.strip(),
        "until": until,
        "tied_to": tied_to.strip(),
    }
    return _revise(by, offer, values, seen)


@transaction.atomic
def revise_need(
    *,
    by: Actor,
    need: Need,
    kind: str,
    what: str,
    amount: Decimal | None = None,
    unit: str = "",
    until: date | None = None,
    seen: int | None = None,
) -> bool:
    """Change a need; earlier wordings stay.

    Raises:
        RuleError: where it does not say what, or somebody wrote in between.

    """
    _check(kind, what, amount, unit)
    values: dict[str, object] = {
        "kind": kind,
        "what": what.strip(),
        "amount": amount,
        "unit": unit.strip(),
        "until": until,
    }
    return _revise(by, need, values, seen)


@transaction.atomic
def answer_need(*, by: Actor, need: Need, offer: Offer) -> Link:
    """Say that an offer answers a need, wholly or in part.

    Raises:
        RuleError: where one of them was withdrawn or belongs to another initiative.

    """
    return link_records(by=by, origin=offer.record, target=need.record, kind=Link.Kind.ANSWERS)
