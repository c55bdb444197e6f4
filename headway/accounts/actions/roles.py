from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actions.people import person_subject
from headway.accounts.actor import Actor
from headway.accounts.events import accounts_stream, append_event
from headway.accounts.models import Authority, AuthorityRole, User
from headway.core.errors import RuleError


def _check_term(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise RuleError(_("Choose a last day that is not before the first."), "ends_on")


@transaction.atomic
def grant_role(
    *,
    by: Actor,
    authority: Authority,
    email: str,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
) -> AuthorityRole:
    """Give somebody with an account a role for the whole authority.

    Raises:
        RuleError: where there is no such account, the role overlaps one held, or the term ends
            before it starts.

    """
    if role not in AuthorityRole.Role.values:
        raise RuleError(_("Choose one of the roles listed."), "role")
    _check_term(starts_on, ends_on)
    authority.lock()
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise RuleError(
            _("Ask them to make an account first: nobody has signed up with this address."),
            "email",
        )
    _check_not_held(authority, user, role, starts_on, ends_on)
    granted = AuthorityRole(
        authority=authority, user=user, role=role, starts_on=starts_on, ends_on=ends_on
    )
    granted.save(force_insert=True)
    append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="role_granted",
        subject=person_subject(user),
        changes={"role": ("", role), "starts_on": ("", starts_on), "ends_on": ("", ends_on)},
    )
    return granted


def _check_not_held(
    authority: Authority, user: User, role: str, starts_on: date, ends_on: date | None
) -> None:
    held = AuthorityRole.objects.in_authority(authority).standing(starts_on)
    overlapping = held.filter(user=user, role=role)
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise RuleError(_("Choose another role or dates: they hold this role then."), "role")


@transaction.atomic
def end_role(
    *, by: Actor, role: AuthorityRole, because: str, last_day: date | None = None
) -> AuthorityRole:
    """End a role after a last day; without one it is taken away at once.

    Raises:
        RuleError: where nobody would be left to administer, no reason is given, the role is over
            already, or the last day lies in the past.

    """
    if not because.strip():
        raise RuleError(_("Say why, like: moved to another department."), "because")
    role.authority.lock()
    held = AuthorityRole.objects.select_for_update().get(pk=role.pk)
    today = held.authority.today(by.at)
    _check_still_held(held, today, last_day)
    if held.role == AuthorityRole.Role.ADMINISTRATOR:
        _check_another_administrator(held, last_day or today)
    changes = held.change(
        ends_on=max(last_day or today, held.starts_on),
        ended_at=None if last_day else by.at,
    )
    append_event(
        stream=accounts_stream(held.authority),
        by=by,
        verb="role_ended" if last_day else "role_taken_away",
        subject=person_subject(held.user),
        changes=changes | {"role": (held.role, held.role if last_day else "")},
        because=because,
    )
    return held


def _check_still_held(held: AuthorityRole, today: date, last_day: date | None) -> None:
    if held.ended_at is not None or (held.ends_on is not None and held.ends_on < today):
        raise RuleError(_("Nothing to do: this role is over already."))
    if last_day is not None and last_day < max(today, held.starts_on):
        raise RuleError(
            _("Choose a last day from today on, or take the role away now."), "last_day"
        )


def _check_another_administrator(held: AuthorityRole, last_day: date) -> None:
    """Only somebody who holds the role without an end can take over whenever this one ends."""
    others = (
        AuthorityRole.objects.in_authority(held.authority)
        .not_taken_away()
        .filter(role=AuthorityRole.Role.ADMINISTRATOR, ends_on__isnull=True, user__is_active=True)
        .filter(starts_on__lte=last_day)
        .exclude(user=held.user)
    )
    if not others.exists():
        raise RuleError(
            _("Make somebody else administrator first: one must remain, without a last day.")
        )
