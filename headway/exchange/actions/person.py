"""A person's name and address go, everywhere; what they did and every total stand."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actions.people import person_subject
from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Subject, accounts_stream, append_event, erase_values
from headway.accounts.models import ApiToken, Authority, AuthorityRole, Event, LinkToken, User
from headway.core.errors import RuleError
from headway.exchange.actions.ledger import follow_in_ledger
from headway.exchange.actions.removal import checked_reason
from headway.exchange.actions.traces import (
    NOBODY,
    empty_attendance,
    empty_mail,
    empty_mandates,
    empty_promises,
    erase_person_quotes,
    forget_contacts,
)
from headway.exchange.formats.ledger import ERASED
from headway.exchange.queries.naming import addresses_of, erased_name, names_of
from headway.exchange.queries.person import erased_address, hold_names_on, what_stands_against
from headway.initiatives.actions import let_go
from headway.initiatives.models import Mandate, Member, Record, RoleGrant


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
    refuse_if_person_held(authority, current)
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


def refuse_if_person_held(authority: Authority, user: User) -> None:
    """Stop what a hold of this authority keeps.

    Raises:
        RuleError: naming the holds.

    """
    names = ", ".join(hold_names_on(authority, user))
    if names:
        raise RuleError(
            _("This person took part in what is on hold: %s. Release the hold first.") % names
        )


def _refuse_if_in_office(by: Actor, authority: Authority, user: User) -> None:
    against = what_stands_against(authority, user, authority.today(by.at))
    if against:
        raise RuleError(against[0])


def forget(
    *, by: Actor, authority: Authority, user: User, because: str, also: Changes | None = None
) -> Event:
    """Empty everything that names a person, and note it."""
    members = list(Member.objects.filter(user=user))
    names, addresses = names_of(user), addresses_of(user)
    _empty_sign_in(by, user)
    for member in members:
        member.change(name=erased_name(), person=None)
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
    erase_person_quotes(authority=authority, names=names, erasure=event)
    empty_mandates(by=by, authority=authority, names=names)
    empty_promises(members=members, addresses=addresses)
    empty_attendance(members=members, names=names, erasure=event)
    forget_contacts(addresses)
    empty_mail(authority=authority, addresses=addresses, names=names)
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


def leave_everything(*, by: Actor, user: User) -> None:
    """End every role and membership of somebody whom a restored backup brought back.

    Nothing refuses it: what stood against it was settled when the person was erased first.
    """
    for role in AuthorityRole.objects.filter(user=user).not_taken_away():
        role.change(ended_at=by.at)
        append_event(
            stream=accounts_stream(role.authority),
            by=by,
            verb="role_ended",
            subject=Subject("account", user.pk),
            changes={"role": (role.role, "")},
        )
    members = Member.objects.filter(user=user, left_at__isnull=True)
    for member in members.select_related("initiative__stream"):
        _leave(by, member)


def _leave(by: Actor, member: Member) -> None:
    today = member.initiative.today(by.at)
    for model in (RoleGrant, Mandate):
        for term in model.objects.filter(member=member).standing(today):
            term.change(ends_on=max(term.starts_on, today), ended_at=by.at)
    for record in Record.objects.live().filter(owner=member):
        record.change(owner=None)
    member.change(left_at=by.at)
    append_event(
        stream=member.initiative.stream,
        by=by,
        verb="left",
        subject=Subject("member", member.pk),
    )
