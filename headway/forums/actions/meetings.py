from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.formats.cells import is_web_address
from headway.forums.models import Forum, Meeting
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
)
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway_analysis.partial_date import PartialDate

State = Meeting.State
LONGEST = timedelta(days=1)


def _usual_title(forum: Forum, starts_at: datetime) -> str:
    """What a meeting is called where nobody named it: the group and the day."""
    initiative = forum.record.initiative
    with translation.override(initiative.language):
        day = date_format(initiative.today(starts_at), "DATE_FORMAT")
    return f"{forum.name}, {day}"[:250]


def _check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise RuleError(_("Enter an end that lies after the beginning."), "ends_at")


def _check_length(forum: Forum, starts_at: datetime, ends_at: datetime | None) -> None:
    """A meeting without end would let a public body talk and vote whenever it likes."""
    if forum.meets_in_the_open and ends_at is not None and ends_at - starts_at > LONGEST:
        raise RuleError(
            _("A public body talks and votes while it meets. Enter an end within one day."),
            "ends_at",
        )


def _check_link(link: str) -> None:
    if link.strip() and not is_web_address(link.strip()):
        raise RuleError(
            _("Enter the whole address of the call, like https://meet.county.example/shelter."),
            "link",
        )


def _check_notice(forum: Forum, starts_at: datetime, now: datetime, emergency: str) -> None:
    """A public body meets only after its notice stood for its days, or in an emergency.

    Raises:
        RuleError: where it would come too late.

    """
    if not forum.meets_in_the_open or emergency.strip():
        return
    first = now + timedelta(days=forum.notice_days)
    if starts_at < first:
        day = date_format(forum.record.initiative.today(first), "DATE_FORMAT")
        raise RuleError(
            _(
                "This group counts as a public body: the notice has to stand %(days)s days before"
                " it meets. Choose a time after %(day)s, or say why it is an emergency."
            )
            % {"days": forum.notice_days, "day": day},
            "starts_at",
        )


@transaction.atomic
def call_meeting(
    *,
    by: Actor,
    forum: Forum,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    link: str = "",
    title: str = "",
    emergency: str = "",
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Meeting:
    """Call a meeting; for a public body this posts its notice.

    Raises:
        RuleError: where it lies in the past, comes too soon after its notice, or a value does
            not fit.

    """
    must_stand(locked(forum.record))
    if not provenance.reported:
        if starts_at <= by.at:
            raise RuleError(
                _("Enter a time that lies ahead, or record it as a meeting that was held."),
                "starts_at",
            )
        _check_notice(forum, starts_at, by.at, emergency)
        _check_length(forum, starts_at, ends_at)
    return _store(
        by=by,
        meeting=Meeting(
            forum=forum,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place.strip(),
            link=link.strip(),
            emergency=emergency.strip(),
            state=State.PLANNED if starts_at > by.at else State.HELD,
            notice_posted_at=by.at if forum.meets_in_the_open and starts_at > by.at else None,
        ),
        title=title,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )


@transaction.atomic
def record_meeting(
    *,
    by: Actor,
    forum: Forum,
    when: PartialDate,
    title: str = "",
    place: str = "",
    visibility: str = "",
    provenance: Provenance = HERE,
) -> Meeting:
    """Keep a meeting that was held before, of which only the day, month or season is known.

    Raises:
        RuleError: where its day has not come yet.

    """
    initiative = forum.record.initiative
    if when.start > initiative.today(by.at):
        raise RuleError(_("Enter a day that has come; a planned meeting is called."), "when")
    noon = datetime.combine(when.start, time(12), ZoneInfo(initiative.zone)).astimezone(UTC)
    return _store(
        by=by,
        meeting=Meeting(
            forum=forum, starts_at=noon, place=place.strip(), state=State.HELD, day_only=True
        ),
        title=title,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )


def _store(
    *,
    by: Actor,
    meeting: Meeting,
    title: str,
    visibility: str,
    provenance: Provenance,
    when: PartialDate | None,
) -> Meeting:
    """Write the meeting with its record, first state and event; a reported one once."""
    forum, at = meeting.forum, meeting.starts_at
    initiative = forum.record.initiative
    name = title.strip() or _usual_title(forum, at)
    known = as_reported(Meeting, initiative, provenance, record__title=name, starts_at=at)
    if known is not None:
        return known
    must_stand(locked(forum.record))
    _check_times(at, meeting.ends_at)
    _check_link(meeting.link)
    days = when or PartialDate.on(initiative.today(at))
    meeting.record = open_record(
        by=by,
        initiative=initiative,
        kind=Meeting.RECORD_KIND,
        title=name,
        visibility=visibility or forum.record.visibility,
        provenance=provenance,
        when=days,
        organisation=forum.record.organisation,
    )
    meeting.save(force_insert=True)
    held = meeting.state == State.HELD
    append_state(
        record=meeting.record,
        state=meeting.state,
        by=by,
        when=days if held else None,
        provenance=provenance,
    )
    changes = {"starts_at": ("", at.isoformat()), "place": ("", meeting.place)}
    note_event(by=by, record=meeting.record, verb="held" if held else "called", changes=changes)
    return meeting


@transaction.atomic
def revise_meeting(
    *,
    by: Actor,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    link: str = "",
    title: str = "",
    emergency: str = "",
    seen: int | None = None,
) -> bool:
    """Change when, where or how a meeting takes place; a moved public meeting is posted anew.

    Raises:
        RuleError: where the new time comes too soon, or somebody else wrote in between.

    """
    _check_times(starts_at, ends_at)
    _check_link(link)
    locked(meeting.record)
    forum, before = meeting.forum, _row(meeting)
    _check_length(forum, starts_at, ends_at)
    moved = starts_at != before.starts_at
    if before.is_planned and moved:
        _check_ahead(starts_at, by.at)
        _check_notice(forum, starts_at, by.at, emergency)
    named = title.strip() or _usual_title(forum, starts_at)
    if title.strip() == _usual_title(forum, before.starts_at):
        named = _usual_title(forum, starts_at)
    values: dict[str, object] = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place.strip(),
        "link": link.strip(),
        "emergency": emergency.strip(),
    }
    if moved and before.is_planned and forum.meets_in_the_open:
        values["notice_posted_at"] = by.at
    if moved:
        values["day_only"] = False
    when = PartialDate.on(forum.record.initiative.today(starts_at)) if moved else None
    changed = revise_record(by=by, stage=meeting, title=named, when=when, values=values, seen=seen)
    if changed:
        _count_change(meeting)
    return changed


def _check_ahead(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise RuleError(_("Enter a time that lies ahead, like tomorrow at 14:30."), "starts_at")


def _row(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, locked."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _count_change(meeting: Meeting) -> None:
    """Calendars take a new version of an entry only where its number grew."""
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)


@transaction.atomic
def post_notice(*, by: Actor, meeting: Meeting) -> bool:
    """Say that the notice of a meeting stands from now on; once is enough.

    Raises:
        RuleError: where it is no longer planned.

    """
    record = locked(meeting.record)
    must_stand(record)
    current = _row(meeting)
    _must_be_planned(current)
    if current.notice_posted_at is not None:
        return False
    changes = current.change(notice_posted_at=by.at)
    note_event(by=by, record=record, verb="notice_posted", changes=changes)
    return True


def _must_be_planned(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise RuleError(
            _("This meeting is %(state)s. Call another one.")
            % {"state": meeting.get_state_display()}
        )


@transaction.atomic
def cancel_meeting(*, by: Actor, meeting: Meeting, because: str) -> None:
    """Say that a planned meeting does not take place, and why; it stays in the list.

    Raises:
        RuleError: where no reason is given, or it is no longer planned.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “snow emergency; we meet on Friday instead”."), "because")
    _turn(by, meeting, State.CANCELLED, because.strip())


def hold_meeting(*, by: Actor, meeting: Meeting) -> None:
    """Say that a meeting was held.

    Raises:
        RuleError: where its day has not come, or it is no longer planned.

    """
    if meeting.day() > meeting.record.initiative.today(by.at):
        raise RuleError(_("Its day has not come yet. Change the date if it was held earlier."))
    _turn(by, meeting, State.HELD)


@transaction.atomic
def _turn(by: Actor, meeting: Meeting, state: str, because: str = "") -> None:
    record = locked(meeting.record)
    must_stand(record)
    current = _row(meeting)
    _must_be_planned(current)
    changes = current.change(state=state)
    _count_change(current)
    append_state(record=record, state=state, by=by, because=because)
    note_event(by=by, record=record, verb=state, changes=changes, because=because)
