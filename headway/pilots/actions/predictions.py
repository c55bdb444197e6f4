from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions import note_event
from headway.initiatives.actions.records import count_revision
from headway.pilots.actions.turning import held
from headway.pilots.models import Pilot, Prediction


@transaction.atomic
def predict(
    *,
    by: Actor,
    pilot: Pilot,
    team: str,
    low: Decimal,
    high: Decimal,
    percent: int,
    reasons: str = "",
    replaces: bool = False,
) -> Prediction:
    """Say what a team expects; until the start it may say so anew, and the newest counts.

    Args:
        by: who says it for the team.
        pilot: the pilot that is being prepared.
        team: the team, by name.
        low: the least that the difference will be.
        high: the most that it will be.
        percent: how sure the team is that it lies between.
        reasons: why it expects so.
        replaces: whether it is meant to stand in place of what this team said before.

    Raises:
        RuleError: where the pilot has started, the range or the chance cannot be, or a team of
            this name has said what it expects and nobody meant to replace that.

    """
    row = held(pilot)
    said = Prediction(
        pilot=row,
        team=" ".join(team.split()),
        low=low,
        high=high,
        percent=percent,
        reasons=reasons.strip(),
        said_at=by.at,
    )
    _check(said)
    before = _said_before(said, replaces=replaces)
    if before is not None:
        before.change(withdrawn_at=by.at)
    said.save(force_insert=True)
    count_revision(row.record)
    # The team stands alone, so that blackening its name finds it in the log as well.
    told = {
        "team": (before.team if before else "", said.team),
        "prediction": (_told(before), _told(said)),
        "reasons": (before.reasons if before else "", said.reasons),
    }
    note_event(by=by, record=row.record, verb="predicted", changes=told)
    return said


def folded(team: str) -> str:
    """The name of a team without what two people type differently: “outreach”, “Outreach ”."""
    return " ".join(team.split()).casefold()


def _told(said: Prediction | None) -> str:
    """A prediction as the history tells it."""
    if said is None:
        return ""
    return _("from %(low)s to %(high)s, %(percent)s%% sure") % {
        "low": said.low.normalize(),
        "high": said.high.normalize(),
        "percent": said.percent,
    }


def _check(said: Prediction) -> None:
    if said.pilot.state != Pilot.State.CARD:
        raise RuleError(_("This pilot has started, and what was expected is locked."))
    if not said.team:
        raise RuleError(_("Name the team, like “Outreach” or “All of us”."), "team")
    if said.high < said.low:
        raise RuleError(_("Enter an end of the range that is not below its start."), "high")
    if not 1 <= said.percent <= 99:
        raise RuleError(
            _("Enter how sure the team is from 1 to 99; nothing is quite sure."), "percent"
        )


def _said_before(said: Prediction, *, replaces: bool) -> Prediction | None:
    """What a team of this name said before, where it is meant to be replaced."""
    standing = said.pilot.predictions.filter(withdrawn_at__isnull=True)
    before = next((each for each in standing if folded(each.team) == folded(said.team)), None)
    if before is not None and not replaces:
        raise RuleError(
            _(
                "A team of this name has said what it expects. Tick “Say it anew for this "
                "team” to replace that, or give another name."
            ),
            "team",
        )
    return before
