"""Initiatives of any size for tests and measurements; refused in production.

Rows are written in bulk, as the actions would have written them: each constraint holds, texts have
their first version, and positions follow each other without a gap.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import F

from headway.accounts.actor import Actor
from headway.accounts.models import Authority, Stream
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.directory.models.base import search_values
from headway.forums.models import Comment
from headway.initiatives.actions import invite_member, open_initiative
from headway.initiatives.models import Initiative, RoleGrant
from headway.partners.models import Partner
from headway.site.simulate.rows import YEARS, Batch, Writer

BLOCK = 2_000
LEAST = {"partners": 1, "promises": 0, "comments": 0, "meetings": 0}
EVENTS_OF_A_MEETING, MOST_THERE = 3, 12  # it was held, and two lines of its minutes
OPENING_EVENTS = 3  # the initiative is opened; a convener joins and is given the role


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make; the same seed makes the same names, texts and dates."""

    partners: int
    events: int
    seed: int = 0
    promises: int = 0
    comments: int = 0
    meetings: int = 0

    def __post_init__(self) -> None:
        for name, lowest in LEAST.items():
            if not lowest <= getattr(self, name) <= 100_000:
                given = getattr(self, name)
                raise ValueError(f"{name} must be from {lowest} to 100,000, got {given:,}")
        fewest = self.partners + self.promises + self.comments + OPENING_EVENTS
        fewest += EVENTS_OF_A_MEETING * self.meetings + bool(self.meetings)
        if not fewest <= self.events <= 10_000_000:
            raise ValueError(f"events must be from {fewest:,} to 10,000,000, got {self.events:,}")


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
    _talk(writer, size, partners)
    for number in range(size.events - writer.position):
        _doing(writer)(writer.rng.choice(partners))
        if number % BLOCK == BLOCK - 1:
            writer.batch.write()
            yield writer.done
    writer.batch.write()
    yield writer.done


def _talk(writer: Writer, size: Size, partners: list[Partner]) -> None:
    """Promises of all partners, their meetings, and one long discussion about the first."""
    if size.meetings:
        forum = writer.forum()
        for _number in range(size.meetings):
            there = writer.rng.sample(partners, min(MOST_THERE, len(partners)))
            writer.meeting(forum, there)
    for _number in range(size.promises):
        writer.promise(writer.rng.choice(partners))
    thread: Comment | None = None
    for number in range(size.comments):
        answered = thread if number % 4 else None
        said = writer.comment(partners[0].record, answered)
        thread = answered or said
    writer.batch.write()


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
