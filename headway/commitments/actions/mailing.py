"""Mails that bring promises to the organisations that made them."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.actor import Actor
from headway.commitments.actions.letters import in_language_of, remember, write_letter
from headway.commitments.actions.standing import held_open
from headway.commitments.models import Commitment, Reminder
from headway.commitments.queries.answerers import Answerer, answerers, answerers_of
from headway.core.errors import RuleError
from headway.forums.models import Meeting, MinuteLine
from headway.initiatives.actions import note_event
from headway.initiatives.models import Record


@transaction.atomic
def ask_to_confirm(*, by: Actor, commitment: Commitment) -> int:
    """Mail those who may speak for the organisation, at most once a day; answers how many.

    Raises:
        RuleError: where nobody may confirm it, or it is confirmed already or has ended.

    """
    row = held_open(commitment)
    if row.state != Commitment.State.INTENT:
        raise RuleError(_("It is confirmed already."))
    today = row.record.initiative.today(by.at)
    asked = [each for each in answerers(row, today) if each.may_confirm]
    if not asked:
        raise RuleError(
            _(
                "Nobody is known who may confirm this for %(name)s. Record a mandate for one of "
                "its members, or name a seat whose holder has an email address."
            )
            % {"name": row.who or _("an organization")}
        )
    written = sum(_ask(row, to, today, by) for to in asked)
    if written:
        note_event(by=by, record=row.record, verb="asked_to_confirm")
    return written


def _ask(row: Commitment, to: Answerer, today: date, by: Actor) -> int:
    if not remember([row], Reminder.Kind.CONFIRM, today, to.address, by.at):
        return 0
    with in_language_of(to, row.record.initiative):
        write_letter(
            commitments=[row],
            to=to,
            at=by.at,
            kind="promise_confirm",
            subject=_("Is this your organization's promise? %s") % row.record.title,
            opening=_(
                "this was noted as a promise of your organization. It counts as an intent until "
                "somebody who may speak for the organization confirms it."
            ),
        )
    return 1


@transaction.atomic
def mail_promises(*, by: Actor, meeting: Meeting) -> int:
    """Mail each organisation its own promises of a meeting; answers how many mails were written.

    Twice sends nothing new: what somebody was told of this meeting is remembered.
    """
    initiative = meeting.record.initiative
    about = initiative.today(meeting.starts_at)
    rows = _promises_of(meeting)
    people = answerers_of(rows, initiative, initiative.today(by.at))
    shares: dict[str, list[Commitment]] = defaultdict(list)
    known: dict[str, Answerer] = {}
    for row in rows:
        for to in people[row.pk]:
            known[to.address] = to
            shares[to.address].append(row)
    written = sum(
        _tell(known[address], shares[address], about, by, meeting) for address in sorted(shares)
    )
    if written:
        note_event(
            by=by, record=meeting.record, verb="promises_mailed", changes={"mails": ("", written)}
        )
    return written


def _promises_of(meeting: Meeting) -> list[Commitment]:
    lines = Record.objects.filter(pk__in=MinuteLine.objects.filter(meeting=meeting).values("pk"))
    of_meeting = Record.objects.filter(pk=meeting.pk)
    rows = Commitment.objects.live().still_open().came_from(lines | of_meeting)
    return list(
        rows.select_related(
            "record__initiative__authority", "organisation__merged_into", "person__merged_into"
        ).earliest_first()
    )


def _tell(to: Answerer, rows: list[Commitment], about: date, by: Actor, meeting: Meeting) -> int:
    fresh = remember(rows, Reminder.Kind.MEETING, about, to.address, by.at)
    if not fresh:
        return 0
    with in_language_of(to, meeting.record.initiative):
        number = len(fresh)
        write_letter(
            commitments=fresh,
            to=to,
            at=by.at,
            kind="promise_meeting",
            subject=ngettext(
                "%(count)s promise of your organization from “%(meeting)s”",
                "%(count)s promises of your organization from “%(meeting)s”",
                number,
            )
            % {"count": number, "meeting": meeting.record.title},
            opening=ngettext(
                "this is what your organization said it will do:",
                "these are the things your organization said it will do:",
                number,
            ),
        )
    return 1
