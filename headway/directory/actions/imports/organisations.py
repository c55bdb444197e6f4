"""Organisations of a file matched with the directory: by identifier, else by name and kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from headway.accounts.events import Deed, append_events
from headway.directory.actions.details import OrganisationDetails
from headway.directory.actions.imports.known import KnownOrganisations
from headway.directory.actions.imports.sources import SourceShelf
from headway.directory.actions.imports.tally import Import, Verdict, batches
from headway.directory.actions.log import deed, lock_directory, shown
from headway.directory.formats.problem import Code, Problem, short
from headway.directory.formats.records import Found, OrganisationRecord
from headway.directory.models import Identifier, Organisation
from headway.directory.models.base import name_key
from headway_analysis.partial_date import PartialDate, parse

EMPTY = (None, "")


@dataclass
class _Row:
    """One record with what it was matched with and what will be written."""

    record: OrganisationRecord
    organisation: Organisation | None = None
    verdict: Verdict = "same"
    problems: list[Problem] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    identifiers: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, column: str, code: Code, value: str = "") -> None:
        self.problems.append(Problem(self.record.row, column, code, short(value)))


class OrganisationImport:
    """Takes records batch by batch; `ids` tells later parts of a file what became of its ids."""

    def __init__(self, run: Import) -> None:
        self.run = run
        self.ids: dict[str, UUID] = {}
        self.names: set[str] = set()
        self._claimed: dict[object, int] = {}
        self._orphans: list[tuple[OrganisationRecord, Organisation]] = []
        self._shelf = SourceShelf(run.by, run.authority)

    def take(self, found: Iterable[Found[OrganisationRecord]]) -> None:
        """Look at every record and, where the run is for real, write it."""
        for batch in batches(found):
            self._batch(batch)
            self.run.report(self.run.tally.rows)
        self._place_orphans()

    def _batch(self, batch: list[Found[OrganisationRecord]]) -> None:
        records = self.run.tally.readable(batch)
        with transaction.atomic():
            if self.run.write:
                lock_directory(self.run.authority)
            rows = self._matched(records)
            if self.run.write:
                self._write(rows)
        for row in rows:
            self.run.tally.note(row.problems)
            self.run.tally.count(row.record.row, row.record.name, row.verdict)

    # Matching ------------------------------------------------------------------------------------

    def _matched(self, records: list[OrganisationRecord]) -> list[_Row]:
        known = KnownOrganisations(self.run.authority, records, self.ids)
        rows = [self._match(record, known) for record in records]
        for row in rows:
            if row.verdict == "new" and row.organisation is not None:
                known.add(row.organisation, row.changes)
        for row in rows:
            if row.organisation is not None:
                self._join_parent(row, row.organisation, known)
        return rows

    def _match(self, record: OrganisationRecord, known: KnownOrganisations) -> _Row:
        row = _Row(record)
        found = known.matches(record)
        if len(found) > 1:
            row.refuse("identifiers", "identifiers_of_two", " / ".join(one.name for one in found))
        elif self._told_before(row):
            pass
        elif not found:
            row.verdict = "new"
            row.organisation = Organisation(
                authority=self.run.authority, recorded_at=self.run.by.at
            )
            self._compare(row, known)
        elif not found[0].live:
            row.refuse("name", "withdrawn", found[0].name)
        else:
            row.organisation = found[0]
            self._compare(row, known)
        if row.organisation is None:
            row.verdict = "left_out"
        else:
            self._remember(record, row.organisation)
        return row

    def _told_before(self, row: _Row) -> bool:
        """Whether an earlier row of the file tells of the same organisation."""
        record = row.record
        keys: list[object] = [(name_key(record.name), record.kind), *record.identifiers]
        first = min(self._claimed.get(key, record.row) for key in keys)
        if first < record.row:
            row.refuse("name", "duplicate", str(first))
            return True
        self._claimed.update(dict.fromkeys(keys, record.row))
        return False

    def _remember(self, record: OrganisationRecord, organisation: Organisation) -> None:
        if record.id:
            self.ids[record.id] = organisation.pk
        self.names.add(name_key(record.name))

    def _compare(self, row: _Row, known: KnownOrganisations) -> None:
        organisation, record = row.organisation, row.record
        if organisation is None:
            return
        if row.verdict != "new" and not known.is_called(organisation, record.name):
            row.refuse("name", "name_differs", f"{record.name} / {organisation.name}")
        held = known.identifiers_of(organisation.pk)
        row.identifiers = [pair for pair in record.identifiers if pair not in held]
        wanted = self._wanted(row, organisation, known)
        row.changes = {
            column: value
            for column, value in wanted.items()
            if getattr(organisation, column) != value
        }
        if row.verdict != "new" and known.tells_of_merged(record, organisation):
            # Which of two values stays was settled by the person who merged the rows.
            row.changes = {
                column: value
                for column, value in row.changes.items()
                if getattr(organisation, column) in EMPTY
            }
        if row.verdict != "new" and (row.changes or row.identifiers):
            row.verdict = "changed"

    def _wanted(
        self, row: _Row, organisation: Organisation, known: KnownOrganisations
    ) -> dict[str, Any]:
        """The columns that the record speaks about; what it leaves empty stays as it is."""
        record, fresh = row.record, row.verdict == "new"
        names = (*organisation.all_other_names, *record.other_names)
        details = OrganisationDetails(
            name=record.name if fresh else organisation.name,
            classification=record.kind if fresh else organisation.classification,
            sector=record.sector or organisation.sector,
            other_names=tuple(dict.fromkeys(names)),
            founded=_date(record.founded) or organisation.founded,
            dissolved=_date(record.dissolved) or organisation.dissolved,
            website=record.website or organisation.website,
            description=record.description or organisation.description,
        )
        columns = details.columns()
        columns["area_id"] = self._area(row, known) or organisation.area_id
        columns.pop("parent_id")
        self._mend_dates(row, columns, organisation)
        return columns

    @staticmethod
    def _mend_dates(row: _Row, columns: dict[str, Any], organisation: Organisation) -> None:
        """Leave the dates alone where the file's and ours together would run backwards."""
        start, end = columns["founded_from"], columns["dissolved_to"]
        if start and end and end < start:
            row.refuse("dissolved", "ends_first", row.record.dissolved or row.record.founded)
            for column in [name for name in columns if name.startswith(("founded", "dissolved"))]:
                columns[column] = getattr(organisation, column)

    def _area(self, row: _Row, known: KnownOrganisations) -> UUID | None:
        record = row.record
        if not record.area and not record.area_id:
            return None
        areas = known.areas(record)
        if len(areas) == 1:
            return areas[0]
        row.refuse("area", "several_areas" if areas else "no_such_area", record.area)
        return None

    def _join_parent(
        self, row: _Row, organisation: Organisation, known: KnownOrganisations
    ) -> None:
        record = row.record
        if not record.parent and not record.parent_id:
            return
        parents = known.parents(record)
        if not parents:
            self._orphans.append((record, organisation))
        elif len(parents) > 1 or parents[0].pk == organisation.pk:
            row.refuse("parent", "several_organisations", record.parent)
        elif organisation.parent_id != parents[0].pk:
            row.changes["parent_id"] = parents[0].pk
            row.verdict = "new" if row.verdict == "new" else "changed"

    # Writing -------------------------------------------------------------------------------------

    def _write(self, rows: list[_Row]) -> None:
        deeds: list[Deed] = []
        fresh: list[Organisation] = []
        for row in rows:
            organisation = row.organisation
            if organisation is None:
                continue
            if row.verdict == "new":
                for column, value in row.changes.items():
                    setattr(organisation, column, value)
                fresh.append(organisation)
                deeds.append(deed(organisation, "organisation_added", _as_told(row.record)))
            elif row.verdict == "changed":
                deeds.append(_revised(row, organisation))
        Organisation.objects.insert_all(fresh)
        self._write_identifiers(rows)
        stream = lock_directory(self.run.authority)
        append_events(stream=stream, by=self.run.by, deeds=deeds)
        self._shelf.attach(
            (row.organisation, self._shelf.source(row.record.source, row.record.source_url))
            for row in rows
            if row.organisation is not None
        )

    def _write_identifiers(self, rows: list[_Row]) -> None:
        Identifier.objects.insert_all(
            Identifier(
                authority=self.run.authority,
                organisation=row.organisation,
                scheme=scheme,
                identifier=number,
                recorded_at=self.run.by.at,
            )
            for row in rows
            if row.organisation is not None
            for scheme, number in row.identifiers
        )

    def _place_orphans(self) -> None:
        """Join organisations to parents that came later in the file."""
        for batch in batches(self._orphans):
            known = KnownOrganisations(self.run.authority, [one for one, _ in batch], self.ids)
            with transaction.atomic():
                deeds = [one for pair in batch for one in self._place(*pair, known)]
                if self.run.write:
                    stream = lock_directory(self.run.authority)
                    append_events(stream=stream, by=self.run.by, deeds=deeds)

    def _place(
        self, record: OrganisationRecord, organisation: Organisation, known: KnownOrganisations
    ) -> list[Deed]:
        parents = [one for one in known.parents(record) if one.pk != organisation.pk]
        coming = record.parent_id in self.ids or name_key(record.parent) in self.names
        if len(parents) != 1 and (self.run.write or not coming):
            lacking = Problem(record.row, "parent", "no_such_parent", short(record.parent))
            self.run.tally.note([lacking])
        if len(parents) != 1 or not self.run.write:
            return []
        changes = organisation.change(parent_id=parents[0].pk)
        told = {"parent": ("", parents[0].name)}
        return [deed(organisation, "organisation_revised", told)] if changes else []


def _date(words: str) -> PartialDate | None:
    return parse(words) if words else None


def _as_told(record: OrganisationRecord) -> dict[str, tuple[object, object]]:
    """What a file says of a new organisation, in one value: files can have very many rows."""
    told = {
        "classification": record.kind,
        "sector": record.sector,
        "other_names": ", ".join(record.other_names),
        "identifiers": ", ".join(f"{scheme}:{number}" for scheme, number in record.identifiers),
        "parent": record.parent,
        "area": record.area,
        "founded": record.founded,
        "dissolved": record.dissolved,
        "website": record.website,
        "description": record.description,
        "source": record.source,
    }
    return {"record": ("", "\n".join(f"{name}: {value}" for name, value in told.items() if value))}


def _revised(row: _Row, organisation: Organisation) -> Deed:
    changes = shown(organisation, organisation.change(**row.changes))
    if row.identifiers:
        added = ", ".join(f"{scheme}:{number}" for scheme, number in row.identifiers)
        changes["identifiers"] = ("", added)
    return deed(organisation, "organisation_revised", changes)
