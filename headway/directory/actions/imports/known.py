"""What the directory knows of a batch of records, asked for in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from headway.accounts.models import Authority
from headway.directory.formats.records import OrganisationRecord
from headway.directory.models import Area, Identifier, Organisation
from headway.directory.models.base import name_key

Pair = tuple[str, str]


def uuid_of(text: str, ids: Mapping[str, UUID]) -> UUID | None:
    """The key that an id of a file means: what became of it, else one of ours, else None."""
    if text in ids:
        return ids[text]
    try:
        return UUID(text)
    except ValueError:
        return None


def uuids_of(texts: Iterable[str], ids: Mapping[str, UUID]) -> set[UUID]:
    """The keys that these ids mean."""
    return {found for text in texts if text and (found := uuid_of(text, ids)) is not None}


def holders_of(authority: Authority, pairs: Iterable[tuple[str, str]]) -> dict[Pair, UUID]:
    """Which organisations hold these identifiers now; one question for each scheme."""
    by_scheme: dict[str, set[str]] = defaultdict(set)
    for scheme, number in pairs:
        by_scheme[scheme].add(number)
    live = Identifier.objects.in_authority(authority).live()
    return {
        (scheme, number): holder
        for scheme, numbers in by_scheme.items()
        for number, holder in live.filter(scheme=scheme, identifier__in=numbers).values_list(
            "identifier", "organisation_id"
        )
    }


class OrganisationsByName:
    """Organisations by id and by name; those that count as another answer as that one."""

    def __init__(
        self, authority: Authority, ids: Mapping[str, UUID], wanted: set[UUID], names: set[str]
    ) -> None:
        self._ids = ids
        rows = Organisation.objects.in_authority(authority).select_related("merged_into")
        self.by_id: dict[UUID, Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        # Two questions: joined by "or", neither would find its index.
        for row in {*rows.filter(pk__in=wanted), *rows.filter(name_key__in=names)}:
            self.by_id[row.pk] = row.canonical
            self.by_name[row.name_key].append(row)

    def of_id(self, text: str) -> Organisation | None:
        """The organisation that an id of the file means."""
        key = uuid_of(text, self._ids) if text else None
        return self.by_id.get(key) if key else None

    def add(self, organisation: Organisation, columns: Mapping[str, Any]) -> None:
        """Know one more that is not in the database yet."""
        self.by_id[organisation.pk] = organisation
        self.by_name[columns["name_key"]].append(organisation)

    def is_called(self, organisation: Organisation, name: str) -> bool:
        """Whether it goes by a name: its own, another of its names, or one that it merged."""
        key = name_key(name)
        own = (organisation.name_key, *map(name_key, organisation.all_other_names))
        return key in own or any(
            row.canonical.pk == organisation.pk for row in self.by_name.get(key, ())
        )

    def called(self, name: str) -> list[Organisation]:
        """Live organisations of this name, each once."""
        found = {row.canonical.pk: row.canonical for row in self.by_name.get(name_key(name), ())}
        return [row for row in found.values() if row.live]


class KnownOrganisations(OrganisationsByName):
    """What a batch of organisations may be matched with, their parents, areas and identifiers."""

    def __init__(
        self,
        authority: Authority,
        records: Sequence[OrganisationRecord],
        ids: Mapping[str, UUID],
    ) -> None:
        pairs = {pair for record in records for pair in record.identifiers}
        self._holders = holders_of(authority, pairs)
        texts = [text for record in records for text in (record.id, record.parent_id)]
        names = {name_key(name) for one in records for name in (one.name, one.parent) if name}
        wanted = uuids_of(texts, ids) | set(self._holders.values())
        super().__init__(authority, ids, wanted, names)
        self._held: dict[Any, set[tuple[str, str]]] = defaultdict(set)
        for pair, holder in self._holders.items():
            self._held[self.by_id[holder].pk].add(pair)
        self._areas = _areas(authority, records, ids)

    def matches(self, record: OrganisationRecord) -> list[Organisation]:
        """Organisations that the record may tell of: by identifier or id, else by name and kind."""
        found = {
            self.by_id[self._holders[pair]].pk: self.by_id[self._holders[pair]]
            for pair in record.identifiers
            if pair in self._holders
        }
        if not found and (same := self.of_id(record.id)) is not None:
            found[same.pk] = same
        return list(found.values()) or self._of_name_and_kind(record)

    def tells_of_merged(self, record: OrganisationRecord, organisation: Organisation) -> bool:
        """Whether the record is that of a row which counts as this organisation since a merge."""
        rows = self.by_name.get(name_key(record.name), ())
        merged = [row for row in rows if row.merged_into_id is not None]
        return name_key(record.name) != organisation.name_key and any(
            row.canonical.pk == organisation.pk for row in merged
        )

    def _of_name_and_kind(self, record: OrganisationRecord) -> list[Organisation]:
        rows = [
            row
            for row in self.by_name.get(name_key(record.name), ())
            if row.classification == record.kind
        ]
        # A live row stands before one that counts as another, and both before a withdrawn one.
        rows.sort(key=lambda row: (not row.canonical.live, row.merged_into_id is not None))
        return [rows[0].canonical] if rows else []

    def identifiers_of(self, organisation_id: UUID) -> set[tuple[str, str]]:
        """Which of the batch's identifiers an organisation holds, itself or by what it merged."""
        return self._held[organisation_id]

    def parents(self, record: OrganisationRecord) -> list[Organisation]:
        """Which organisations may be meant as the parent."""
        found = self.of_id(record.parent_id)
        return [found] if found is not None else self.called(record.parent)

    def areas(self, record: OrganisationRecord) -> list[UUID]:
        """Which areas may be meant."""
        key = uuid_of(record.area_id, self._areas.ids) if record.area_id else None
        if key in self._areas.keys:
            return [key] if key else []
        return self._areas.by_name.get(name_key(record.area), [])


class _Areas:
    def __init__(self, ids: Mapping[str, UUID]) -> None:
        self.ids = ids
        self.keys: set[UUID] = set()
        self.by_name: dict[str, list[UUID]] = defaultdict(list)


def _areas(
    authority: Authority, records: Sequence[OrganisationRecord], ids: Mapping[str, UUID]
) -> _Areas:
    found = _Areas(ids)
    names = {name_key(record.area) for record in records if record.area}
    wanted = uuids_of((record.area_id for record in records), ids)
    rows = Area.objects.in_authority(authority).live()
    if names or wanted:
        for key, name in rows.filter(Q(pk__in=wanted) | Q(name_key__in=names)).values_list(
            "pk", "name_key"
        ):
            found.keys.add(key)
            found.by_name[name].append(key)
    return found
