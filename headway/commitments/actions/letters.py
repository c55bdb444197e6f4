"""Mails about promises: each names the promise, a link and the address that takes the answer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.accounts.actions import post_mail
from headway.accounts.links import make_link
from headway.accounts.replies import reply_address, reply_token, web_address
from headway.commitments.models import Commitment, Reminder
from headway.commitments.queries.answerers import Answerer
from headway.commitments.queries.words import due_words
from headway.core.errors import Message
from headway.initiatives.models import Initiative

PURPOSE: Final = "promise"
LINK_LASTS = timedelta(days=45)
# What fits into one mail with a link and an address for each.
MOST_IN_A_MAIL = 40


def link_purpose(token: str) -> str:
    """What a link is made for: the answer of the one person whom the token names."""
    return f"{PURPOSE} {token[-40:]}"


def answer_ways(commitment: Commitment, to: Answerer, at: datetime) -> tuple[str, str]:
    """A fresh link and the reply address by which one person answers for one promise."""
    initiative = commitment.record.initiative
    token = reply_token(purpose=PURPOSE, subject_id=commitment.pk, recipient=to.address)
    secret = make_link(
        authority=initiative.authority,
        purpose=link_purpose(token),
        subject_id=commitment.pk,
        at=at,
        lasts=LINK_LASTS,
        user=to.user,
        organisation_id=commitment.organisation_id,
    )
    path = reverse("commitments:answer_link", args=[token, secret])
    return web_address(initiative.authority, path), reply_address(token)


def how_to_answer(commitment: Commitment, to: Answerer) -> str:
    """What one may write back, in a few lines."""
    lines = [
        _("Answer with one line:"),
        _("  done"),
        _("  late until 5/12"),
        _("  not going ahead because the grant was not renewed"),
    ]
    if to.may_confirm and commitment.state == Commitment.State.INTENT:
        lines.insert(1, _("  yes (we promise this, and it is within our authority)"))
    return "\n".join(lines)


def promise_lines(commitment: Commitment) -> str:
    """The promise as a mail names it."""
    due = due_words(commitment) or _("no date said")
    return _("“%(text)s”\n%(who)s, due: %(due)s") % {
        "text": commitment.record.title,
        "who": commitment.who or _("nobody named yet"),
        "due": due,
    }


def write_letter(
    *,
    commitments: Sequence[Commitment],
    to: Answerer,
    at: datetime,
    kind: str,
    subject: Message,
    opening: Message,
) -> None:
    """Write one mail about one or more promises, each with its link and its reply address."""
    if len(commitments) > MOST_IN_A_MAIL:
        for part in (commitments[:MOST_IN_A_MAIL], commitments[MOST_IN_A_MAIL:]):
            write_letter(
                commitments=part, to=to, at=at, kind=kind, subject=subject, opening=opening
            )
        return
    initiative = commitments[0].record.initiative
    parts, addresses = [str(opening)], []
    for commitment in commitments:
        link, address = answer_ways(commitment, to, at)
        addresses.append(address)
        parts.append(_one(commitment, link, address, alone=len(commitments) == 1))
    parts.append(how_to_answer(commitments[0], to))
    parts.append(_("A promise is not a contract. It is shown with its date and its state."))
    post_mail(
        at=at,
        authority=initiative.authority,
        kind=kind,
        recipient=to.address,
        subject=str(subject),
        text=_signed(initiative, to.name, "\n\n".join(parts)),
        reply_to=addresses[0] if len(addresses) == 1 else "",
    )


def _one(commitment: Commitment, link: str, address: str, *, alone: bool) -> str:
    by_mail = _("Or answer this mail.") if alone else _("Or write to: %s") % address
    return "\n".join([promise_lines(commitment), _("Answer here: %s") % link, by_mail])


def _signed(initiative: Initiative, name: str, text: str) -> str:
    return f"{name},\n\n{text}\n\n{initiative.title}\n"


def write_plain(
    *,
    initiative: Initiative,
    to: Answerer,
    at: datetime,
    kind: str,
    subject: str,
    text: str,
    reply_to: str = "",
) -> None:
    """Write one mail that is no question about a promise."""
    post_mail(
        at=at,
        authority=initiative.authority,
        kind=kind,
        recipient=to.address,
        subject=subject,
        text=_signed(initiative, to.name, text),
        reply_to=reply_to,
    )


def in_language_of(to: Answerer, initiative: Initiative) -> translation.override:
    """What is written for somebody, in their language."""
    return translation.override(to.language or initiative.language)


def day_words(day: date) -> str:
    """A day with its weekday, as somebody who must act reads it."""
    return date_format(day, "l, F j, Y")


@transaction.atomic
def remember(
    commitments: Sequence[Commitment], kind: str, about: date, recipient: str, at: datetime
) -> list[Commitment]:
    """Note that somebody is written to; answers those promises that they were not told of yet."""
    fresh = []
    for commitment in commitments:
        _row, made = Reminder.objects.get_or_create(
            commitment=commitment,
            kind=kind,
            about=about,
            recipient=recipient,
            defaults={"written_at": at},
        )
        fresh += [commitment] if made else []
    return fresh
