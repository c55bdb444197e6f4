"""A person's name and address go, everywhere; what they did and every total stand."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actions.people import person_subject
from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Subject, accounts_stream, append_event, erase_values
from headway.accounts.models import (
    ApiToken,
    Authority,
    AuthorityRole,
    Event,
    EventValue,
    LinkToken,
    OutboxMessage,
    User,
)
from headway.core.errors import RuleError
from headway.exchange.actions.ledger import follow_in_ledger
from headway.exchange.actions.removal import checked_reason
from headway.exchange.formats.ledger import ERASED
from headway.initiatives.actions import let_go
from headway.initiatives.models import Hold, Mandate, Member, Record, RecordHold

NOBODY = "–"


@transaction.atomic
def erase_person(*, by: Actor, authority: Authority, user: User, because: str) -> Event:
    """Take a person's name and address out of accounts, memberships and the log.

    Raises:
        RuleError: naming the hold that keeps something of theirs, or where they still hold a
            role or look after records.

    """
    because = checked_reason(because)
    current = User.objects.select_for_update().get(pk=user.pk)
    refuse_if_erased(current)
    _refuse_if_held(current)
    _refuse_if_in_office(by, authority, current)
    members = Member.objects.filter(user=current).select_related("initiative__stream")
    for member in members.filter(left_at__isnull=True):
        let_go(by=by, member=member)
    event = forget(by=by, authority=authority, user=current, because=because)
    follow_in_ledger()
    return event


def refuse_if_erased(user: User) -> None:
    """Stop what was done before.

    Raises:
        RuleError: where the person was erased already.

    """
    if user.email == erased_address(user):
        raise RuleError(_("Nothing is left to remove: this person was erased already."))


def erased_address(user: User) -> str:
    """What stands in place of an address: no mail ever goes there (RFC 2606)."""
    return f"{user.pk}@erased.invalid"


def _refuse_if_held(user: User) -> None:
    members = Member.objects.filter(user=user)
    records = Record.objects.filter(Q(author__in=members) | Q(owner__in=members))
    single = RecordHold.objects.filter(record__in=records).values("hold")
    holds = Hold.objects.active().filter(
        Q(pk__in=single) | Q(initiative__in=members.values("initiative"))
    )
    names = ", ".join(holds.values_list("name", flat=True))
    if names:
        raise RuleError(
            _("This person took part in what is on hold: %s. Release the hold first.") % names
        )


def _refuse_if_in_office(by: Actor, authority: Authority, user: User) -> None:
    roles = AuthorityRole.objects.filter(user=user).holding(authority.today(by.at))
    if roles.exists():
        raise RuleError(_("Take away this person's role in the settings first."))
    if Member.objects.filter(user=user).exclude(initiative__authority=authority).exists():
        raise RuleError(_("This person also takes part elsewhere. Ask that records office first."))


def forget(
    *, by: Actor, authority: Authority, user: User, because: str, also: Changes | None = None
) -> Event:
    """Empty everything that names a person, and note it."""
    members = list(Member.objects.filter(user=user))
    names = {user.name, user.email, *(member.name for member in members)} - {""}
    _empty_sign_in(by, user)
    for member in members:
        member.change(name=_("Erased person"), person=None)
    _empty_mandates(names)
    _empty_mail(user.email)
    stream = accounts_stream(authority)
    for subject in (person_subject(user), *(Subject("member", each.pk) for each in members)):
        erase_values(by=by, stream=stream, subject=subject, because=because)
    user.change(name="", email=erased_address(user), language="", is_active=False)
    event = append_event(
        stream=stream,
        by=by,
        verb=ERASED,
        subject=Subject("account", user.pk),
        changes=also,
        because=because,
    )
    _erase_quotes(names, event)
    return event


def _empty_sign_in(by: Actor, user: User) -> None:
    """End every way in; the rows of other apps about signing in are not records."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for model in (EmailAddress, Authenticator, UserSession):
        model.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=by.at)
    ApiToken.objects.filter(user=user).update(name=NOBODY)
    LinkToken.objects.filter(user=user, used_at__isnull=True).update(used_at=by.at)


def _empty_mandates(names: Collection[str]) -> None:
    for name in names:
        for mandate in Mandate.objects.filter(given_by__contains=name):
            mandate.change(given_by=mandate.given_by.replace(name, _("Erased person")))


def _empty_mail(address: str) -> None:
    sent = OutboxMessage.objects.filter(recipient__iexact=address)
    sent.filter(state=OutboxMessage.State.WAITING).update(state=OutboxMessage.State.REFUSED)
    sent.update(recipient="nobody@erased.invalid", subject=NOBODY, text="", html="", reply_to="")


def _erase_quotes(names: Collection[str], erasure: Event) -> int:
    """Empty what the log of other things says in exactly the person's name or address."""
    quoting = EventValue.objects.filter(erased_by__isnull=True).exclude(event=erasure)
    named = quoting.filter(Q(old__in=names) | Q(new__in=names))
    return named.update(old="", new="", erased_by=erasure)
