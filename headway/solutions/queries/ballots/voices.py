"""Whose voices count in a vote, and for whom somebody may vote."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Mandate, Member, RoleGrant
from headway.partners.models import Partner
from headway.solutions.models import Ballot, Elector
from headway.solutions.queries.interests import recused_in

SCOPES = (Mandate.Scope.DECISIONS, Mandate.Scope.EVERYTHING)
VOTING_ROLES = (
    RoleGrant.Role.CONVENER,
    RoleGrant.Role.FACILITATOR,
    RoleGrant.Role.LIAISON,
    RoleGrant.Role.PARTNER,
    RoleGrant.Role.EVALUATOR,
)


def organisations_with_a_voice(initiative: Initiative) -> list[Organisation]:
    """The partners that take part, each organisation once."""
    partners = Partner.of_initiative(initiative).filter(state=Partner.State.TAKING_PART).by_name()
    found = [partner.organisation.canonical for partner in partners]
    return list({organisation.pk: organisation for organisation in found}.values())


def members_with_a_voice(initiative: Initiative, today: date) -> QuerySet[Member]:
    """The members whose role gives them a voice."""
    grants = RoleGrant.objects.filter(role__in=VOTING_ROLES).holding(today)
    members = Member.objects.in_initiative(initiative).filter(left_at__isnull=True)
    return members.filter(pk__in=grants.values("member")).order_by("name", "pk")


def recused_organisations(ballot: Ballot) -> set[UUID]:
    """The organisations that declared an interest in what is voted on and stay out of it."""
    return recused_in(ballot.options.exclude(solution=None).values_list("solution", flat=True))


def is_recused(elector: Elector, recused: Iterable[UUID]) -> bool:
    """Whether a voice belongs to an organisation that stays out."""
    own = elector.organisation or (elector.member.organisation if elector.member else None)
    return own is not None and own.canonical_pk in recused


def may_vote_for(member: Member, today: date) -> set[UUID]:
    """The organisations for which a member may vote, as they count.

    Those that a mandate for decisions names; and the member's own where nobody has such a mandate.
    """
    mandates = Mandate.objects.filter(
        member__initiative=member.initiative_id, scope__in=SCOPES
    ).holding(today)
    held = list(mandates.select_related("organisation"))
    allowed = {each.organisation.canonical_pk for each in held if each.member_id == member.pk}
    own = member.organisation.canonical_pk if member.organisation else None
    if own is not None and own not in {each.organisation.canonical_pk for each in held}:
        allowed.add(own)
    return allowed


def member_who_votes(member_id: UUID | None) -> Member | None:
    """A member who still takes part, or None."""
    if member_id is None:
        return None
    members = Member.objects.select_related("organisation").filter(left_at__isnull=True)
    return members.filter(pk=member_id).first()


def voices_of(ballot: Ballot, member_id: UUID | None, today: date) -> list[Elector]:
    """The voices of a vote that a member may give."""
    member = member_who_votes(member_id)
    if member is None:
        return []
    allowed = may_vote_for(member, today)
    theirs = Q(organisation__in=allowed) | Q(organisation__merged_into__in=allowed)
    found = Elector.objects.filter(theirs | Q(member=member) | Q(stand_in=member), ballot=ballot)
    related = ("organisation__merged_into", "member__organisation", "stand_in")
    return one_each(found.select_related(*related).order_by("organisation__name", "pk"))


def one_each(electors: Iterable[Elector]) -> list[Elector]:
    """Each voice once; of organisations that were merged the row that was given counts."""
    rows = list(electors)
    found: dict[UUID, Elector] = {}
    for each in sorted(rows, key=lambda row: (not row.has_voted, row.recused)):
        found.setdefault(each.voice, each)
    return [each for each in rows if found[each.voice] is each]


def same_voice(elector: Elector) -> Q:
    """The condition that a row is of the same voice: itself, and what was merged with it."""
    own = Q(pk=elector.pk)
    if elector.organisation is not None:
        counts_as = elector.organisation.canonical_pk
        own |= Q(organisation=counts_as) | Q(organisation__merged_into=counts_as)
    return own
