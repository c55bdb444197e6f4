"""Who may answer for a promise: the organisation's own people, and the holder of the seat."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, prefetch_related_objects

from headway.accounts.models import User
from headway.commitments.models import Commitment
from headway.directory.models import Membership, Person
from headway.initiatives.models import Initiative, Mandate, RoleGrant

Role = RoleGrant.Role
# Whoever only watches or judges answers for nobody.
ANSWERING_ROLES = (Role.PARTNER, Role.CONVENER, Role.FACILITATOR, Role.LIAISON)
CONFIRMING_SCOPES = (Mandate.Scope.PROMISES, Mandate.Scope.EVERYTHING)


@dataclass(frozen=True)
class Answerer:
    """Somebody who is written to about a promise, and whether their word confirms it."""

    address: str
    name: str
    may_confirm: bool
    language: str = ""
    user: User | None = None
    member_id: UUID | None = None


Answerers = dict[str, Answerer]


def answerers(commitment: Commitment, today: date) -> tuple[Answerer, ...]:
    """Everybody who may answer for one promise."""
    return answerers_of([commitment], commitment.record.initiative, today)[commitment.pk]


def answerers_of(
    commitments: Iterable[Commitment], initiative: Initiative, today: date
) -> dict[UUID, tuple[Answerer, ...]]:
    """Everybody who may answer for each of these promises, in as many queries as for one."""
    rows = list(commitments)
    prefetch_related_objects(rows, "organisation")
    canonical = {
        row.organisation.pk: row.organisation.canonical_pk for row in rows if row.organisation
    }
    of_organisation = _members(initiative, set(canonical.values()), today)
    holders = _holders({row.post_id for row in rows if row.post_id}, today)
    belong = _belonging({row.person.canonical for row in rows if row.person}, today)
    found: dict[UUID, tuple[Answerer, ...]] = {}
    for row in rows:
        people: Answerers = {}
        if row.organisation_id:
            people |= of_organisation[canonical[row.organisation_id]]
        for address, name in holders[row.post_id]:
            _name(people, address, name, may=True)
        whose = canonical[row.organisation_id] if row.organisation_id else None
        for person in _named(row):
            _name(people, person.email.lower(), person.name, may=(person.pk, whose) in belong)
        found[row.pk] = tuple(people[address] for address in sorted(people))
    return found


def may_confirm(commitment: Commitment, user: User | None, today: date) -> bool:
    """Whether this person's word confirms the promise."""
    return user is not None and any(
        each.may_confirm and each.address == user.email.lower()
        for each in answerers(commitment, today)
    )


def _members(
    initiative: Initiative, organisations: set[UUID], today: date
) -> dict[UUID, Answerers]:
    """The members of each organisation, and those who hold a mandate of it."""
    found: dict[UUID, Answerers] = defaultdict(dict)
    if not organisations:
        return found
    same = Q(organisation__in=organisations) | Q(organisation__merged_into__in=organisations)
    mandates = (
        Mandate.objects.filter(
            same,
            member__initiative=initiative,
            member__left_at__isnull=True,
            scope__in=CONFIRMING_SCOPES,
        )
        .holding(today)
        .select_related("member__user", "organisation")
    )
    belongs = Q(member__organisation__in=organisations) | Q(
        member__organisation__merged_into__in=organisations
    )
    grants = (
        RoleGrant.objects.filter(
            belongs,
            member__initiative=initiative,
            member__left_at__isnull=True,
            role__in=ANSWERING_ROLES,
        )
        .holding(today)
        .select_related("member__user", "member__organisation")
    )
    for grant in grants:
        if grant.member.organisation is not None:
            _add(found[grant.member.organisation.canonical_pk], grant, may=False)
    for mandate in mandates:
        _add(found[mandate.organisation.canonical_pk], mandate, may=True)
    return found


def _add(people: Answerers, term: Mandate | RoleGrant, *, may: bool) -> None:
    user = term.member.user
    if user is None or not user.is_active or not user.email:
        return
    address = user.email.lower()
    before = people.get(address)
    people[address] = Answerer(
        address,
        term.member.name,
        may_confirm=may or (before is not None and before.may_confirm),
        language=user.language,
        user=user,
        member_id=term.member.pk,
    )


def _name(people: Answerers, address: str, name: str, *, may: bool) -> None:
    known = people.get(address) or Answerer(address, name, may_confirm=False)
    people[address] = replace(known, may_confirm=known.may_confirm or may)


def _holders(posts: set[UUID], today: date) -> dict[UUID | None, list[tuple[str, str]]]:
    """Address and name of who holds each seat today."""
    found: dict[UUID | None, list[tuple[str, str]]] = defaultdict(list)
    if not posts:
        return found
    held = Membership.objects.live().current(today).filter(post__in=posts)
    for membership in held.select_related("person__merged_into"):
        person = membership.person.canonical
        if _can_be_written_to(person):
            found[membership.post_id].append((person.email.lower(), person.name))
    return found


def _named(row: Commitment) -> list[Person]:
    """The person whom the promise names, where there is an address to write to."""
    person = row.person.canonical if row.person is not None else None
    return [person] if person is not None and _can_be_written_to(person) else []


def _can_be_written_to(person: Person) -> bool:
    """Whether the directory holds one address; in a register there may stand anything."""
    one = person.email.count("@") == 1 and not any(sign.isspace() for sign in person.email)
    return one and person.live


def _belonging(people: set[Person], today: date) -> set[tuple[UUID, UUID | None]]:
    """Who of these belongs to which organisation today.

    Anybody may be named in a promise; only an organisation's own people speak for it.
    """
    if not people:
        return set()
    same = Q(person__in=people) | Q(person__merged_into__in=people)
    held = Membership.objects.live().current(today).filter(same)
    return {
        (each.person.canonical.pk, each.organisation.canonical_pk)
        for each in held.select_related("person__merged_into", "organisation")
    }
