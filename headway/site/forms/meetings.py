from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import PageForm
from headway.forums.forms.meetings import MeetingForm, NotesForm
from headway.forums.models import Forum


class FirstCallForm(MeetingForm):
    """The first meeting of an initiative, with the group that it makes."""

    group = forms.CharField(
        max_length=250,
        label=_("Group"),
        help_text=_("Who meets, like “All partners”. The group is opened with its first meeting."),
    )
    public_body = forms.ChoiceField(
        choices=Forum.PublicBody.choices,
        label=_("Is this a public body?"),
        help_text=_("Of a public body the notice is posted ahead and votes stand by name."),
    )
    field_order = ("group", "public_body")


class ChosenLinesForm(PageForm):
    """Which of the drafted lines go onto the agenda."""

    lines = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Lines"),
        error_messages={"invalid_choice": _("Choose from the lines below; the draft has changed.")},
    )

    def __init__(self, *args: Any, offered: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, key) for key in offered]
        self.offer_choices("lines", choices)


class LiveNotesForm(NotesForm):
    """Notes that are read while somebody types, where the browser can."""

    def __init__(self, *args: Any, read_href: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].widget.attrs |= {
            "hx-post": read_href,
            "hx-trigger": "input changed delay:500ms",
            "hx-target": "#recognized",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }
