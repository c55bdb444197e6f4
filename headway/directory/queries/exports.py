"""The whole directory as the records of its formats, read in blocks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from headway.accounts.models import Authority
from headway.directory.formats.records import (
    AreaRecord,
    OrganisationRecord,
    PersonRecord,
    PostRecord,
)
from headway.directory.models import Area, Identifier, Membership, Organisation, Person, Post
from headway.directory.queries.common import said, sources_on

RowT = TypeVar("RowT")
BLOCK = 1_000


def _blocks(rows: Iterable[RowT]) -> Iterator[list[RowT]]:
    rest = iter(rows)
    while block := list(islice(rest, BLOCK)):
        yield block


def organisation_records(authority: Authority) -> Iterator[OrganisationRecord]:
    """Every organisation that stands for itself, under its name; merged names come along."""
    rows = Organisation.objects.in_authority(authority).live().canonical()
    rows = rows.select_related("parent__merged_into", "area").order_by("name", "pk")
    for block in _blocks(rows.iterator(chunk_size=BLOCK)):
        yield from _organisation_block(block)


def _organisation_block(block: list[Organisation]) -> Iterator[OrganisationRecord]:
    keys = [row.pk for row in block]
    names: dict[UUID, list[str]] = defaultdict(list)
    counted: dict[UUID, UUID] = dict(zip(keys, keys, strict=True))
    for merged in Organisation.objects.live().filter(merged_into__in=keys):
        counted[merged.pk] = merged.canonical_pk
        names[merged.canonical_pk] += [merged.name, *merged.all_other_names]
    identifiers: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    live = Identifier.objects.live().filter(organisation__in=list(counted))
    for scheme, number, holder in live.values_list("scheme", "identifier", "organisation_id"):
        identifiers[counted[holder]].append((scheme, number))
    sources = sources_on(keys)
    for row in block:
        source = sources.get(row.pk, ())
        parent = row.parent.canonical if row.parent else None
        yield OrganisationRecord(
            id=str(row.pk),
            name=row.name,
            kind=row.classification,
            sector=row.sector,
            identifiers=tuple(sorted(set(identifiers[row.pk]))),
            other_names=tuple(dict.fromkeys((*row.all_other_names, *names[row.pk]))),
            parent=parent.name if parent else "",
            parent_id=str(parent.pk) if parent else "",
            area=row.area.name if row.area else "",
            area_id=str(row.area.pk) if row.area else "",
            founded=said(row.founded),
            dissolved=said(row.dissolved),
            website=row.website,
            description=row.description,
            source=source[0].title if source else "",
            source_url=source[0].url if source else "",
        )


def person_records(authority: Authority, *, with_emails: bool) -> Iterator[PersonRecord]:
    """Every person, once for each of their roles; addresses only for those who may see them."""
    rows = Person.objects.in_authority(authority).live().canonical().order_by("name", "pk")
    for block in _blocks(rows.iterator(chunk_size=BLOCK)):
        keys = [row.pk for row in block]
        merged = Person.objects.live().filter(merged_into__in=keys)
        counted = {key: key for key in keys} | {row.pk: row.canonical_pk for row in merged}
        roles = _roles(counted)
        for row in block:
            person = PersonRecord(
                id=str(row.pk),
                name=row.name,
                email=row.email if with_emails else "",
                other_names=row.all_other_names,
            )
            yield from (_in_role(person, role) for role in roles[row.pk] or [None])


def _roles(counted: dict[UUID, UUID]) -> dict[UUID, list[Membership | None]]:
    found: dict[UUID, list[Membership | None]] = defaultdict(list)
    rows = Membership.objects.live().filter(person__in=list(counted))
    related = ("organisation__merged_into", "post", "reported")
    for row in rows.select_related(*related).order_by("recorded_at", "pk"):
        found[counted[row.person_id]].append(row)
    return found


def _in_role(person: PersonRecord, role: Membership | None) -> PersonRecord:
    if role is None:
        return person
    home = role.organisation.canonical
    return PersonRecord(
        id=person.id,
        name=person.name,
        email=person.email,
        other_names=person.other_names,
        organization=home.name,
        organization_id=str(home.pk),
        post=role.post.label if role.post else "",
        role=role.role,
        starts=said(role.starts),
        ends=said(role.ends),
        source=role.reported.title if role.reported else "",
        source_url=role.reported.url if role.reported else "",
    )


def post_records(authority: Authority) -> Iterator[PostRecord]:
    """Every seat, held or not."""
    rows = Post.objects.in_authority(authority).live()
    rows = rows.select_related("organisation__merged_into").order_by("pk")
    for row in rows.iterator(chunk_size=BLOCK):
        home = row.organisation.canonical
        yield PostRecord(
            organization=home.name,
            organization_id=str(home.pk),
            label=row.label,
            role=row.role,
            starts=said(row.starts),
            ends=said(row.ends),
            id=str(row.pk),
        )


def area_records(authority: Authority) -> Iterator[AreaRecord]:
    """Every area."""
    rows = Area.objects.in_authority(authority).live().select_related("parent").order_by("pk")
    for row in rows.iterator(chunk_size=BLOCK):
        yield AreaRecord(
            name=row.name,
            kind=row.classification,
            identifier=row.identifier,
            parent=row.parent.name if row.parent else "",
            parent_id=str(row.parent.pk) if row.parent else "",
            id=str(row.pk),
        )
