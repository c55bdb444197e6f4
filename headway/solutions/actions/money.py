from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway.solutions.models import Funding, Solution
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Money:
    """One source of money as somebody enters it."""

    amount: Decimal
    status: str
    giver: Organisation | None = None
    giver_as_said: str = ""
    fiscal_year: str = ""
    restriction: str = ""
    deadline: date | None = None
    note: str = ""

    @property
    def source_words(self) -> str:
        """Who gives it, in words."""
        return self.giver.name if self.giver else self.giver_as_said.strip()


def _check(money: Money) -> None:
    if not money.amount.is_finite() or money.amount <= 0:
        raise RuleError(_("Enter an amount above zero, like 45000000."), "amount")
    if money.status not in Funding.Status.values:
        raise RuleError(_("Choose whether it is committed or asked for."), "status")
    if not money.source_words:
        raise RuleError(_("Say who gives it, like “State housing fund”."), "giver")


def _values(money: Money) -> dict[str, object]:
    return {
        "amount": money.amount,
        "status": money.status,
        "giver": money.giver,
        "giver_as_said": money.giver_as_said.strip(),
        "fiscal_year": money.fiscal_year.strip(),
        "restriction": money.restriction.strip(),
        "deadline": money.deadline,
        "note": money.note.strip(),
    }


@transaction.atomic
def add_funding(
    *,
    by: Actor,
    solution: Solution,
    money: Money,
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Funding:
    """Note a source of money for a recommendation, committed or asked for.

    Raises:
        RuleError: where amount, status or source is missing.

    """
    _check(money)
    record = locked(solution.record)
    must_stand(record)
    values = _values(money)
    same = {"solution": solution, **values}
    known = as_reported(Funding, record.initiative, provenance, **same)
    if known is not None:
        return known
    own = open_record(
        by=by,
        initiative=record.initiative,
        kind=Funding.RECORD_KIND,
        title=title_of(money.source_words),
        visibility=record.visibility,
        provenance=provenance,
        when=when,
    )
    funding = Funding(record=own, solution=solution, **values)
    funding.save(force_insert=True)
    write_wording(by=by, record=own, field="note", text=funding.note)
    append_state(record=own, state=funding.status, by=by, when=when, provenance=provenance)
    note_event(by=by, record=own, verb="noted", changes={"amount": ("", str(money.amount))})
    return funding


@transaction.atomic
def revise_funding(*, by: Actor, funding: Funding, money: Money, seen: int | None = None) -> bool:
    """Change a source of money; that it became committed stands in the log with its date.

    Raises:
        RuleError: where amount, status or source is missing, or somebody else wrote in between.

    """
    _check(money)
    before = funding.status
    title = title_of(money.source_words)
    changed = revise_record(by=by, stage=funding, title=title, values=_values(money), seen=seen)
    if money.status != before:
        append_state(record=funding.record, state=money.status, by=by)
    return changed
