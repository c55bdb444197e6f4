from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority
from headway.core.dates import instants_between
from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.exchange.queries.content import stage_models, text_columns
from headway.exchange.queries.details import says_in_details
from headway.exchange.queries.holds import holds_on
from headway.exchange.queries.retention import in_hold
from headway.exchange.queries.tabs import office_tabs
from headway.initiatives import kinds
from headway.initiatives.models import File, Hold, Initiative, Record, RecordHold, Wording
from headway.initiatives.models.record import RecordQuerySet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for; empty means everything."""

    words: str = ""
    kind: str = ""
    initiative: Initiative | None = None
    since: date | None = None
    until: date | None = None
    held: str = ""
    state: str = ""
    hold: UUID | None = None
    record: UUID | None = None

    def as_said(self) -> dict[str, str]:
        """The search in words, for the log."""
        said: Mapping[str, object] = {
            "words": self.words,
            "kind": self.kind,
            "initiative": self.initiative.slug if self.initiative else "",
            "since": self.since,
            "until": self.until,
            "held": self.held,
            "state": self.state,
            "hold": self.hold,
            "record": self.record,
        }
        return {name: str(value) for name, value in said.items() if value}


@dataclass(frozen=True)
class SearchPage:
    """Records that a search has found, and what can be done with all of them."""

    tabs: tuple[Tab, ...]
    table: TablePage
    query: str
    hold_href: str
    export_href: str


COLUMNS = (
    Column("title", _("Record"), sort="title"),
    Column("kind", _("Kind"), sort="kind"),
    Column("initiative", _("Initiative"), sort="initiative__title"),
    Column("recorded", _("Recorded"), sort="recorded_at"),
    Column("state", _("State"), sort="withdrawn_at"),
    Column("holds", _("On hold")),
)


def says(word: str) -> Q:
    """The condition that a record says a word: in its texts of any version, files or details."""
    found = Q(title__icontains=word)
    for kind, model in stage_models().items():
        texts = Q(pk__in=[])
        for field in text_columns(model):
            texts |= Q(**{f"{field.name}__icontains": word})
        rows = model._default_manager.filter(texts, pk=OuterRef("pk"))
        found |= Q(kind=kind) & Q(Exists(rows))
    versions = Wording.objects.filter(record=OuterRef("pk"), text__icontains=word)
    files = File.objects.filter(record=OuterRef("pk"), name__icontains=word)
    return found | Q(Exists(versions)) | Q(Exists(files)) | says_in_details(word)


def _between(authority: Authority, wanted: Wanted) -> Q:
    between = instants_between(wanted.since, wanted.until, authority.zone)
    return Q(**{f"recorded_at__{word}": at for word, at in between.items()})


STATES: dict[str, Q] = {
    "": Q(),
    "live": Q(withdrawn_at__isnull=True),
    "withdrawn": Q(withdrawn_at__isnull=False, expunged_at__isnull=True),
    "expunged": Q(expunged_at__isnull=False),
}


def _covered_by(hold: UUID) -> Q:
    single = RecordHold.objects.filter(hold=hold).values("record")
    whole = Hold.objects.filter(pk=hold, initiative__isnull=False).values("initiative")
    return Q(pk__in=single) | Q(initiative__in=whole)


def found_records(authority: Authority, wanted: Wanted) -> RecordQuerySet:
    """The records of an authority that a search asks for, newest first."""
    # Put this way round, SQLite reads the newest first from their index instead of sorting all.
    elsewhere = Initiative.objects.exclude(authority=authority).values("pk")
    found = Record.objects.filter(_between(authority, wanted)).exclude(initiative__in=elsewhere)
    found = found.filter(STATES[wanted.state])
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.initiative:
        found = found.filter(initiative=wanted.initiative)
    if wanted.record:
        found = found.filter(pk=wanted.record)
    if wanted.hold:
        found = found.filter(_covered_by(wanted.hold))
    for word in wanted.words.split():
        found = found.filter(says(word))
    if wanted.held:
        found = found.filter(in_hold()) if wanted.held == "yes" else found.exclude(in_hold())
    return found.order_by("-recorded_at", "pk")


def state_mark_of(record: Record) -> Mark:
    """Whether a record stands, as a mark."""
    if record.expunged_at is not None:
        return Mark("ended", _("Expunged"))
    return Mark("withdrawn") if record.withdrawn else Mark("open", _("Stands"))


def _row(record: Record) -> dict[str, object]:
    return {
        "title": TextLink(record.title, reverse("exchange:record", args=[record.pk])),
        "kind": kinds.label(record.kind),
        "initiative": record.initiative.title,
        "recorded": record.recorded_at,
        "state": state_mark_of(record),
        "holds": _Later(record),
    }


class _Later:
    """A cell that is known once the page's rows are."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.names: list[str] = []

    def __str__(self) -> str:
        return ", ".join(self.names) or "–"


def _fill(table: TablePage) -> None:
    """Ask for the holds of the page's records at once."""
    later = [cell.value for row in table.rows for cell in row if isinstance(cell.value, _Later)]
    names = holds_on([each.record for each in later])
    for each in later:
        each.names = names[each.record.pk]


def search_page(authority: Authority, wanted: Wanted | None, params: QueryDict) -> SearchPage:
    """What a search has found; nothing where it could not be read."""
    found = Record.objects.none() if wanted is None else found_records(authority, wanted)
    records = found.select_related("initiative")
    table = table_page(records, COLUMNS, params, build=_row)
    _fill(table)
    query = params.copy()
    for paging in ("page", "sort"):
        query.pop(paging, None)
    return SearchPage(
        tabs=office_tabs("exchange:search"),
        table=table,
        query=query.urlencode(),
        hold_href=f"{reverse('exchange:place_hold')}?{query.urlencode()}",
        export_href=f"{reverse('exchange:export')}?{query.urlencode()}",
    )
