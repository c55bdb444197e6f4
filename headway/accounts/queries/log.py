from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.events import accounts_stream
from headway.accounts.formats.log_csv import LogLine
from headway.accounts.models import Authority, Event, EventValue
from headway.accounts.models.event import EventQuerySet
from headway.accounts.queries.settings import settings_tabs
from headway.core.dates import instants_between
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, table_page

LONGEST_SHOWN = 120

VERBS: dict[str, Message] = {
    "account_made": gettext_lazy("made an account"),
    "account_changed": gettext_lazy("changed an account"),
    "authority_made": gettext_lazy("set up this organization"),
    "authority_changed": gettext_lazy("changed the organization"),
    "directory_exported": gettext_lazy("downloaded the directory"),
    "retention_class_added": gettext_lazy("added a class of records"),
    "retention_class_changed": gettext_lazy("changed a class of records"),
    "retention_schedule_adopted": gettext_lazy("adopted a retention schedule"),
    "retention_schedule_named": gettext_lazy("named the retention schedule"),
    "role_granted": gettext_lazy("gave a role"),
    "role_ended": gettext_lazy("set the last day of a role"),
    "role_taken_away": gettext_lazy("took a role away"),
    "token_made": gettext_lazy("made a token"),
    "token_revoked": gettext_lazy("revoked a token"),
    "values_erased": gettext_lazy("erased values from the log"),
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which part of the log is asked for."""

    verb: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Who did what to people and settings; read only."""

    tabs: tuple[Tab, ...]
    table: TablePage
    export_href: str


LOG_COLUMNS = (
    Column("position", gettext_lazy("No."), sort="position", numeric=True),
    Column("when", gettext_lazy("When")),
    Column("who", gettext_lazy("Who"), sort="user__email"),
    Column("what", gettext_lazy("Did what"), sort="verb"),
    Column("about", gettext_lazy("To whom or what")),
    Column("values", gettext_lazy("From → to")),
)


def log_events(authority: Authority, wanted: LogFilter) -> EventQuerySet:
    """The events of people and settings that a filter lets through, newest first."""
    events: EventQuerySet = Event.objects.filter(stream=accounts_stream(authority))
    if wanted.verb:
        events = events.filter(verb=wanted.verb)
    if wanted.person:
        named = Q(user__email__icontains=wanted.person) | Q(user__name__icontains=wanted.person)
        events = events.filter(named)
    between = instants_between(wanted.since, wanted.until, authority.zone)
    events = events.filter(**{f"recorded_at__{word}": at for word, at in between.items()})
    return events.select_related("user").prefetch_related("values").newest_first()


def _who(event: Event) -> str:
    if event.user is not None:
        return str(event.user)
    return _("Headway itself")


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _value_words(value: EventValue) -> str:
    """One change in words; what was empty before is just named."""
    name = value.field.replace("_", " ")
    if value.erased_by_id is not None:
        return _("%(field)s: erased") % {"field": name}
    if not value.old:
        return f"{name}: {_shown(value.new)}"
    return f"{name}: {_shown(value.old)} → {_shown(value.new) or _('none')}"


def _title(event: Event) -> str:
    return next((value.new for value in event.values.all() if value.field == "title"), "")


def _row(event: Event) -> dict[str, object]:
    told = [value for value in event.values.all() if value.field != "title"]
    values = [value for value in told if value.old or value.new or value.erased_by_id]
    return {
        "position": event.position,
        "when": date_format(localtime(event.recorded_at), "DATETIME_FORMAT"),
        "who": _who(event),
        "what": VERBS.get(event.verb, event.verb.replace("_", " ")),
        "about": _title(event) or event.subject_kind.replace("_", " "),
        "values": "; ".join(_value_words(value) for value in values) or "–",
    }


def log_page(
    *, authority: Authority, wanted: LogFilter, may: frozenset[str], params: QueryDict
) -> LogPage:
    """One page of the log."""
    return LogPage(
        tabs=settings_tabs(may, "accounts:log"),
        table=table_page(log_events(authority, wanted), LOG_COLUMNS, params, build=_row),
        export_href=f"{reverse('accounts:log_export')}?{params.urlencode()}",
    )


def log_lines(authority: Authority, wanted: LogFilter) -> Iterator[LogLine]:
    """The log for export, whole and in blocks."""
    for event in log_events(authority, wanted).iterator(chunk_size=500):
        yield from _lines(event)


def _lines(event: Event) -> Iterator[LogLine]:
    for value in event.values.all() or [EventValue(event=event)]:
        yield LogLine(
            position=event.position,
            recorded_at=event.recorded_at.isoformat(),
            who=event.user.email if event.user else "",
            by_means_of=event.actor_kind,
            credential=event.credential,
            verb=event.verb,
            subject_kind=event.subject_kind,
            subject_id=str(event.subject_id),
            field=value.field,
            old=value.old,
            new=value.new,
            erased="yes" if value.erased_by_id else "",
        )
