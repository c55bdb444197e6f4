"""The rows that evidence is made of: records, their states and links, each in one query."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, UUIDField
from django.db.models.functions import Coalesce

from headway.accounts.models.authority import Visibility
from headway.directory.models import Organisation
from headway.initiatives.models import Happening, Initiative, Link, Record, RecordState

KINDS = (
    *("problem", "affected_group", "baseline", "framing", "facet", "fact", "effort"),
    *("partner", "need", "offer", "agreement"),
    *("forum", "phase", "meeting", "minute_line", "conversation", "statement"),
    *("recommendation", "barrier", "ballot", "objection", "outcome"),
    *("ask", "decision", "promise", "small_test", "pilot", "lesson", "measure"),
    *("happening", "move", "threshold", "condition"),
)

MET = (Happening.Category.MEETING, Happening.Category.CONSULTATION)


@dataclass(frozen=True)
class View:
    """Whose eyes look, and at what.

    Attributes:
        initiative: which.
        readers: the visibilities that they may see.
        known_at: leaves out what was recorded later; None means now.
        as_of: the day that is looked at, where it is known: of many public words the last counts.

    """

    initiative: Initiative
    readers: Collection[str]
    known_at: datetime | None = None
    as_of: date | None = None

    def day(self, instant: datetime) -> date:
        """The date of an instant where the initiative is."""
        return self.initiative.today(instant)

    def records(self) -> QuerySet[Record]:
        """The records that count: what was withdrawn was never so, unless nobody knew yet."""
        found = Record.objects.in_initiative(self.initiative).visible_to(self.readers)
        found = found.filter(kind__in=KINDS).filter(self._telling())
        if self.known_at is None:
            return found.live()
        known = found.filter(recorded_at__lte=self.known_at)
        return known.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=self.known_at))

    def _telling(self) -> Q:
        """Of what happened only what met, what something came from, and public words count."""
        met = Happening.objects.in_initiative(self.initiative).filter(category__in=MET)
        followed = Link.objects.filter(
            target__initiative=self.initiative, target__kind=Happening.RECORD_KIND
        )
        told = Q(pk__in=met.values("pk")) | Q(pk__in=followed.values("target"))
        return ~Q(kind=Happening.RECORD_KIND) | self._said() | told

    def _said(self) -> Q:
        """Public words; for one day the last of them, because only it decides anything."""
        if self.as_of is None:
            return Q(visibility=Visibility.PUBLIC)
        said = Record.objects.in_initiative(self.initiative).filter(
            self.known("recorded_at"),
            self.standing("withdrawn_at"),
            kind=Happening.RECORD_KIND,
            visibility=Visibility.PUBLIC,
            happened_to__lte=self.as_of,
        )
        return Q(pk__in=said.order_by("-happened_to", "pk").values("pk")[:1])

    def known(self, field: str) -> Q:
        """The condition that something was known: written down by then."""
        return Q() if self.known_at is None else Q(**{f"{field}__lte": self.known_at})

    def standing(self, field: str) -> Q:
        """The condition that something was not taken back by then."""
        stands = Q(**{f"{field}__isnull": True})
        return stands if self.known_at is None else stands | Q(**{f"{field}__gt": self.known_at})


@dataclass(slots=True)
class RecordRow:
    """One record as read.

    `on` is its last possible day; without one the day on which its source appeared, else the day on
    which it was recorded: nothing counts before anybody could know it. `begins` is that day, or
    the day of its first state where a report tells of an older one.
    """

    id: UUID
    kind: str
    title: str
    on: date
    reported: bool
    public: bool
    organisation: UUID | None
    states: list[tuple[date, str]]
    begins: date


def canonical(path: str) -> Coalesce:
    """The organisation that a key to one counts as."""
    return Coalesce(F(f"{path}__merged_into_id"), F(f"{path}_id"), output_field=UUIDField())


def record_rows(view: View) -> dict[UUID, RecordRow]:
    """Every record with its states; who did it is its organisation, else its author's.

    Two queries, whatever there is.
    """
    who = Coalesce(canonical("organisation"), canonical("author__organisation"))
    dated = Coalesce("happened_to", "source__published_to")
    found = view.records().values_list(
        "pk", "kind", "title", dated, "recorded_at", "provenance", "visibility", who
    )
    rows = {
        key: RecordRow(
            id=key,
            kind=kind,
            title=title,
            on=(on := day or view.day(at)),
            reported=source == "reported",
            public=seen == "public",
            organisation=org,
            states=[],
            begins=on,
        )
        for key, kind, title, day, at, source, seen, org in found
    }
    for key, state, day, at in _states(view):
        row = rows.get(key)
        if row is not None:
            told = day or (row.on if row.reported else view.day(at))
            row.states.append((told, state))
            row.begins = min(row.begins, told)
    return rows


def _states(view: View) -> Iterator[tuple[UUID, str, date | None, datetime]]:
    states = RecordState.objects.filter(record__in=view.records().values("pk"))
    known = states.filter(view.known("recorded_at")).order_by("recorded_at")
    return known.values_list("record", "state", "happened_to", "recorded_at").iterator(5_000)


def link_rows(view: View) -> QuerySet[Link, tuple[UUID, UUID, str]]:
    """What came from what inside the initiative, as links say; one query."""
    records = Record.objects.in_initiative(view.initiative).values("pk")
    links = Link.objects.filter(origin__in=records).exclude(kind=Link.Kind.LEARNED_FROM)
    known = links.filter(view.known("made_at")).filter(view.standing("withdrawn_at"))
    return known.order_by().values_list("origin", "target", "kind")


def organisation_rows(view: View) -> dict[UUID, tuple[str, str]]:
    """Name and sector of each organisation of the authority; one query."""
    rows = Organisation.objects.in_authority(view.initiative.authority).canonical()
    return {key: (name, sector) for key, name, sector in rows.values_list("pk", "name", "sector")}
