"""Reminders before a day, escalation after it, and the convener's weekly report."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.replies import web_address
from headway.commitments.actions.letters import (
    day_words,
    in_language_of,
    promise_lines,
    remember,
    write_letter,
    write_plain,
)
from headway.commitments.models import Commitment, Reminder
from headway.commitments.queries.answerers import Answerer, answerers_of
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, RoleGrant

BEFORE: Final = timedelta(days=7)
FIRST_AFTER, THEN_AFTER = timedelta(days=1), timedelta(days=7)
# An installation that was switched off for long does not write about what is long past.
OLDEST: Final = timedelta(days=21)
MORNING: Final = 7
MONDAY: Final = 0
MOST_LISTED: Final = 100


def write_reminders(*, now: datetime) -> int:
    """Write every reminder that is due and was not written yet; answers how many mails."""
    written = 0
    for initiative in Initiative.objects.filter(closed_on__isnull=True).select_related("authority"):
        written += _remind_in(initiative, now)
    return written


@transaction.atomic
def _remind_in(initiative: Initiative, now: datetime) -> int:
    today = initiative.today(now)
    rows = _awaited(initiative, today)
    people = answerers_of(rows, initiative, today)
    written = 0
    for row in rows:
        about = _stage(row, today)
        if about is None:
            continue
        for to in _told(row, people[row.pk], about):
            written += _remind(row, to, about, now)
    return written + _report_week(initiative, today, now)


def _awaited(initiative: Initiative, today: date) -> list[Commitment]:
    """Open promises near their day; what a source reported reminds nobody until confirmed."""
    near = Q(due_to__gte=today - OLDEST, due_to__lte=today + BEFORE)
    own = Q(record__provenance="here") | Q(confirmed_at__isnull=False)
    rows = Commitment.objects.in_initiative(initiative).live().still_open().filter(near & own)
    return list(
        rows.select_related(
            "record__initiative__authority",
            "organisation__merged_into",
            "person__merged_into",
            "asked_by__user",
        ).earliest_first()
    )


def _stage(row: Commitment, today: date) -> date | None:
    """The day that the newest reminder is about; each is written once."""
    due = row.due_to
    if due is None:
        return None
    if today <= due:
        return due
    if today >= due + THEN_AFTER:
        return due + THEN_AFTER
    return due + FIRST_AFTER if today >= due + FIRST_AFTER else None


def _told(row: Commitment, people: tuple[Answerer, ...], about: date) -> Iterable[Answerer]:
    """Those who answer for it; a week after its day also whoever asked for it."""
    yield from people
    asker = row.asked_by.user if row.asked_by is not None else None
    if row.due_to is None or about < row.due_to + THEN_AFTER or asker is None:
        return
    gone = row.asked_by is None or row.asked_by.left_at is not None or not asker.is_active
    if not gone and asker.email.lower() not in {each.address for each in people}:
        yield Answerer(
            asker.email.lower(), asker.name, may_confirm=False, language=asker.language, user=asker
        )


def _remind(row: Commitment, to: Answerer, about: date, now: datetime) -> int:
    before = about == row.due_to
    kind = Reminder.Kind.BEFORE if before else Reminder.Kind.OVERDUE
    if not remember([row], kind, about, to.address, now):
        return 0
    with in_language_of(to, row.record.initiative):
        subject, opening = _words(row, before=before)
        if to.member_id is None and not to.may_confirm:
            text = f"{opening}\n\n{promise_lines(row)}\n\n{_address(row)}"
            write_plain(
                initiative=row.record.initiative,
                to=to,
                at=now,
                kind="promise_reminder",
                subject=subject,
                text=text,
            )
        else:
            write_letter(
                commitments=[row],
                to=to,
                at=now,
                kind="promise_reminder",
                subject=subject,
                opening=opening,
            )
    return 1


def _words(row: Commitment, *, before: bool) -> tuple[str, str]:
    day = day_words(row.due_to) if row.due_to else ""
    title = row.record.title
    if before:
        return _("Due %(day)s: %(title)s") % {"day": day, "title": title}, _(
            "this promise is due on %(day)s. Is it done, or does it need another day?"
        ) % {"day": day}
    return _("A new date? %(title)s") % {"title": title}, _(
        "this promise was due on %(day)s and nobody has said how it stands. One line is enough."
    ) % {"day": day}


def _address(row: Commitment) -> str:
    initiative = row.record.initiative
    return web_address(initiative.authority, kinds.href(row.record, initiative.slug))


def _report_week(initiative: Initiative, today: date, now: datetime) -> int:
    """Mail every convener, once a week from Monday morning on, what is overdue."""
    monday = today - timedelta(days=today.weekday())
    local = now.astimezone(ZoneInfo(initiative.zone))
    if today.weekday() == MONDAY and local.hour < MORNING:
        return 0
    rows = list(
        Commitment.objects.in_initiative(initiative)
        .live()
        .overdue(today)
        .select_related("record__initiative__authority", "organisation__merged_into")
        .earliest_first()
    )
    if not rows:
        return 0
    return sum(_report(to, rows, monday, now) for to in _conveners(initiative, today))


def _conveners(initiative: Initiative, today: date) -> list[Answerer]:
    grants = RoleGrant.objects.filter(
        member__initiative=initiative,
        member__left_at__isnull=True,
        member__user__is_active=True,
        role=RoleGrant.Role.CONVENER,
    ).holding(today)
    return [
        Answerer(
            user.email.lower(), member.name, may_confirm=False, language=user.language, user=user
        )
        for member, user in (
            (grant.member, grant.member.user) for grant in grants.select_related("member__user")
        )
        if user is not None
    ]


def _report(to: Answerer, rows: list[Commitment], monday: date, now: datetime) -> int:
    """One report a week; it is remembered with the first promise that it names."""
    initiative = rows[0].record.initiative
    already = Reminder.objects.filter(
        commitment__record__initiative=initiative,
        kind=Reminder.Kind.WEEKLY,
        about=monday,
        recipient=to.address,
    )
    if already.exists():
        return 0
    # Of two workers at once, the second finds it remembered.
    if not remember(rows[:1], Reminder.Kind.WEEKLY, monday, to.address, now):
        return 0
    with in_language_of(to, initiative):
        number = len(rows)
        subject = ngettext(
            "%(count)s promise is past its date in “%(title)s”",
            "%(count)s promises are past their date in “%(title)s”",
            number,
        ) % {"count": number, "title": initiative.title}
        opening = _("each waits for a word from the organization that made it:")
        lists = [f"{promise_lines(row)}\n{_address(row)}" for row in rows[:MOST_LISTED]]
        write_plain(
            initiative=initiative,
            to=to,
            at=now,
            kind="promise_weekly",
            subject=subject,
            text="\n\n".join([opening, *lists]),
        )
    return 1
