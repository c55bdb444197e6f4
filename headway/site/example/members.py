"""Makes the demonstration people members of an initiative, each in their role."""

from headway.accounts.actor import Actor
from headway.accounts.models import User
from headway.directory.models import Organisation
from headway.initiatives.actions import give_mandate, invite_member
from headway.initiatives.models import Initiative, Mandate, Member, RoleGrant


def people_the_roles(
    *,
    by: Actor,
    initiative: Initiative,
    users: dict[str, User],
    own: Organisation | None,
    partner: Organisation | None,
) -> dict[str, Member]:
    """Make one member for each role, of the own organisation or, as a partner, of another.

    The partner may speak for theirs in everything. Who is a member already stays as they are.
    """
    members = {}
    for role in RoleGrant.Role.values:
        user = users[role]
        known = Member.objects.in_initiative(initiative).filter(user=user, left_at__isnull=True)
        organisation = partner if role == RoleGrant.Role.PARTNER else own
        members[role] = known.first() or _invite(by, initiative, user, role, organisation)
    return members


def _invite(
    by: Actor, initiative: Initiative, user: User, role: str, organisation: Organisation | None
) -> Member:
    member = invite_member(
        by=by,
        initiative=initiative,
        email=user.email,
        name=user.name,
        role=role,
        organisation=organisation,
    )
    if role == RoleGrant.Role.PARTNER and organisation is not None:
        give_mandate(
            by=by,
            member=member,
            organisation=organisation,
            scope=Mandate.Scope.EVERYTHING,
            given_by="Demonstration",
        )
    return member
