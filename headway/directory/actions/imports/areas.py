"""Areas and seats of a Popolo file."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from headway.accounts.events import append_events
from headway.core.errors import RuleError
from headway.directory.actions.areas import AreaDetails, add_area, find_area
from headway.directory.actions.imports.known import OrganisationsByName, uuids_of
from headway.directory.actions.imports.roles import Seats
from headway.directory.actions.imports.tally import Import, Verdict, batches
from headway.directory.actions.log import lock_directory
from headway.directory.formats.problem import Problem, short
from headway.directory.formats.records import AreaRecord, PostRecord
from headway.directory.models import Area
from headway.directory.models.base import name_key


def take_areas(run: Import, records: Iterable[AreaRecord]) -> dict[str, UUID]:
    """Match areas by identifier, else by name and kind; outer ones first. Answers their ids."""
    waiting, ids = list(records), dict[str, UUID]()
    while waiting:
        placed = [one for one in waiting if not one.parent_id or one.parent_id in ids]
        # Areas that lie inside each other in a circle lose their parents.
        for record in placed or waiting:
            verdict = _take_area(run, record, ids)
            run.tally.count(record.row, record.name, verdict)
        waiting = [one for one in waiting if one not in placed] if placed else []
    return ids


def _take_area(run: Import, record: AreaRecord, ids: dict[str, UUID]) -> Verdict:
    outer = ids.get(record.parent_id)
    parent = Area.objects.get(pk=outer) if outer else None
    details = AreaDetails(record.name, record.kind, record.identifier, parent)
    try:
        with transaction.atomic():
            found = find_area(run.authority, details)
            verdict: Verdict = "same" if found else "new"
            if found is None and run.write:
                found = add_area(by=run.by, authority=run.authority, details=details)
    except RuleError as refusal:
        run.tally.note([Problem(record.row, "areas", "refused", short(str(refusal)))])
        return "left_out"
    if found is not None and record.id:
        ids[record.id] = found.pk
    return verdict


def take_posts(
    run: Import, records: Iterable[PostRecord], organisations: Mapping[str, UUID]
) -> None:
    """Match seats by organisation and label."""
    for batch in batches(records):
        wanted = uuids_of((one.organization_id for one in batch), organisations)
        names = {name_key(one.organization) for one in batch}
        known = OrganisationsByName(run.authority, organisations, wanted, names)
        with transaction.atomic():
            _take_posts(run, batch, known)


def _take_posts(run: Import, batch: list[PostRecord], known: OrganisationsByName) -> None:
    homes = {id(one): known.of_id(one.organization_id) for one in batch}
    seats = Seats(run, [home for home in homes.values() if home])
    deeds = []
    for record in batch:
        home = homes[id(record)]
        # What only this file adds has no row yet while it is looked over.
        verdict, done = seats.told(record, home) if home else ("new", [])
        deeds.extend(done)
        run.tally.count(record.row, record.label, verdict)
    if run.write:
        stream = lock_directory(run.authority)
        seats.save()
        append_events(stream=stream, by=run.by, deeds=deeds)
