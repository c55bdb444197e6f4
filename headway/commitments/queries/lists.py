"""Lists of promises: whose, how they stand, and what words they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.commitments.models import Commitment, Milestone
from headway.commitments.models.commitment import late_by
from headway.commitments.queries.words import (
    authority_words,
    due_words,
    seat_words,
    state_mark,
)
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.models import Membership, Organisation, Person
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative, Member
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader

State = Commitment.State
OPEN_STATES = (State.INTENT, State.CONFIRMED)
STANDS: dict[str, Message] = {
    "open": gettext_lazy("Open"),
    "unconfirmed": gettext_lazy("Not confirmed"),
    "late": gettext_lazy("Late"),
    "kept": gettext_lazy("Kept"),
    "dropped": gettext_lazy("Not going ahead"),
    "archived": gettext_lazy("Archive"),
}
WHOSE: dict[str, Message] = {
    "": gettext_lazy("Everybody's"),
    "mine": gettext_lazy("Mine"),
    "organisation": gettext_lazy("My organization's"),
    "asked": gettext_lazy("Asked by me"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks a list for; nonsense counts as not said."""

    whose: str = ""
    stands: str = "open"
    words: str = ""

    @classmethod
    def of(cls, params: QueryDict, reader: Reader) -> "Asked":
        """The filters of an address."""
        whose, stands = params.get("whose", ""), params.get("state", "open")
        known = whose in WHOSE and reader.member_id is not None
        return cls(
            whose=whose if known else "",
            stands=stands if stands in STANDS else "open",
            words=params.get("q", "").replace("\x00", "").strip()[:100],
        )

    def query(self, **changed: str) -> str:
        """The same filters as an address, with some changed."""
        values = {"whose": self.whose, "state": self.stands, "q": self.words, **changed}
        params = QueryDict(mutable=True)
        params.update({name: value for name, value in values.items() if value})
        return f"?{params.urlencode()}"


@dataclass(frozen=True)
class PromisesPage:
    """The promises of an initiative."""

    title: str
    lead: str
    whose: tuple[Tab, ...]
    stands: tuple[Tab, ...]
    words: str
    asked: Asked
    table: TablePage
    total: int
    add_href: str
    import_href: str
    progress_href: str
    calendar_href: str
    export_href: str


COLUMNS = (
    Column("title", gettext_lazy("Promise"), sort="record__title"),
    Column("who", gettext_lazy("Who"), sort="organisation__name"),
    Column("seat", gettext_lazy("Seat that answers for it")),
    Column("due", gettext_lazy("Due"), sort="due_to"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("done", gettext_lazy("Done"), numeric=True),
)


def visible_promises(initiative: Initiative, reader: Reader) -> QuerySet[Commitment]:
    """The promises that the reader may see, what is due first at the top."""
    found = Commitment.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return (
        found.select_related(
            "record__source", "organisation__merged_into", "post", "person__merged_into"
        )
        .prefetch_related(Prefetch("milestones", Milestone.objects.order_by("number")))
        .earliest_first()
    )


def whose_filter(whose: str, reader: Reader) -> Q:
    """The condition that promises are the reader's own, their organisation's, or asked by them."""
    if not whose or reader.member_id is None:
        return Q()
    if whose == "asked":
        return Q(asked_by=reader.member_id)
    own = _own_organisations(reader)
    if whose == "organisation":
        return Q(organisation__in=own)
    people = _same_person(reader)
    held = Membership.objects.live().current(reader.today).filter(person__in=people)
    return (
        Q(person__in=people)
        | Q(post__in=held.filter(post__isnull=False).values("post"))
        | Q(confirmed_by=reader.member_id)
        | Q(record__owner=reader.member_id, organisation__in=own)
    )


def _own_organisations(reader: Reader) -> QuerySet[Organisation]:
    """The reader's organisation under every name it counts as."""
    if reader.organisation_id is None:
        return Organisation.objects.none()
    own = Organisation.objects.filter(pk=reader.organisation_id)
    same = own.values("merged_into")
    return Organisation.objects.filter(
        Q(pk=reader.organisation_id)
        | Q(merged_into=reader.organisation_id)
        | Q(pk__in=same)
        | Q(merged_into__in=own.filter(merged_into__isnull=False).values("merged_into"))
    )


def _same_person(reader: Reader) -> QuerySet[Person]:
    """The rows of the directory that are this member: named in the membership, or by address."""
    if reader.member_id is None:
        return Person.objects.none()
    member = Member.objects.filter(pk=reader.member_id)
    named = Q(pk__in=member.filter(person__isnull=False).values("person"))
    addressed = Q(email__in=member.filter(user__isnull=False).values("user__email"))
    return Person.objects.live().filter(named | (addressed & ~Q(email="")))


def stands_filter(stands: str, today: date) -> Q:
    """The condition that promises stand so."""
    at_hand, is_open = Q(archived_at__isnull=True), Q(state__in=OPEN_STATES)
    return {
        "open": is_open,
        "unconfirmed": Q(state=State.INTENT),
        "late": late_by(today),
        "kept": at_hand & Q(state=State.KEPT),
        "dropped": at_hand & Q(state__in=[State.DROPPED, State.SPLIT]),
        "archived": Q(archived_at__isnull=False),
    }[stands]


def asked_promises(initiative: Initiative, reader: Reader, asked: Asked) -> QuerySet[Commitment]:
    """The promises that the filters leave."""
    found = visible_promises(initiative, reader).filter(whose_filter(asked.whose, reader))
    for word in asked.words.split()[:10]:
        found = found.filter(
            Q(text__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(organisation_as_said__icontains=word)
        )
    return found.filter(stands_filter(asked.stands, reader.today))


def _counts(initiative: Initiative, reader: Reader, asked: Asked) -> dict[str, int]:
    """How many promises each tab would show, in one query."""
    found = Commitment.objects.in_initiative(initiative).live().visible_to(reader.readers)
    mine = found.filter(whose_filter(asked.whose, reader)).order_by()
    sums = {name: Count("pk", filter=stands_filter(name, reader.today)) for name in STANDS}
    return {name: int(count) for name, count in mine.aggregate(**sums, all=Count("pk")).items()}


def _row(commitment: Commitment, reader: Reader) -> dict[str, object]:
    plain = reader.member_id is None
    return {
        "title": TextLink(
            commitment.record.title, address(reader, "commitments:promise", commitment.pk)
        ),
        "who": commitment.who or _("nobody named yet"),
        "seat": seat_words(commitment, reader) or _("none named"),
        "due": due_words(commitment) or _("no date said"),
        "state": state_mark(commitment, reader.today, plain=plain),
        "done": f"{commitment.progress}%",
    }


def promises_page(initiative: Initiative, reader: Reader, params: QueryDict) -> PromisesPage:
    """The list of promises as the address asks for it."""
    asked = Asked.of(params, reader)
    counts = _counts(initiative, reader, asked)
    found = asked_promises(initiative, reader, asked)
    return PromisesPage(
        title=_("Promises"),
        lead=_("Who will do what by when. A promise is not a contract."),
        whose=_whose_tabs(asked) if reader.member_id is not None else (),
        stands=tuple(
            Tab(f"{label} ({counts[name]})", asked.query(state=name), name == asked.stands)
            for name, label in _stand_tabs(reader)
        ),
        words=asked.words,
        asked=asked,
        table=table_page(found, COLUMNS, params, build=lambda row: _row(row, reader)),
        total=counts["all"],
        add_href=if_may(reader, "commitments.note", "commitments:add"),
        import_href=if_may(reader, "commitments.import", "commitments:plans"),
        progress_href=address(reader, "commitments:progress"),
        calendar_href=if_may(reader, "commitments.calendar", "commitments:calendar"),
        export_href=address(reader, "commitments:export") + asked.query(),
    )


def _whose_tabs(asked: Asked) -> tuple[Tab, ...]:
    return tuple(
        Tab(label, asked.query(whose=name), name == asked.whose) for name, label in WHOSE.items()
    )


def _stand_tabs(reader: Reader) -> list[tuple[str, Message]]:
    """The states to choose from; for the public what is late only waits for its new date."""
    late = _("New date to be named") if reader.member_id is None else STANDS["late"]
    return [(name, late if name == "late" else label) for name, label in STANDS.items()]


HEADING = (
    "promise",
    "organization",
    "organization_as_said",
    "seat",
    "due",
    "due_last_day",
    "first_due",
    "state",
    "authority",
    "percent",
    "ended_on",
    "evidence",
    "because",
    "provenance",
    "source",
)


def promise_rows(initiative: Initiative, reader: Reader, asked: Asked) -> Iterator[tuple[str, ...]]:
    """The promises that the filters leave as rows of a table file, a few hundred at a time."""
    for row in asked_promises(initiative, reader, asked).iterator(chunk_size=500):
        yield (
            row.text,
            row.organisation.canonical.name if row.organisation else "",
            row.organisation_as_said,
            seat_words(row, reader),
            str(row.due or ""),
            _iso(row.due_to),
            _iso(row.first_due_to),
            row.state,
            authority_words(row),
            str(row.progress),
            _iso(row.ended_on),
            row.evidence,
            row.because,
            row.record.provenance,
            source_words(row.record.source),
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
