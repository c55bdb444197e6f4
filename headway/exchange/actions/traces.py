"""What names a person outside their own rows: mandates, mails and the log of other things."""

from collections.abc import Collection
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import getaddresses
from functools import reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.models import Authority, Event, EventValue, OutboxMessage
from headway.commitments.models import Commitment, Reminder
from headway.exchange.queries.naming import erased_name, without_person
from headway.forums.models import Attendance, StatementContact
from headway.initiatives.models import Mandate, Member

NOBODY = "–"
NOWHERE = "nobody@erased.invalid"
MAIL_TEXTS = ("subject", "text", "html", "reply_to", "trouble")
LONGEST = {"subject": 250, "reply_to": 250, "trouble": 250}
OWN_ROWS = ("account", "member")


def _says(fields: Collection[str], how: str, words: Collection[str]) -> Q:
    """The condition that one of these columns holds one of these words."""
    conditions = (Q(**{f"{field}__{how}": word}) for field in fields for word in words)
    return reduce(or_, conditions, Q(pk__in=[]))


def empty_mandates(*, by: Actor, authority: Authority, names: Collection[str]) -> int:
    """Take a person out of what says who gave a mandate; each changed one is an event."""
    mandates = Mandate.objects.filter(member__initiative__authority=authority)
    naming = mandates.filter(_says(["given_by"], "icontains", names))
    return sum(
        _reword(by, mandate, without_person(mandate.given_by, names)[:250])
        for mandate in naming.select_related("member__initiative__stream")
    )


def _reword(by: Actor, mandate: Mandate, given_by: str) -> bool:
    if not mandate.change(given_by=given_by):
        return False
    append_event(
        stream=mandate.member.initiative.stream,
        by=by,
        verb="mandate_reworded",
        subject=Subject("member", mandate.member_id, mandate.member.name),
        changes={"given_by": ("", given_by)},
    )
    return True


def empty_mail(*, authority: Authority, addresses: Collection[str], names: Collection[str]) -> None:
    """Empty the mails to a person, and take them out of the authority's mails to others."""
    theirs = OutboxMessage.objects.filter(_says(["recipient"], "iexact", addresses))
    theirs.filter(state=OutboxMessage.State.WAITING).update(state=OutboxMessage.State.REFUSED)
    theirs.update(recipient=NOWHERE, subject=NOBODY, text="", html="", reply_to="", trouble="")
    others = OutboxMessage.objects.filter(authority=authority)
    for message in others.filter(_says(MAIL_TEXTS, "icontains", names)):
        _take_out_of(message, names)
    transaction.on_commit(lambda: delete_letters(addresses), robust=True)


def _take_out_of(message: OutboxMessage, names: Collection[str]) -> None:
    changed = {name: without_person(getattr(message, name), names) for name in MAIL_TEXTS}
    message.change(**{name: text[: LONGEST.get(name)] for name, text in changed.items()})


def empty_promises(*, members: Collection[Member], addresses: Collection[str]) -> None:
    """Take a person out of what promises keep of who confirmed them and who was written to."""
    confirmed = Commitment.objects.filter(confirmed_by__in=members)
    confirmed.exclude(confirmed_name="").update(confirmed_name=erased_name())
    for reminder in Reminder.objects.filter(_says(["recipient"], "iexact", addresses)):
        # Each its own address, because nobody is reminded twice of one thing.
        reminder.change(recipient=f"{reminder.pk}@erased.invalid")


def empty_attendance(
    *, members: Collection[Member], names: Collection[str], erasure: Event
) -> None:
    """Take a person out of who was at meetings, and out of what the log says of that."""
    noted = Attendance.objects.filter(member__in=members)
    meetings = set(noted.values_list("meeting", flat=True))
    for row in noted:
        row.change(name=_free_name(row), person=None)
    told = EventValue.objects.filter(
        event__subject_id__in=meetings, event__verb="attendance_noted", erased_by__isnull=True
    )
    naming = told.filter(_says(["old", "new"], "icontains", names))
    naming.update(old="", new="", erased_by=erasure)


def _free_name(row: Attendance) -> str:
    """What stands in place of a name; a meeting lists each name once."""
    there = Attendance.objects.filter(meeting=row.meeting_id, name__startswith=erased_name())
    others = there.exclude(pk=row.pk).count()
    return f"{erased_name()} {others + 1}" if others else erased_name()


def forget_contacts(addresses: Collection[str]) -> None:
    """Take a person's address off the statements whose fate they wanted to hear of."""
    StatementContact.objects.filter(_says(["address"], "iexact", addresses)).delete()


def delete_letters(addresses: Collection[str]) -> int:
    """Delete the mails to these addresses from the folder; answer how many there were."""
    found = [file for file in Path(settings.MAIL_FOLDER).glob("*.eml") if _is_to(file, addresses)]
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)


def _is_to(file: Path, addresses: Collection[str]) -> bool:
    try:
        with file.open("rb") as letter:
            headers = BytesHeaderParser(policy=default).parse(letter)
    except FileNotFoundError:
        return False
    to = getaddresses([str(line) for line in headers.get_all("To", [])])
    return any(address.lower() in addresses for _name, address in to)


def erase_person_quotes(*, authority: Authority, names: Collection[str], erasure: Event) -> int:
    """Empty what the authority's log of other things says in exactly the name or address.

    Other people's own rows stay: somebody else may have the same name.
    """
    quoting = EventValue.objects.filter(
        event__stream__authority=authority, erased_by__isnull=True
    ).exclude(event=erasure)
    others = quoting.exclude(event__subject_kind__in=OWN_ROWS, field="title")
    named = others.filter(Q(old__in=names) | Q(new__in=names))
    return named.update(old="", new="", erased_by=erasure)
