"""Initiatives of any size for tests and measurements; refused in production.

Rows are written in bulk, as the actions would have written them: each constraint holds, texts have
their first version, and positions follow each other without a gap.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from headway.accounts.actor import Actor
from headway.accounts.events import Subject
from headway.accounts.models import Authority, Event, EventValue, Stream
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.directory.models.base import search_values
from headway.initiatives.actions import invite_member, open_initiative
from headway.initiatives.models import (
    Happening,
    HappeningOrganisation,
    Initiative,
    Record,
    RecordState,
    RoleGrant,
    Wording,
)
from headway.partners.models import Contact, ContactOrganisation, Partner
from headway_analysis.partial_date import PartialDate

BLOCK = 2_000
YEARS = 3
OPENING_EVENTS = 3  # the initiative is opened; a convener joins and is given the role
PLACES = (
    "Northside", "Lakeview", "Cedar", "Riverside", "Prairie", "Summit", "Harbor", "Maple",
    "Granite", "Meadow", "Union", "Phillips", "Jordan", "Willow", "Eastgate", "Elm",
)  # fmt: skip
FIELDS = (
    "Housing", "Health", "Family", "Youth", "Legal Aid", "Food", "Shelter", "Schools",
    "Employment", "Transit", "Neighborhood", "Elder", "Veterans", "Recovery", "Arts", "Library",
)  # fmt: skip
FORMS = ("Alliance", "Services", "Partners", "Council", "Foundation", "Network", "Center", "Trust")
DOINGS = ("agreed to send figures", "asked who pays", "offered a room", "wants to see the plan")


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make; the same seed makes the same names, texts and dates."""

    partners: int
    events: int
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.partners <= 100_000:
            raise ValueError(f"partners must be from 1 to 100,000, got {self.partners}")
        fewest = self.partners + OPENING_EVENTS
        if not fewest <= self.events <= 10_000_000:
            raise ValueError(f"events must be from {fewest:,} to 10,000,000, got {self.events:,}")


class Batch:
    """Rows that wait to be written together, table by table in the order of their keys."""

    ORDER: tuple[type[models.Model], ...] = (
        Organisation,
        Record,
        Partner,
        Contact,
        ContactOrganisation,
        Happening,
        HappeningOrganisation,
        RecordState,
        Wording,
        Event,
        EventValue,
    )

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = {each: [] for each in self.ORDER}

    def add(self, *rows: models.Model) -> None:
        """Let rows wait."""
        for row in rows:
            self.rows[type(row)].append(row)

    def write(self) -> None:
        """Write what waits."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=500)
            rows.clear()


@dataclass
class Writer:
    """Makes the rows of one initiative, one event after the other."""

    initiative: Initiative
    member_id: UUID
    user_id: UUID
    rng: Random
    start: datetime
    step: timedelta
    position: int
    batch: Batch
    done: int = 0

    def key(self) -> UUID:
        """A key from the seed."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    @property
    def now(self) -> datetime:
        """When the next event was."""
        return self.start + self.done * self.step

    def event(self, verb: str, subject: Subject, **values: str) -> None:
        """The next event of the stream."""
        self.position += 1
        event = Event(
            id=self.key(),
            stream_id=self.initiative.stream_id,
            position=self.position,
            recorded_at=self.now,
            verb=verb,
            subject_kind=subject.kind,
            subject_id=subject.id,
            actor_kind="member",
            user_id=self.user_id,
            member_id=self.member_id,
            field_names=sorted(values),
            visibility=Visibility.MEMBERS,
        )
        shown = {"title": subject.title, **values}
        self.batch.add(event, *(self._value(event, name, text) for name, text in shown.items()))
        self.done += 1

    def _value(self, event: Event, name: str, text: str) -> EventValue:
        return EventValue(id=self.key(), event=event, field=name, new=text)

    def record(self, kind: str, title: str, organisation: Organisation | None = None) -> Record:
        """The record of a row of a stage."""
        record = Record(
            id=self.key(),
            initiative=self.initiative,
            kind=kind,
            title=title,
            owner_id=self.member_id,
            author_id=self.member_id,
            organisation=organisation,
            recorded_at=self.now,
        ).set_when(PartialDate(self.now.date(), self.now.date(), self.now.date().isoformat()))
        self.batch.add(record)
        return record

    def wording(self, record: Record, field: str, text: str) -> None:
        """The first version of a text."""
        self.batch.add(
            Wording(
                id=self.key(),
                record=record,
                field=field,
                number=1,
                text=text,
                language=self.initiative.language,
                member_id=self.member_id,
                recorded_at=self.now,
            )
        )

    def organisation(self, number: int) -> Organisation:
        """An organisation with a name of its own."""
        words = (self.rng.choice(PLACES), self.rng.choice(FIELDS), self.rng.choice(FORMS))
        name = f"{' '.join(words)} {self.initiative.slug[-8:]}-{number}"
        organisation = Organisation(
            id=self.key(),
            authority_id=self.initiative.authority_id,
            recorded_at=self.now,
            name=name,
            sector=self.rng.choice(Organisation.Sector.values),
            **search_values(name, ""),
        )
        self.batch.add(organisation)
        return organisation

    def partner(self, number: int) -> Partner:
        """A partner that takes part."""
        organisation = self.organisation(number)
        record = self.record(Partner.RECORD_KIND, organisation.name, organisation)
        role = f"Brings {self.rng.choice(FIELDS).lower()} to the table."
        state = Partner.State.TAKING_PART
        partner = Partner(record=record, organisation=organisation, role_as_said=role, state=state)
        self.batch.add(partner, self._state(record, state))
        self.wording(record, "role_as_said", role)
        self.event("added", Subject(record.kind, record.pk, record.title), state=state)
        return partner

    def _state(self, record: Record, state: str) -> RecordState:
        return RecordState(
            id=self.key(),
            record=record,
            state=state,
            recorded_at=self.now,
            happened_from=record.happened_from,
            happened_to=record.happened_to,
            date_as_said=record.date_as_said,
        )

    def contact(self, partner: Partner) -> None:
        """A logged contact with a partner."""
        organisation = partner.organisation
        text = f"{organisation.name} {self.rng.choice(DOINGS)}."
        record = self.record(Contact.RECORD_KIND, text, organisation)
        contact = Contact(record=record, kind=self.rng.choice(Contact.Kind.values), text=text)
        self.batch.add(
            contact,
            ContactOrganisation(id=self.key(), contact=contact, organisation=organisation),
        )
        self.wording(record, "text", text)
        self.event("logged", Subject(record.kind, record.pk, text), kind=contact.kind)

    def happening(self, partner: Partner) -> None:
        """Something that happened, with a partner in it."""
        organisation = partner.organisation
        text = f"Meeting {self.done}: {organisation.name} {self.rng.choice(DOINGS)}."
        record = self.record(Happening.RECORD_KIND, text, organisation)
        happening = Happening(record=record, category=Happening.Category.MEETING, text=text)
        self.batch.add(
            happening,
            HappeningOrganisation(id=self.key(), happening=happening, organisation=organisation),
        )
        self.event("recorded", Subject(record.kind, record.pk, text), category="meeting")

    def revision(self, partner: Partner) -> None:
        """A partner's role was looked at again; only the log tells."""
        subject = Subject(Partner.RECORD_KIND, partner.pk, partner.organisation.name)
        self.event("revised", subject, role_as_said=partner.role_as_said)


def _doing(writer: Writer) -> Callable[[Partner], None]:
    """What happens next: mostly revisions, now and then a contact or a meeting."""
    dice = writer.rng.random()
    if dice < 0.10:
        return writer.contact
    return writer.happening if dice < 0.14 else writer.revision


def _write(writer: Writer, size: Size) -> Iterator[int]:
    """Make everything in blocks; yields how many events are written."""
    partners = []
    for number in range(size.partners):
        partners.append(writer.partner(number))
        if number % BLOCK == BLOCK - 1:
            writer.batch.write()
            yield writer.done
    for number in range(size.events - writer.position):
        _doing(writer)(writer.rng.choice(partners))
        if number % BLOCK == BLOCK - 1:
            writer.batch.write()
            yield writer.done
    writer.batch.write()
    yield writer.done


def _owner(authority: Authority, at: datetime) -> Organisation:
    name = "Office of Simulations"
    found = Organisation.objects.in_authority(authority).live().called(name).first()
    if found is not None:
        return found
    owner = Organisation(
        authority=authority,
        recorded_at=at,
        name=name,
        sector="government",
        **search_values(name, ""),
    )
    owner.save(force_insert=True)
    return owner


def _writer(initiative: Initiative, convener: str, by: Actor, size: Size) -> Writer:
    member = invite_member(
        by=by,
        initiative=initiative,
        email=convener,
        name="Carmen Convener",
        role=RoleGrant.Role.CONVENER,
    )
    if member.user is None:
        raise RuntimeError(f"{convener} was invited without an account")
    stream = Stream.objects.select_for_update().get(pk=initiative.stream_id)
    return Writer(
        initiative=initiative,
        member_id=member.pk,
        user_id=member.user.pk,
        rng=Random(f"{size.seed} {initiative.slug}"),  # noqa: S311 -- made-up data, no secret
        start=by.at - timedelta(days=365 * YEARS),
        step=timedelta(days=365 * YEARS) / size.events,
        position=stream.last_position,
        batch=Batch(),
    )


@transaction.atomic
def simulate(
    *,
    at: datetime,
    authority: Authority,
    size: Size,
    convener: str = "convener@example.org",
    report: Callable[[int], None] = lambda _done: None,
) -> Initiative:
    """Make an initiative with so many partners and, in its stream, exactly so many events.

    Raises:
        RuleError: in production.

    """
    if settings.MODE == "production":
        raise RuleError("This is a production installation: nothing is simulated here.")
    by = Actor(kind="worker", at=at)
    initiative = open_initiative(
        by=by,
        authority=authority,
        owner=_owner(authority, at),
        title=f"Simulation {size.partners} partners {size.events} events {size.seed}",
        visibility=Initiative.Reader.PUBLIC,
    )
    writer = _writer(initiative, convener, by, size)
    first = writer.position
    for done in _write(writer, size):
        report(done)
    Stream.objects.filter(pk=initiative.stream_id).update(
        last_position=F("last_position") + writer.position - first
    )
    return initiative
