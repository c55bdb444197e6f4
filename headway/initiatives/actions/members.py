from datetime import date, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from headway.accounts.actions import make_person, post_mail
from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Subject, append_event
from headway.accounts.models import User
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions.records import hand_over_record
from headway.initiatives.models import Initiative, Mandate, Member, Record, RoleGrant

CONVENER = RoleGrant.Role.CONVENER
A_DAY = timedelta(days=1)
NOT_ENDING_WITHIN = timedelta(days=30)


def _note(
    by: Actor, member: Member, verb: str, changes: Changes | None = None, because: str = ""
) -> None:
    append_event(
        stream=member.initiative.stream,
        by=by,
        verb=verb,
        subject=Subject("member", member.pk, member.name),
        changes=changes,
        because=because,
    )


def _today(by: Actor, initiative: Initiative) -> date:
    return initiative.today(by.at)


def _user_with(by: Actor, initiative: Initiative, email: str, name: str) -> User:
    user = make_person(by=by, authority=initiative.authority, email=email, name=name)
    if not user.is_active:
        raise RuleError(
            _("This account is closed. Ask an administrator to open it again."), "email"
        )
    return user


def _tell(by: Actor, member: Member, user: User, address: str) -> None:
    """Mail somebody that they are a member now, in their language."""
    initiative = member.initiative
    with translation.override(user.language or initiative.language):
        post_mail(
            at=by.at,
            authority=initiative.authority,
            kind="membership",
            recipient=user.email,
            subject=_("You are now a member of %s") % initiative.title,
            text=_(
                "%(name)s,\n\n"
                "you can now take part in “%(title)s”. Open it here:\n\n"
                "%(address)s\n\n"
                "Sign in with this email address. You need no password: we mail you a code.\n"
            )
            % {"name": member.name, "title": initiative.title, "address": address},
        )


def _check_ends(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise RuleError(_("Choose an end on or after the start."), "ends_on")


def _check_stays(member: Member) -> None:
    """Lock a member until the transaction ends, refusing one who has left."""
    current = Member.objects.select_for_update().get(pk=member.pk)
    if current.left_at is not None:
        raise RuleError(_("%(name)s has left. Invite them again first.") % {"name": member.name})


@transaction.atomic
def invite_member(
    *,
    by: Actor,
    initiative: Initiative,
    email: str,
    name: str,
    role: str,
    organisation: Organisation | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    address: str = "",
) -> Member:
    """Make somebody a member with a role; they sign in with their e-mail address.

    With the address of the initiative they are told by mail; without one (imports) nobody is.

    Raises:
        RuleError: where the address is no address, or the person is a member already.

    """
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    user = _user_with(by, initiative, email, name.strip())
    if Member.objects.in_initiative(initiative).filter(user=user, left_at__isnull=True).exists():
        raise RuleError(
            _("This person is a member already. Give them a further role instead."), "email"
        )
    if organisation is not None and organisation.authority_id != initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "organisation")
    member = Member(
        initiative=initiative,
        user=user,
        organisation=organisation,
        name=name.strip() or user.name or user.email,
        joined_at=by.at,
    )
    member.save(force_insert=True)
    _note(by, member, "joined")
    grant_role(by=by, member=member, role=role, starts_on=starts_on, ends_on=ends_on)
    if address:
        _tell(by, member, user, address)
    return member


@transaction.atomic
def grant_role(
    *,
    by: Actor,
    member: Member,
    role: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give a member a role from a day, by default today.

    Raises:
        RuleError: where the role is unknown, held already, or would end before it starts.

    """
    _check_stays(member)
    if role not in RoleGrant.Role.values:
        raise RuleError(_("Choose a role from the list, like partner."), "role")
    start = starts_on or _today(by, member.initiative)
    _check_ends(start, ends_on)
    held = RoleGrant.objects.filter(member=member, role=role)
    if held.standing(start).exists():
        raise RuleError(_("%(name)s holds this role already.") % {"name": member.name}, "role")
    grant = RoleGrant(member=member, role=role, starts_on=start, ends_on=ends_on)
    grant.save(force_insert=True)
    _note(by, member, "role_granted", _granted(role, ends_on))
    return grant


def _granted(role: str, ends_on: date | None) -> Changes:
    changes: dict[str, tuple[object, object]] = {"role": ("", role)}
    return changes | ({"ends_on": ("", ends_on)} if ends_on else {})


def _other_conveners(grant: RoleGrant, today: date) -> bool:
    """Whether somebody else convenes on, who can sign in and whose term does not end first."""
    others = RoleGrant.objects.filter(
        member__initiative=grant.member.initiative,
        member__left_at__isnull=True,
        member__user__is_active=True,
        role=CONVENER,
    ).exclude(member=grant.member)
    soon = today + NOT_ENDING_WITHIN
    until = soon if grant.ends_on is None else max(min(soon, grant.ends_on), today + A_DAY)
    return others.holding(today).standing(until).exists()


@transaction.atomic
def end_role(*, by: Actor, grant: RoleGrant) -> None:
    """End a role; it gives no rights from now on.

    Raises:
        RuleError: where nobody would be left to convene the initiative, or it was ended before.

    """
    Initiative.objects.select_for_update(no_key=True).get(pk=grant.member.initiative_id)
    current = (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("member__initiative__stream")
        .get(pk=grant.pk)
    )
    _check_unended(current)
    today = _today(by, current.member.initiative)
    if current.role == CONVENER and not _other_conveners(current, today):
        raise RuleError(
            _(
                "Name another convener first, for at least 30 days: an initiative is never without"
                " one who can sign in."
            )
        )
    _end_term(by, current, "role_ended", {"role": (current.role, "")})


def _check_unended(term: RoleGrant | Mandate) -> None:
    if term.ended_at is not None:
        raise RuleError(_("Nothing to do: this was ended already."))


def _end_term(by: Actor, term: RoleGrant | Mandate, verb: str, changes: Changes) -> None:
    last_day = max(term.starts_on, _today(by, term.member.initiative))
    if term.ends_on is None or last_day < term.ends_on:
        term.change(ends_on=last_day)
    term.change(ended_at=by.at)
    _note(by, term.member, verb, changes)


@transaction.atomic
def give_mandate(
    *,
    by: Actor,
    member: Member,
    organisation: Organisation,
    scope: str,
    given_by: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Mandate:
    """Record that a member may speak for an organisation, and who said so.

    Raises:
        RuleError: where nobody is named who gave it, or it is held already.

    """
    _check_stays(member)
    if not given_by.strip():
        raise RuleError(
            _("Say who gave it, like “Executive director, letter of March 3”."), "given_by"
        )
    start = starts_on or _today(by, member.initiative)
    _check_ends(start, ends_on)
    held = Mandate.objects.filter(member=member, organisation=organisation, scope=scope)
    if held.standing(start).exists():
        raise RuleError(_("This is recorded already."), "organisation")
    if scope not in Mandate.Scope.values:
        raise RuleError(_("Choose from the list, like promises."), "scope")
    if organisation.authority_id != member.initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "organisation")
    mandate = Mandate(
        member=member,
        organisation=organisation,
        scope=scope,
        given_by=given_by.strip(),
        starts_on=start,
        ends_on=ends_on,
    )
    mandate.save(force_insert=True)
    _note(
        by, member, "mandate_given", {"organisation": ("", organisation.name), "scope": ("", scope)}
    )
    return mandate


@transaction.atomic
def end_mandate(*, by: Actor, mandate: Mandate) -> None:
    """End that a member may speak for an organisation.

    Raises:
        RuleError: where it was ended before.

    """
    current = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("member__initiative__stream", "organisation")
        .get(pk=mandate.pk)
    )
    _check_unended(current)
    _end_term(by, current, "mandate_ended", {"organisation": (current.organisation.name, "")})


def on_behalf_of(
    *, by: Actor, initiative: Initiative, organisation: Organisation, scope: str
) -> Actor:
    """The actor in the name of an organisation.

    Raises:
        RuleError: where no mandate lets this member speak for it today.

    """
    given = Mandate.objects.filter(member__initiative=initiative, organisation=organisation)
    mandates = given.covering(scope).holding(_today(by, initiative))
    if by.member_id is None or not mandates.filter(member=by.member_id).exists():
        raise RuleError(
            _("No mandate lets you speak for %(name)s. Ask the convener to record one.")
            % {"name": organisation.name},
            "organisation",
        )
    return by.speaking_for(organisation.pk)


@transaction.atomic
def let_go(*, by: Actor, member: Member) -> None:
    """End a membership with all its roles and mandates; what the member wrote stays.

    Raises:
        RuleError: where records are still theirs, or nobody would be left to convene.

    """
    Initiative.objects.select_for_update(no_key=True).get(pk=member.initiative_id)
    current = Member.objects.select_for_update().get(pk=member.pk)
    _check_stays(current)
    kept = Record.objects.in_initiative(current.initiative).live().filter(owner=current).count()
    if kept:
        raise RuleError(
            _("%(name)s still looks after %(count)s records. Reassign everything first.")
            % {"name": current.name, "count": kept}
        )
    today = _today(by, current.initiative)
    for grant in RoleGrant.objects.filter(member=current).standing(today):
        end_role(by=by, grant=grant)
    for mandate in Mandate.objects.filter(member=current).standing(today):
        end_mandate(by=by, mandate=mandate)
    current.change(left_at=by.at)
    _note(by, current, "left")


@transaction.atomic
def reassign_everything(*, by: Actor, leaver: Member, successor: Member) -> int:
    """Hand every record and role of one member to another, each with its event.

    A mandate passes only to somebody of the same organisation; any other ends, because only the
    organisation itself can say who speaks for it. Returns how many things moved or ended.

    Raises:
        RuleError: where the two are the same, or not of one initiative, the successor left, or
            there is nothing to hand over.

    """
    if leaver.pk == successor.pk:
        raise RuleError(_("Choose somebody else than the person who leaves."), "successor")
    if leaver.initiative_id != successor.initiative_id:
        raise RuleError(_("Choose a member of this initiative."), "successor")
    Initiative.objects.select_for_update(no_key=True).get(pk=leaver.initiative_id)
    _check_stays(successor)
    today = _today(by, leaver.initiative)
    records = Record.objects.in_initiative(leaver.initiative).live().filter(owner=leaver)
    moved = 0
    for record in records.order_by("recorded_at"):
        hand_over_record(by=by, record=record, to=successor)
        moved += 1
    for grant in RoleGrant.objects.filter(member=leaver).standing(today):
        moved += _move_role(by, grant, successor)
    for mandate in Mandate.objects.filter(member=leaver).standing(today):
        moved += _move_mandate(by, mandate, successor)
    if not moved:
        raise RuleError(
            _("%(name)s looks after nothing and holds no role here.") % {"name": leaver.name}
        )
    return moved


def _move_role(by: Actor, grant: RoleGrant, successor: Member) -> int:
    start = max(grant.starts_on, _today(by, successor.initiative))
    held = RoleGrant.objects.filter(member=successor, role=grant.role).standing(start)
    if not held.exists():
        grant_role(by=by, member=successor, role=grant.role, starts_on=start, ends_on=grant.ends_on)
    end_role(by=by, grant=grant)
    return 1


def _move_mandate(by: Actor, mandate: Mandate, successor: Member) -> int:
    start = max(mandate.starts_on, _today(by, successor.initiative))
    held = Mandate.objects.filter(
        member=successor, organisation=mandate.organisation, scope=mandate.scope
    )
    same = successor.organisation_id == mandate.organisation_id
    if same and not held.standing(start).exists():
        give_mandate(
            by=by,
            member=successor,
            organisation=mandate.organisation,
            scope=mandate.scope,
            given_by=_("handed over by %(name)s") % {"name": mandate.member.name[:200]},
            starts_on=start,
            ends_on=mandate.ends_on,
        )
    end_mandate(by=by, mandate=mandate)
    return 1
