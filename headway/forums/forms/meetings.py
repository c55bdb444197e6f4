from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, PartialDateField, RowField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField
from headway.forums.forms.moments import ClockForm, MomentField
from headway.forums.models import AgendaItem, Attendance, Forum, Meeting
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative, Member, Record


class MeetingForm(SeenForm, ClockForm):
    """When and where a meeting takes place."""

    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(required=False, label=_("Ends"))
    place = forms.CharField(
        required=False,
        max_length=250,
        label=_("Place"),
        help_text=_("Like “Central Library, room 201”."),
    )
    link = forms.CharField(
        required=False,
        max_length=500,
        label=_("Address of the call"),
        help_text=_("Like https://meet.county.example/shelter."),
    )
    title = forms.CharField(
        required=False,
        max_length=250,
        label=_("Title"),
        help_text=_("Empty means the group and the day."),
    )
    emergency = LongTextField(
        required=False,
        rows=2,
        max_length=1_000,
        label=_("Emergency, because"),
        help_text=_("Only for a public body that cannot wait for its notice days."),
    )


class CallForm(MeetingForm):
    """The same, with the group that meets."""

    forum = RowField(Forum.objects.none(), label=_("Group"))
    field_order = ("forum",)

    def __init__(self, *args: Any, forums: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("forum", forums)


class HeldForm(SeenForm):
    """A meeting that was held before Headway, as exactly as its day is known."""

    when = PartialDateField(label=_("When"))
    title = forms.CharField(
        required=False,
        max_length=250,
        label=_("Title"),
        help_text=_("Empty means the group and the day."),
    )
    place = forms.CharField(required=False, max_length=250, label=_("Place"))


class CancelForm(PageForm):
    """Why a meeting does not take place."""

    because = LongTextField(
        rows=2,
        label=_("Why"),
        help_text=_("Like “Snow emergency; we meet on Friday instead”."),
    )


class AgendaForm(PageForm):
    """One line of the agenda."""

    title = forms.CharField(
        required=False,
        max_length=250,
        label=_("What it is about"),
        help_text=_("Like “Winter shelter beds”. Empty where the record below says it."),
    )
    text = LongTextField(required=False, rows=2, label=_("Details"))
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_440,
        label=_("Minutes"),
        error_messages={
            "min_value": _("Enter minutes from 1 to 1,440, like 20."),
            "max_value": _("Enter minutes from 1 to 1,440, like 20."),
        },
    )
    reason = forms.ChoiceField(
        required=False, choices=AgendaItem.Reason.choices, label=_("Why"), initial="other"
    )
    record = RowField(
        Record.objects.none(),
        required=False,
        label=_("Record it is about"),
        empty_label=_("No record"),
    )

    def __init__(self, *args: Any, records: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("record", records)

    def clean_reason(self) -> str:
        """Added by hand where nobody chose a reason."""
        return str(self.cleaned_data["reason"] or AgendaItem.Reason.OTHER)


class AttendanceForm(DirectoryForm):
    """Who was there: members by a tick, one more by name."""

    name = forms.CharField(
        required=False,
        max_length=250,
        label=_("Somebody else"),
        help_text=_("Their name, like “Maria Lopez”. Save, then name the next one."),
    )
    organisation = OrganisationField(required=False, label=_("For which organization"))
    was = forms.ChoiceField(choices=Attendance.Was.choices, label=_("They were"))

    def __init__(self, *args: Any, initiative: Initiative, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, authority=initiative.authority, **kwargs)
        noted = list(Attendance.objects.filter(meeting=meeting).select_related("organisation"))
        members = Member.objects.in_initiative(initiative).filter(left_at__isnull=True)
        self.members = {f"member-{row.pk}": row for row in members.select_related("organisation")}
        self.guests = {f"guest-{row.pk}": row for row in noted if row.member_id is None}
        was = {row.member_id: row.was for row in noted if row.member_id is not None}
        for key, row in self.members.items():
            self.fields[key] = _was(_named(row), was.get(row.pk, ""))
        for key, guest in self.guests.items():
            self.fields[key] = _was(guest.name, guest.was)
        self.settle_fields()
        self.order_fields([*self.members, *self.guests])


def _named(member: Member) -> str:
    return f"{member.name} ({member.organisation})" if member.organisation else member.name


def _was(label: str, initial: str) -> forms.ChoiceField:
    choices = [("", _("not noted")), *Attendance.Was.choices]
    return forms.ChoiceField(required=False, choices=choices, label=label, initial=initial)


class NotesForm(SeenForm):
    """The notes of a meeting as plain text."""

    notes = LongTextField(
        required=False,
        rows=20,
        max_length=50_000,
        label=_("Notes"),
        help_text=_(
            "Plain text. Lines that begin with Will do:, Decided:, Idea:, In the way: or Fact:"
            " are kept as lines of the minutes, with who and by when."
        ),
    )
