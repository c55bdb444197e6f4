from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.diagnosis.models import Threshold
from headway.initiatives.actions import append_state, note_event, open_record, write_wording
from headway.initiatives.models import Initiative
from headway_analysis.diagnosis import DEFAULT


@transaction.atomic
def set_threshold(
    *, by: Actor, initiative: Initiative, name: str, title: str, value: int, argument: str
) -> Threshold:
    """Set a threshold anew for an initiative, with the argument; the earlier one stays readable.

    Raises:
        RuleError: where the value is out of its bounds, or no argument is given.

    """
    if not argument.strip():
        raise RuleError(_("Say why, like “our board meets every six months”."), "argument")
    try:
        DEFAULT.with_one(name, value)
    except ValueError:
        most = 100 if name.endswith("_percent") else 3_650
        raise RuleError(_("Enter a whole number from 1 to %d.") % most, "value") from None
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Threshold.RECORD_KIND,
        title=title,
        visibility=Visibility.MEMBERS,
    )
    threshold = Threshold(record=record, name=name, value=value, argument=argument.strip())
    threshold.save(force_insert=True)
    write_wording(by=by, record=record, field="argument", text=threshold.argument)
    append_state(record=record, state="set", by=by, because=threshold.argument)
    changes = {"value": ("", value), "argument": ("", threshold.argument)}
    note_event(by=by, record=record, verb="set_threshold", changes=changes)
    return threshold
