"""Whom the notes of a meeting may name: partners, their people and seats, and the members."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from headway.directory.models import Membership, Organisation, Person, Post
from headway.forums.formats.notes import (
    KnownOrganisation,
    KnownPerson,
    KnownPost,
    Owner,
    Roster,
)
from headway.initiatives.models import Initiative, Member
from headway.partners.models import Partner

MOST_PEOPLE = 5_000


@dataclass(frozen=True)
class Known:
    """The roster of a meeting, and the rows that its keys stand for."""

    roster: Roster
    organisations: dict[str, Organisation]
    people: dict[str, Person]
    names: dict[str, str]
    posts: dict[str, Post]

    def organisation_of(self, owner: Owner) -> Organisation | None:
        """The organisation that answers, by itself or by its seat."""
        post = self.posts.get(owner.post)
        found = self.organisations.get(owner.organisation)
        return found or (self.organisations.get(str(post.organisation_id)) if post else None)


def known_to(initiative: Initiative, today: date) -> Known:
    """Everybody whom notes may name, in six questions whatever their number."""
    organisations = _organisations(initiative)
    roles = _roles(organisations, today)
    posts = _posts(organisations)
    members = Member.objects.in_initiative(initiative).filter(left_at__isnull=True)
    joined = list(members.select_related("person")[:MOST_PEOPLE])
    people = _people(roles, joined)
    known = tuple(
        KnownOrganisation(key, row.name, tuple(row.all_other_names))
        for key, row in organisations.items()
    )
    seats = tuple(
        KnownPost(key, post.label, str(post.organisation_id), _holder(post, roles))
        for key, post in posts.items()
    )
    return Known(
        roster=Roster(known, tuple(people.values()), seats),
        organisations=organisations,
        people=_rows(roles, joined),
        names={key: person.name for key, person in people.items()},
        posts=posts,
    )


def _organisations(initiative: Initiative) -> dict[str, Organisation]:
    """The partners, the organisations that members came for, and the owner, as they count."""
    partners = Partner.of_initiative(initiative).standing()
    members = Member.objects.in_initiative(initiative).filter(left_at__isnull=True)
    wanted = {
        *partners.values_list("organisation", flat=True),
        *members.values_list("organisation", flat=True),
        initiative.owner_id,
    }
    rows = Organisation.objects.filter(pk__in=wanted - {None}).select_related("merged_into")
    return {str(row.canonical.pk): row.canonical for row in rows}


def _roles(organisations: dict[str, Organisation], today: date) -> list[Membership]:
    rows = Membership.objects.live().filter(organisation__in=list(organisations.values()))
    held = [row for row in rows.select_related("person", "post") if _holds(row, today)]
    return held[:MOST_PEOPLE]


def _holds(role: Membership, today: date) -> bool:
    return role.ends_to is None or role.ends_to >= today


def _posts(organisations: dict[str, Organisation]) -> dict[str, Post]:
    rows = Post.objects.live().filter(organisation__in=list(organisations.values()))
    return {str(row.pk): row for row in rows}


def _holder(post: Post, roles: list[Membership]) -> str:
    return next((str(role.person_id) for role in roles if role.post_id == post.pk), "")


def _key(member: Member) -> str:
    """A member is the person of the directory where that is known."""
    return str(member.person_id) if member.person_id else f"member {member.pk}"


def _people(roles: list[Membership], members: list[Member]) -> dict[str, KnownPerson]:
    names: dict[str, str] = {}
    places: dict[str, list[UUID]] = defaultdict(list)
    for member in members:
        names.setdefault(_key(member), member.name)
        if member.organisation_id:
            places[_key(member)].append(member.organisation_id)
    for role in roles:
        names.setdefault(str(role.person_id), role.person.name)
        places[str(role.person_id)].append(role.organisation_id)
    return {
        key: KnownPerson(key, name, tuple(dict.fromkeys(map(str, places[key]))))
        for key, name in names.items()
    }


def _rows(roles: list[Membership], members: list[Member]) -> dict[str, Person]:
    found = {str(role.person_id): role.person for role in roles}
    return found | {_key(member): member.person for member in members if member.person}
