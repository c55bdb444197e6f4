"""The rows that evidence is made of: records, their states and links, each in one query."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from django.db.models import Case, CharField, F, Q, QuerySet, UUIDField, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from headway.accounts.models.authority import Visibility
from headway.directory.models import Organisation
from headway.initiatives.models import Happening, Initiative, Link, Record, RecordState

KINDS = (
    *("problem", "affected_group", "baseline", "framing", "facet", "fact", "effort"),
    *("partner", "need", "offer", "agreement"),
    *("forum", "phase", "meeting", "minute_line", "conversation", "statement"),
    *("recommendation", "barrier", "ballot", "objection", "outcome"),
    *("ask", "decision", "promise", "small_test", "pilot", "lesson", "measure"),
    *("happening", "move", "threshold", "condition", "readiness"),
)

# What happened has no state; its many records are not looked at for one.
STATED = tuple(kind for kind in KINDS if kind != Happening.RECORD_KIND)
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

    id: str
    kind: str
    title: str
    on: date
    reported: bool
    public: bool
    organisation: str
    states: list[tuple[date, str]]
    begins: date


def text(column: str | Combinable) -> Cast:
    """An id as words: thousands of objects that are only compared would cost half the time."""
    return Cast(F(column) if isinstance(column, str) else column, CharField())


def key(raw: str | None) -> str:
    """An id as it is written everywhere; one engine keeps it without dashes."""
    if raw is None:
        return ""
    if raw[8:9] == "-":
        return raw
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


@lru_cache(maxsize=8_192)
def day(raw: str | None) -> date | None:
    """A date out of words: many records share one."""
    return None if raw is None else date.fromisoformat(raw)


def moment(raw: str | None) -> datetime | None:
    """An instant out of words; one engine keeps it without its zone, which is UTC."""
    if raw is None:
        return None
    found = datetime.fromisoformat(raw)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def canonical(path: str) -> Coalesce:
    """The organisation that a key to one counts as."""
    return Coalesce(F(f"{path}__merged_into_id"), F(f"{path}_id"), output_field=UUIDField())


def record_rows(view: View) -> dict[str, RecordRow]:
    """Every record with its states; who did it is its organisation, else its author's.

    Two queries, whatever there is.
    """
    who = Coalesce(canonical("organisation"), canonical("author__organisation"))
    dated = Coalesce("happened_to", "source__published_to")
    undated = Case(When(happened_to=None, source__published_to=None, then=F("recorded_at")))
    found = view.records().order_by()
    told = found.values_list(
        *(text("pk"), "kind", "title", text(dated), text(undated)),
        *("provenance", "visibility", text(who)),
    )
    rows = dict(_row(view, *each) for each in told)
    for raw, state, said, at in _states(view):
        row = rows.get(key(raw))
        if row is not None:
            since = said or (row.on if row.reported else view.day(at))
            row.states.append((since, state))
            row.begins = min(row.begins, since)
    return rows


def _row(
    view: View,
    raw: str,
    kind: str,
    title: str,
    said: str | None,
    written: str | None,
    source: str,
    seen: str,
    org: str | None,
) -> tuple[str, RecordRow]:
    told, at = key(raw), moment(written)
    on = day(said) or (view.day(at) if at is not None else date.max)
    return told, RecordRow(
        told, kind, title, on, source == "reported", seen == "public", key(org), [], on
    )


def _states(view: View) -> Iterator[tuple[str, str, date | None, datetime]]:
    """States of all records whose states count; those that nobody may see are asked for never."""
    states = RecordState.objects.filter(record__initiative=view.initiative, record__kind__in=STATED)
    known = states.filter(view.known("recorded_at")).order_by("recorded_at")
    told = known.values_list(text("record_id"), "state", "happened_to", "recorded_at")
    return told.iterator(5_000)


def link_rows(view: View) -> list[tuple[str, str, str]]:
    """What came from what inside the initiative, as links say; one query."""
    records = Record.objects.in_initiative(view.initiative).values("pk")
    links = Link.objects.filter(origin__in=records).exclude(kind=Link.Kind.LEARNED_FROM)
    known = links.filter(view.known("made_at")).filter(view.standing("withdrawn_at"))
    told = known.order_by().values_list(text("origin_id"), text("target_id"), "kind")
    return [(key(origin), key(target), kind) for origin, target, kind in told]


def organisation_rows(view: View) -> dict[str, tuple[str, str]]:
    """Name and sector of each organisation of the authority; one query."""
    rows = Organisation.objects.in_authority(view.initiative.authority).canonical()
    told = rows.order_by().values_list(text("pk"), "name", "sector")
    return {key(raw): (name, sector) for raw, name, sector in told}
