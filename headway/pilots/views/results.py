from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import posted
from headway.pilots import actions
from headway.pilots.actions import Numbers
from headway.pilots.forms import FindingForm, WithdrawFindingForm
from headway.pilots.models import PilotFinding
from headway.pilots.views.gate import carry_out, pilot_row


@requires("pilots.record_result")
def record_finding(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Enter what a report says of a pilot's numbers."""
    row = pilot_row(request, record_id)

    def act(said: dict[str, Any]) -> PilotFinding:
        return actions.record_finding(
            by=request.actor,
            pilot=row,
            numbers=_numbers(said),
            design=said["design"],
            note=said["note"],
            outcome=row.measure,
        )

    return carry_out(
        request,
        row,
        FindingForm(posted(request), initial={"design": row.design}),
        act,
        _("Enter what was found"),
        _("Totals only: nothing that tells one person from another."),
    )


def _numbers(said: dict[str, Any]) -> Numbers:
    return Numbers(
        estimate=_float(said["estimate"]),
        low=_float(said["low"]),
        high=_float(said["high"]),
        p_value=_float(said["p_value"]),
        count=said["count"],
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@requires("pilots.record_result")
def withdraw_finding(request: MemberRequest, finding_id: UUID) -> HttpResponseBase:
    """Take a finding back."""
    rows = PilotFinding.objects.filter(pilot__record__initiative=request.initiative)
    found = get_object_or_404(rows, pk=finding_id)
    row = pilot_row(request, found.pilot_id)
    return carry_out(
        request,
        row,
        WithdrawFindingForm(posted(request)),
        lambda said: actions.withdraw_finding(by=request.actor, finding=found, **said),
        _("Take this finding back"),
    )
