"""People of a file matched with the directory: by id or e-mail, else by name and organisation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from headway.accounts.events import Changes, Deed, append_events
from headway.accounts.models.authority import Visibility
from headway.directory.actions.details import PersonDetails
from headway.directory.actions.imports.known import OrganisationsByName, uuid_of, uuids_of
from headway.directory.actions.imports.roles import Roles
from headway.directory.actions.imports.sources import SourceShelf
from headway.directory.actions.imports.tally import Import, Verdict, batches
from headway.directory.actions.log import deed, lock_directory, shown
from headway.directory.formats.problem import Code, Problem, short
from headway.directory.formats.records import Found, PersonRecord
from headway.directory.models import Membership, Organisation, Person
from headway.directory.models.base import name_key

RANK: tuple[Verdict, ...] = ("left_out", "same", "changed", "new")


@dataclass
class _Row:
    """One record with the person and the role that it tells of."""

    record: PersonRecord
    person: Person | None = None
    role: Membership | None = None
    verdict: Verdict = "same"
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: str, code: Code, value: str = "") -> None:
        self.problems.append(Problem(self.record.row, column, code, short(value)))

    def rise(self, verdict: Verdict) -> None:
        """Count the row as the most that happens because of it."""
        self.verdict = max(self.verdict, verdict, key=RANK.index)


class PeopleImport:
    """Takes records batch by batch; `organisations` says what became of a file's own ids."""

    def __init__(
        self,
        run: Import,
        organisations: Mapping[str, UUID] | None = None,
        coming: frozenset[str] = frozenset(),
    ) -> None:
        self.run = run
        self._organisation_ids = dict(organisations or {})
        self._coming = coming
        self._ids: dict[str, UUID] = {}
        self._told = _Told()
        self._shelf = SourceShelf(run.by, run.authority)

    def take(self, found: Iterable[Found[PersonRecord]]) -> None:
        """Look at every record and, where the run is for real, write it."""
        for batch in batches(found):
            self._batch(batch)
            self.run.report(self.run.tally.rows)

    def _batch(self, batch: list[Found[PersonRecord]]) -> None:
        records = self.run.tally.readable(batch)
        with transaction.atomic():
            if self.run.write:
                lock_directory(self.run.authority)
            rows = _Batch(self.run, self._shelf, self._told, self._ids).sorted_out(
                records, self._organisations(records), self._coming
            )
        for row in rows:
            self.run.tally.note(row.problems)
            self.run.tally.count(row.record.row, row.record.name, row.verdict)

    def _organisations(self, records: list[PersonRecord]) -> OrganisationsByName:
        ids = self._organisation_ids
        wanted = uuids_of((record.organization_id for record in records), ids)
        names = {name_key(record.organization) for record in records if record.organization}
        return OrganisationsByName(self.run.authority, ids, wanted, names)


class _Batch:
    """One batch: matched, and written where the run is for real."""

    def __init__(
        self, run: Import, shelf: SourceShelf, told: "_Told", ids: dict[str, UUID]
    ) -> None:
        self.run = run
        self.shelf = shelf
        self.told = told
        self.ids = ids
        self.fresh: list[Person] = []
        self.unsaved: set[UUID] = set()
        self.deeds: list[Deed] = []
        self.private: list[Deed] = []

    def sorted_out(
        self,
        records: list[PersonRecord],
        organisations: OrganisationsByName,
        coming: frozenset[str],
    ) -> list[_Row]:
        """What every record means; written at the end where the run is for real."""
        people = _People(self.run, records, self.ids)
        homes = {id(one): self._home(one, organisations) for one in records}
        roles = Roles(self.run, people.all, [one[0] for one in homes.values() if one])
        rows = []
        for record in records:
            row, found = _Row(record), homes[id(record)]
            home = found[0] if len(found) == 1 else None
            self._person(row, people, roles, home)
            if row.person is not None and record.organization:
                self._role(row, roles, found, coming)
            rows.append(row)
        if self.run.write:
            self._write(rows, roles)
        return rows

    def _home(self, record: PersonRecord, organisations: OrganisationsByName) -> list[Organisation]:
        found = organisations.of_id(record.organization_id)
        if found is not None and found.live:
            return [found]
        return organisations.called(record.organization) if record.organization else []

    def _person(
        self, row: _Row, people: "_People", roles: Roles, home: Organisation | None
    ) -> None:
        record = row.record
        found = self.told.find(record) or self._may_be(record, people)
        if len(found) > 1:
            found = [one for one in found if roles.are_known(one, home)] or found
        if len(found) > 1 or (found and not found[0].live):
            several = len(found) > 1
            row.refuse("name", "several_people" if several else "withdrawn", record.name)
            row.verdict = "left_out"
            return
        person = found[0] if found else self._new(row)
        row.person = person
        self.told.add(record, person)
        if record.id:
            self.ids[record.id] = person.pk
        self._revise(row, person, people)

    def _may_be(self, record: PersonRecord, people: "_People") -> list[Person]:
        """Everybody who may be meant, from the file so far and from the directory."""
        found = {row.pk: row for row in (*people.matches(record), *self.told.of_name(record))}
        return list(found.values())

    def _new(self, row: _Row) -> Person:
        record = row.record
        details = PersonDetails(record.name, record.email, record.other_names)
        person = Person(
            authority=self.run.authority, recorded_at=self.run.by.at, **details.columns()
        )
        self.fresh.append(person)
        self.unsaved.add(person.pk)
        told = {"email": record.email, "other_names": "\n".join(record.other_names)}
        changes = {name: ("", value) for name, value in told.items() if value}
        self._log(deed(person, "person_added", changes), changes)
        row.rise("new")
        return person

    def _revise(self, row: _Row, person: Person, people: "_People") -> None:
        record = row.record
        if name_key(record.name) not in {person.name_key, *map(name_key, person.all_other_names)}:
            row.refuse("name", "name_differs", f"{record.name} / {person.name}")
        names = tuple(dict.fromkeys((*person.all_other_names, *record.other_names)))
        email = person.email or ("" if people.is_taken(record.email) else record.email)
        details = PersonDetails(person.name, email, names)
        wanted = details.columns()
        differs = {key: value for key, value in wanted.items() if getattr(person, key) != value}
        if not differs:
            return
        row.rise("changed")
        if self.run.write and person.pk not in self.unsaved:
            changes = shown(person, person.change(**differs))
            self._log(deed(person, "person_revised", changes), changes)
        else:
            for key, value in differs.items():
                setattr(person, key, value)

    def _role(
        self, row: _Row, roles: Roles, found: list[Organisation], coming: frozenset[str]
    ) -> None:
        record = row.record
        if len(found) == 1 and row.person is not None:
            verdict, row.role, row_deeds = roles.told(record, row.person, found[0])
            row.rise(verdict)
            self.deeds.extend(row_deeds)
        elif found:
            row.refuse("organization", "several_organisations", record.organization)
        elif name_key(record.organization) in coming:
            row.rise("new")
        else:
            row.refuse("organization", "no_such_organisation", record.organization)

    def _log(self, done: Deed, changes: Changes) -> None:
        (self.private if "email" in changes else self.deeds).append(done)

    def _write(self, rows: list[_Row], roles: Roles) -> None:
        stream = lock_directory(self.run.authority)
        Person.objects.insert_all(self.fresh)
        for row in rows:
            source = self.shelf.source(row.record.source, row.record.source_url)
            if row.role is not None and row.role in roles.fresh:
                row.role.reported = source
        roles.save()
        append_events(
            stream=stream, by=self.run.by, deeds=self.private, visibility=Visibility.OFFICE
        )
        append_events(stream=stream, by=self.run.by, deeds=self.deeds)
        self.shelf.attach(
            (row.role or row.person, self.shelf.source(row.record.source, row.record.source_url))
            for row in rows
            if row.person is not None
        )


class _Told:
    """People whom earlier rows of the file have told of."""

    def __init__(self) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_email: dict[str, Person] = {}
        self._by_name: dict[str, dict[UUID, Person]] = defaultdict(dict)

    def find(self, record: PersonRecord) -> list[Person]:
        """Who is surely meant: the same id, else the same address."""
        found = self._by_id.get(record.id) or self._by_email.get(record.email.lower())
        return [found] if found else []

    def of_name(self, record: PersonRecord) -> list[Person]:
        """Who may be meant by a row that says no more than a name."""
        alone = not record.id and not record.email
        return list(self._by_name[name_key(record.name)].values()) if alone else []

    def add(self, record: PersonRecord, person: Person) -> None:
        """Remember whom a row was about."""
        if record.id:
            self._by_id[record.id] = person
        if record.email:
            self._by_email[record.email.lower()] = person
        self._by_name[name_key(record.name)][person.pk] = person


class _People:
    """People that a batch may be matched with."""

    def __init__(self, run: Import, records: list[PersonRecord], ids: Mapping[str, UUID]) -> None:
        self._ids = ids
        emails = {record.email.lower() for record in records if record.email}
        names = {name_key(record.name) for record in records}
        wanted = uuids_of((record.id for record in records), ids)
        rows = Person.objects.in_authority(run.authority).select_related("merged_into")
        # Three questions: joined by "or", none would find its index.
        with_email = rows.exclude(email="").annotate(small_email=Lower("email"))
        found: set[Person] = {*rows.filter(pk__in=wanted), *rows.filter(name_key__in=names)}
        self.all = list(found | {*with_email.filter(small_email__in=emails)})
        self._by_id = {row.pk: row for row in self.all}
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for row in self.all:
            if row.email:
                self._by_email[row.email.lower()].append(row)
            self._by_name[row.name_key].append(row)

    def is_taken(self, email: str) -> bool:
        """Whether somebody in the directory has this address."""
        return email.lower() in self._by_email

    def matches(self, record: PersonRecord) -> list[Person]:
        """Who may be meant, each once; a withdrawn person only where nobody else may be."""
        key = uuid_of(record.id, self._ids) if record.id else None
        if key in self._by_id:
            return [self._by_id[key].canonical] if key else []
        rows = self._by_email.get(record.email.lower(), []) if record.email else []
        if not rows:
            rows = [
                row
                for row in self._by_name.get(name_key(record.name), ())
                if not (row.email and record.email)
            ]
        found = {row.canonical.pk: row.canonical for row in rows}
        live = [row for row in found.values() if row.live]
        return live or list(found.values())[:1]
