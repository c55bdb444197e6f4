"""What was done to a row of the directory, by whom, with old and new values for some readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority, Event, EventValue
from headway.accounts.models.authority import Visibility
from headway.core.errors import Message

MOST = 100
VERBS: dict[str, Message] = {
    "area_added": gettext_lazy("Area added"),
    "area_revised": gettext_lazy("Area changed"),
    "area_withdrawn": gettext_lazy("Area withdrawn"),
    "membership_added": gettext_lazy("Role added"),
    "membership_ended": gettext_lazy("Role ended"),
    "membership_revised": gettext_lazy("Role changed"),
    "membership_withdrawn": gettext_lazy("Role withdrawn"),
    "organisation_added": gettext_lazy("Organization added"),
    "organisation_merged": gettext_lazy("Organization merged into another"),
    "organisation_restored": gettext_lazy("Organization restored"),
    "organisation_revised": gettext_lazy("Organization changed"),
    "organisation_unmerged": gettext_lazy("Merge undone"),
    "organisation_withdrawn": gettext_lazy("Organization withdrawn"),
    "person_added": gettext_lazy("Person added"),
    "person_merged": gettext_lazy("Person merged into another"),
    "person_restored": gettext_lazy("Person restored"),
    "person_revised": gettext_lazy("Person changed"),
    "person_unmerged": gettext_lazy("Merge undone"),
    "person_withdrawn": gettext_lazy("Person withdrawn"),
    "post_added": gettext_lazy("Seat added"),
    "post_revised": gettext_lazy("Seat changed"),
    "post_withdrawn": gettext_lazy("Seat withdrawn"),
    "source_attached": gettext_lazy("Source added"),
    "source_detached": gettext_lazy("Source taken off"),
    "source_recorded": gettext_lazy("Source recorded"),
    "upload_abandoned": gettext_lazy("File deleted, as nobody confirmed it"),
    "upload_brought_in": gettext_lazy("File brought in and deleted"),
    "upload_confirmed": gettext_lazy("File confirmed"),
    "upload_kept": gettext_lazy("File uploaded"),
    "upload_refused": gettext_lazy("File refused and deleted"),
    "values_erased": gettext_lazy("Values erased from the log"),
}
FIELDS: dict[str, Message] = {
    "area": gettext_lazy("Area"),
    "because": gettext_lazy("Reason"),
    "classification": gettext_lazy("Kind"),
    "deputy_to": gettext_lazy("Deputy to"),
    "description": gettext_lazy("Description"),
    "dissolved": gettext_lazy("Ended"),
    "email": gettext_lazy("Email"),
    "ends": gettext_lazy("Until"),
    "founded": gettext_lazy("Founded"),
    "identifier": gettext_lazy("Identifier"),
    "identifiers": gettext_lazy("Identifiers"),
    "label": gettext_lazy("Called"),
    "merged_into": gettext_lazy("Merged into"),
    "merged_with_it": gettext_lazy("Merged along with it"),
    "name": gettext_lazy("Name"),
    "organisation": gettext_lazy("Organization"),
    "other_names": gettext_lazy("Other names"),
    "parent": gettext_lazy("Part of"),
    "person": gettext_lazy("Person"),
    "post": gettext_lazy("Seat"),
    "record": gettext_lazy("As imported"),
    "reported": gettext_lazy("Reported by"),
    "role": gettext_lazy("Role"),
    "sector": gettext_lazy("Sector"),
    "source": gettext_lazy("Source"),
    "starts": gettext_lazy("Since"),
    "title": gettext_lazy("Title"),
    "url": gettext_lazy("Web address"),
    "website": gettext_lazy("Website"),
    "withdrawn_at": gettext_lazy("Withdrawn"),
    "withdrawn_because": gettext_lazy("Reason"),
}
# Told by the event itself; shown to nobody twice.
REPEATED = {"title", "withdrawn_at", "withdrawn_because"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What one field held before and after."""

    field: str
    old: str
    new: str
    erased: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing done."""

    when: datetime
    what: str
    who: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class HistoryReader:
    """What somebody may see of the history."""

    values: bool
    private: bool


def history_of(
    authority: Authority, subjects: Iterable[UUID], reader: HistoryReader
) -> tuple[HistoryLine, ...]:
    """The newest things done to any of these rows."""
    events = Event.objects.in_authority(authority).filter(subject_id__in=list(subjects))
    events = events.select_related("user").order_by("-position")
    if reader.values:
        events = events.prefetch_related("values")
    return tuple(_line(event, reader) for event in events[:MOST])


def _line(event: Event, reader: HistoryReader) -> HistoryLine:
    hidden = event.visibility == Visibility.OFFICE and not reader.private
    shown = reader.values and not hidden
    changes = sorted(event.values.all(), key=lambda value: value.field) if shown else ()
    return HistoryLine(
        when=event.recorded_at,
        what=str(VERBS.get(event.verb, event.verb)),
        who=_who(event) if reader.values else "",
        changes=tuple(_change(value) for value in changes if value.field not in REPEATED),
    )


def _who(event: Event) -> str:
    person = str(event.user) if event.user else _("Headway itself")
    if event.actor_kind == "import":
        return _("%(person)s, by import") % {"person": person}
    return person


def _change(value: EventValue) -> ChangeLine:
    label = FIELDS.get(value.field, value.field.replace("_", " "))
    return ChangeLine(str(label), value.old, value.new, value.erased_by_id is not None)
