from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions import (
    append_state,
    link_records,
    locked,
    must_stand,
    note_event,
    open_record,
)
from headway.initiatives.models import Link, Member, Record
from headway.pilots.models import Review

DAYS_TO_HOLD_IT = 14


@transaction.atomic
def open_review(
    *,
    by: Actor,
    about: Record,
    occasion: str,
    due_on: date | None = None,
    conductor: Member | None = None,
) -> Review:
    """Ask what is learned of a record; while one is open about it, that one answers.

    Raises:
        RuleError: where the occasion is unknown, or the record was withdrawn.

    """
    record = locked(about)
    must_stand(record)
    if occasion not in Review.Occasion.values:
        raise RuleError(_("Choose why it is opened, like “it ended”."), "occasion")
    known = Review.objects.live().still_open().filter(about=record).first()
    if known is not None:
        return known
    row = Review(
        about=record,
        occasion=occasion,
        conductor=conductor,
        due_on=due_on or record.initiative.today(by.at) + timedelta(days=DAYS_TO_HOLD_IT),
    )
    row.record = open_record(
        by=by,
        initiative=record.initiative,
        kind=Review.RECORD_KIND,
        title=_("What we learned: %(what)s") % {"what": record.title[:220]},
        visibility="" if record.visibility == "public" else record.visibility,
    )
    row.save(force_insert=True)
    append_state(record=row.record, state=row.state, by=by)
    note_event(by=by, record=row.record, verb="opened", changes={"about": ("", record.title)})
    link_records(by=by, origin=row.record, target=record, kind=Link.Kind.CAME_FROM)
    return row
