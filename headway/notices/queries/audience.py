"""Who hears of a block of events: a fixed number of queries, however many events and people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from headway.accounts.models import Event
from headway.accounts.models.authority import Visibility
from headway.forums.models import Comment, Follow, Mention, StatementContact
from headway.initiatives.models import Initiative, Mandate, Member, Record, RoleGrant
from headway.notices.models import Why
from headway.notices.queries.concerned import Concerned, concerned_by
from headway.notices.queries.rules import TALK, reasons
from headway.notices.queries.upstream import grew_from
from headway.solutions.models import Elector

People = dict[UUID, set[UUID]]
READABLE: Final[frozenset[str]] = frozenset({Visibility.PUBLIC, Visibility.MEMBERS})
# One event is told to one person for one reason: the first of these that fits.
FIRST: Final = (
    Why.MENTIONED,
    Why.NOTED,
    Why.AUTHOR,
    Why.OWNER,
    Why.VOICE,
    Why.TAKES_PART,
    Why.ORGANISATION,
    Why.GREW,
    Why.FOLLOWS,
    Why.ROLE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """That a member hears of an event, and why."""

    event: Event
    member_id: UUID
    user_id: UUID
    why: Why


@dataclass(frozen=True, slots=True)
class ToldByAddress:
    """That the author of a statement, known by an address only, hears of an event."""

    event: Event
    contact: StatementContact


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everybody who hears of a block of events."""

    members: tuple[Told, ...] = ()
    addresses: tuple[ToldByAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """One event that is news: what it is about and for what reasons somebody hears of it."""

    event: Event
    record: Record
    whys: frozenset[Why]


def readers_of(
    initiative: Initiative, today: date, members: Collection[UUID] | None = None
) -> dict[UUID, UUID]:
    """The members, or those of some, who may read what members read, with the account of each."""
    grants = RoleGrant.objects.filter(
        member__initiative=initiative,
        member__left_at__isnull=True,
        member__user__is_active=True,
    ).holding(today)
    grants = grants if members is None else grants.filter(member__in=members)
    return dict(grants.values_list("member_id", "member__user_id"))


def is_news(event: Event, record: Record) -> bool:
    """Whether somebody may be told: nothing from a source, nothing for the office alone."""
    if event.actor_kind == "import" or not {record.visibility, event.visibility} <= READABLE:
        return False
    if record.withdrawn and event.verb != "withdrawn":
        return False
    return record.provenance == Record.Provenance.HERE or event.verb in TALK


def news_of(initiative: Initiative, events: Sequence[Event]) -> list[News]:
    """Those of the events that anybody could hear of."""
    records = (
        Record.objects.in_initiative(initiative)
        .filter(expunged_at__isnull=True)
        .in_bulk([event.subject_id for event in events])
    )
    found = []
    for event in events:
        record = records.get(event.subject_id)
        whys = reasons(event.subject_kind, event.verb)
        if record is not None and whys and is_news(event, record):
            found.append(News(event, record, whys))
    return found


def hearing(initiative: Initiative, events: Sequence[Event], today: date) -> Hearing:
    """Who hears of the events; the same question has the same answer."""
    news = news_of(initiative, events)
    if not news:
        return Hearing()
    readers = readers_of(initiative, today)
    groups = _groups(initiative, news, today)
    told = [each for item in news for each in _told(item, groups, readers)]
    return Hearing(tuple(told), tuple(_by_address(news, groups.trace)))


@dataclass(frozen=True, slots=True)
class Groups:
    """Who stands in which relation to the records of a block, by record or event."""

    trace: dict[UUID, frozenset[UUID]]
    authors: People
    speakers: People
    voices: People
    followers: dict[UUID, dict[UUID, datetime]]
    mentioned: People
    conveners: frozenset[UUID]
    concerned: Concerned

    def of(self, item: News, why: Why) -> Iterable[UUID]:
        """The members whom one reason names for one event."""
        key = item.record.pk
        traced = self.trace.get(key, frozenset({key}))
        found: dict[Why, Iterable[UUID | None]] = {
            Why.MENTIONED: self.mentioned.get(item.event.pk, ()),
            Why.AUTHOR: [item.record.author_id],
            Why.NOTED: self.concerned.noted.get(item.event.pk, ()),
            Why.OWNER: [item.record.owner_id, *self.concerned.keepers.get(key, ())],
            Why.ORGANISATION: self._speaking(key),
            Why.TAKES_PART: self.concerned.takers.get(key, ()),
            Why.VOICE: self.voices.get(key, ()),
            Why.FOLLOWS: self._following(item),
            Why.ROLE: self.conveners,
            Why.GREW: [each for one in traced for each in self.authors.get(one, ())],
        }
        return (each for each in found[why] if each is not None)

    def _speaking(self, record: UUID) -> set[UUID]:
        """Those who speak for an organisation that a record concerns."""
        organisations = self.concerned.organisations.get(record, ())
        return {each for one in organisations for each in self.speakers.get(one, ())}

    def _following(self, item: News) -> list[UUID]:
        """Those who followed the record before the event."""
        since = self.followers.get(item.record.pk, {})
        return [member for member, at in since.items() if at < item.event.recorded_at]


def _told(item: News, groups: Groups, readers: dict[UUID, UUID]) -> Iterator[Told]:
    chosen: dict[UUID, Why] = {}
    for why in FIRST:
        if why in item.whys:
            for member in groups.of(item, why):
                chosen.setdefault(member, why)
    for member, why in chosen.items():
        user = readers.get(member)
        own = member == item.event.member_id or user == item.event.user_id
        if user is not None and not own:
            yield Told(item.event, member, user, why)


def _groups(initiative: Initiative, news: Sequence[News], today: date) -> Groups:
    ids = {item.record.pk for item in news}
    trace = grew_from({item.record.pk for item in news if Why.GREW in item.whys})
    reached = {each for found in trace.values() for each in found}
    speakers = _speakers(initiative, today)
    return Groups(
        trace=trace,
        authors=_authors(reached),
        speakers=speakers,
        voices=_voices({item.record.pk for item in news if Why.VOICE in item.whys}, speakers),
        followers=_followers(ids),
        mentioned=_mentioned(news),
        conveners=_conveners(initiative, today),
        concerned=concerned_by(
            {item.record.pk: item.record for item in news}.values(), [item.event for item in news]
        ),
    )


def _followers(records: Iterable[UUID]) -> dict[UUID, dict[UUID, datetime]]:
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    follows = Follow.objects.filter(record__in=list(records))
    for record, member, since in follows.values_list("record_id", "member_id", "since"):
        found[record][member] = since
    return found


def _pairs(pairs: Iterable[tuple[UUID, UUID]]) -> People:
    found: People = defaultdict(set)
    for key, member in pairs:
        found[key].add(member)
    return found


def _authors(records: Iterable[UUID]) -> People:
    """Who wrote records, and who said something to them."""
    ids = list(records)
    wrote = Record.objects.filter(pk__in=ids, author__isnull=False, provenance="here")
    found = _pairs(wrote.values_list("pk", "author_id"))
    said = Comment.objects.standing().filter(record__in=ids)
    for record, member in said.values_list("record_id", "member_id").distinct():
        found[record].add(member)
    return found


def _speakers(initiative: Initiative, today: date) -> People:
    """Who may speak for which organisation, also under the name it was merged from."""
    mandates = Mandate.objects.filter(member__initiative=initiative).holding(today)
    rows = mandates.values_list("organisation_id", "organisation__merged_into_id", "member_id")
    found: People = defaultdict(set)
    for organisation, merged_into, member in rows:
        found[organisation].add(member)
        if merged_into is not None:
            found[merged_into].add(member)
    own = Member.objects.in_initiative(initiative).filter(organisation__isnull=False)
    for organisation, member in own.values_list("organisation_id", "pk"):
        found[organisation].add(member)
    return found


def _voices(ballots: Iterable[UUID], speakers: People) -> People:
    """Whose voice counts in votes: persons, stand-ins, and speakers of organisations."""
    found: People = defaultdict(set)
    electors = Elector.objects.filter(ballot__in=list(ballots), recused=False)
    for row in electors.values_list("ballot_id", "organisation_id", "member_id", "stand_in_id"):
        ballot, organisation, member, stand_in = row
        found[ballot] |= {each for each in (member, stand_in) if each is not None}
        found[ballot] |= speakers.get(organisation, set())
    return found


def _mentioned(news: Sequence[News]) -> People:
    """Who is named in a comment, or answered by it; a comment is known by record, hand and hour."""
    events = {
        (item.event.subject_id, item.event.member_id, item.event.recorded_at): item.event.pk
        for item in news
        if item.event.verb in TALK
    }
    if not events:
        return {}
    comments = Comment.objects.standing().filter(
        record__in={key[0] for key in events}, written_at__in={key[2] for key in events}
    )
    about: dict[UUID, UUID] = {}
    found: People = defaultdict(set)
    for comment in comments.select_related("answers"):
        event = events.get((comment.record_id, comment.member_id, comment.written_at))
        if event is not None:
            about[comment.pk] = event
            found[event] |= {comment.answers.member_id} if comment.answers else set()
    for comment_id, member in Mention.objects.filter(comment__in=about).values_list(
        "comment_id", "member_id"
    ):
        found[about[comment_id]].add(member)
    return found


def _conveners(initiative: Initiative, today: date) -> frozenset[UUID]:
    grants = RoleGrant.objects.filter(
        member__initiative=initiative, role=RoleGrant.Role.CONVENER
    ).holding(today)
    return frozenset(grants.values_list("member_id", flat=True))


def _by_address(
    news: Sequence[News], trace: dict[UUID, frozenset[UUID]]
) -> Iterator[ToldByAddress]:
    """Authors of statements who left an address: each hears once of each later stage."""
    reached = {each for found in trace.values() for each in found}
    contacts = StatementContact.objects.filter(statement__in=reached).select_related("statement")
    by_statement = {contact.statement_id: contact for contact in contacts}
    for item in news:
        if Why.GREW in item.whys:
            for record in sorted(trace.get(item.record.pk, ())):
                if record in by_statement:
                    yield ToldByAddress(item.event, by_statement[record])
