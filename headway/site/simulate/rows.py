"""The rows of a simulated initiative, made one after the other and written in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import models

from headway.accounts.events import Subject
from headway.accounts.models import Event, EventValue
from headway.accounts.models.authority import Visibility
from headway.commitments.models import Commitment
from headway.directory.models import Organisation
from headway.directory.models.base import search_values
from headway.forums.models import (
    Attendance,
    Comment,
    CommentWording,
    Forum,
    Meeting,
    MinuteLine,
)
from headway.initiatives.models import (
    Happening,
    HappeningOrganisation,
    Initiative,
    Record,
    RecordState,
    Wording,
)
from headway.partners.models import Contact, ContactOrganisation, Partner
from headway_analysis.partial_date import PartialDate

YEARS = 3
PLACES = (
    "Northside", "Lakeview", "Cedar", "Riverside", "Prairie", "Summit", "Harbor", "Maple",
    "Granite", "Meadow", "Union", "Phillips", "Jordan", "Willow", "Eastgate", "Elm",
)  # fmt: skip
FIELDS = (
    "Housing", "Health", "Family", "Youth", "Legal Aid", "Food", "Shelter", "Schools",
    "Employment", "Transit", "Neighborhood", "Elder", "Veterans", "Recovery", "Arts", "Library",
)  # fmt: skip
FORMS = ("Alliance", "Services", "Partners", "Council", "Foundation", "Network", "Center", "Trust")
PROMISES = ("open a shelter", "share its counts", "send a nurse", "lend two vans", "train staff")
DOINGS = ("agreed to send figures", "asked who pays", "offered a room", "wants to see the plan")


class Batch:
    """Rows that wait to be written together, table by table in the order of their keys."""

    ORDER: tuple[type[models.Model], ...] = (
        Organisation,
        Record,
        Partner,
        Contact,
        ContactOrganisation,
        Commitment,
        Forum,
        Meeting,
        Attendance,
        MinuteLine,
        Comment,
        CommentWording,
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

    def promise(self, partner: Partner) -> None:
        """What a partner promised: open, late, kept or not confirmed yet."""
        organisation = partner.organisation
        text = f"{organisation.name} will {self.rng.choice(PROMISES)} ({self.done})."
        record = self.record(Commitment.RECORD_KIND, text, organisation)
        states = (Commitment.State.INTENT, Commitment.State.CONFIRMED, Commitment.State.KEPT)
        state = self.rng.choice(states)
        due = self.now.date() + timedelta(days=self.rng.randrange(-200, 200) + 365 * YEARS)
        promise = Commitment(
            record=record,
            text=text,
            state=state,
            organisation=organisation,
            due_from=due,
            due_to=due,
            due_as_said=due.isoformat(),
            first_due_to=due,
            authority_stated="" if state == states[0] else Commitment.Authority.OWN,
            confirmed_at=None if state == states[0] else self.now,
        )
        self.batch.add(promise, self._state(record, promise.state))
        self.wording(record, "text", text)
        self.event("noted", Subject(record.kind, record.pk, text), text=text)

    def forum(self) -> Forum:
        """A group that is no public body."""
        record = self.record(Forum.RECORD_KIND, "Working group")
        forum = Forum(record=record, public_body=Forum.PublicBody.NO)
        self.batch.add(forum)
        self.event("opened", Subject(record.kind, record.pk, record.title))
        return forum

    def meeting(self, forum: Forum, partners: Sequence[Partner]) -> Meeting:
        """A meeting that was held, who was there, and two lines of its minutes."""
        title = f"Working group, meeting {self.done}"
        record = self.record(Meeting.RECORD_KIND, title)
        state = Meeting.State.HELD
        meeting = Meeting(record=record, forum=forum, starts_at=self.now, state=state)
        self.batch.add(meeting, self._state(record, state))
        for partner in partners:
            organisation = partner.organisation
            there = Attendance(id=self.key(), meeting=meeting, name=organisation.name)
            there.organisation = organisation
            self.batch.add(there)
        self.event("held", Subject(record.kind, record.pk, title))
        for number, kind in enumerate((MinuteLine.Kind.WILL_DO, MinuteLine.Kind.IDEA), 1):
            self._line(meeting, number, kind, partners[0].organisation)
        return meeting

    def _line(self, meeting: Meeting, number: int, kind: str, owner: Organisation) -> None:
        text = f"{owner.name} {self.rng.choice(DOINGS)} ({self.done})."
        record = self.record(MinuteLine.RECORD_KIND, text)
        line = MinuteLine(record=record, meeting=meeting, number=number, kind=kind, text=text)
        line.what, line.as_typed, line.owner = text, text, owner
        self.batch.add(line)
        self.wording(record, "text", text)
        self.event("recorded", Subject(record.kind, record.pk, text))

    def comment(self, about: Record, thread: Comment | None) -> Comment:
        """What somebody says about a record, or answers."""
        comment = Comment(
            id=self.key(),
            record=about,
            answers=thread,
            member_id=self.member_id,
            text=f"Somebody {self.rng.choice(DOINGS)} ({self.done}).",
            written_at=self.now,
        )
        comment.thread_id = thread.pk if thread else comment.pk
        comment.thread_at = thread.written_at if thread else self.now
        wording = CommentWording(
            id=self.key(), comment=comment, number=1, text=comment.text, recorded_at=self.now
        )
        self.batch.add(comment, wording)
        self.event("commented", Subject(about.kind, about.pk, about.title))
        return comment

    def revision(self, partner: Partner) -> None:
        """A partner's role was looked at again; only the log tells."""
        subject = Subject(Partner.RECORD_KIND, partner.pk, partner.organisation.name)
        self.event("revised", subject, role_as_said=partner.role_as_said)
