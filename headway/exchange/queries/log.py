from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority, Event
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, table_page
from headway.exchange.queries.tabs import office_tabs
from headway.initiatives import kinds
from headway.initiatives.queries.history import ValueChange, changes_words, line_of, moment_words

VERBS: dict[str, Message] = {
    "hold_placed": gettext_lazy("placed a hold"),
    "hold_released": gettext_lazy("released a hold"),
    "expunged": gettext_lazy("expunged"),
    "redacted": gettext_lazy("blackened"),
    "person_erased": gettext_lazy("erased a person"),
    "records_exported": gettext_lazy("exported records"),
}
WORDS: dict[str, Message] = {
    "hold": gettext_lazy("hold"),
    "account": gettext_lazy("person"),
    "authority": gettext_lazy("search result"),
}


@dataclass(frozen=True)
class OfficeLogPage:
    """What the records office did, newest first."""

    tabs: tuple[Tab, ...]
    table: TablePage
    verbs: tuple[tuple[str, Message], ...]
    chosen: str


COLUMNS = (
    Column("at", gettext_lazy("When"), sort="recorded_at"),
    Column("who", gettext_lazy("Who"), sort="user__email"),
    Column("what", gettext_lazy("What"), sort="verb"),
    Column("about", gettext_lazy("About")),
    Column("because", gettext_lazy("Why")),
    Column("details", gettext_lazy("Details")),
)


def _about(event: Event, title: str) -> str:
    word = WORDS.get(event.subject_kind) or kinds.label(event.subject_kind)
    return f"{word}: {title}" if title else str(word)


# What stands in a column of its own, or concerns the ledger alone.
ELSEWHERE = {"because", "title", "passage", "passage_key"}


def _details(changes: tuple[ValueChange, ...]) -> str:
    return changes_words(change for change in changes if change.field not in ELSEWHERE)


def _row(event: Event) -> dict[str, object]:
    line = line_of(event)
    said = {change.field: change for change in line.changes}
    because = said.get("because")
    reason = "" if because is None else _("erased") if because.erased else because.new
    return {
        "at": moment_words(line.at),
        "who": line.who,
        "what": VERBS[event.verb],
        "about": _about(event, line.about),
        "because": reason or "–",
        "details": _details(line.changes) or "–",
    }


def office_log_page(authority: Authority, params: QueryDict) -> OfficeLogPage:
    """What the records office did in this authority, all of it or one kind."""
    chosen = params.get("verb", "")
    chosen = chosen if chosen in VERBS else ""
    verbs = [chosen] if chosen else list(VERBS)
    events = Event.objects.in_authority(authority).filter(verb__in=verbs)
    events = events.select_related("user").prefetch_related("values")
    return OfficeLogPage(
        tabs=office_tabs("exchange:log"),
        table=table_page(events.order_by("-recorded_at", "-position"), COLUMNS, params, build=_row),
        verbs=tuple(VERBS.items()),
        chosen=chosen,
    )
