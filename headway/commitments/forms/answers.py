from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.commitments.models import Commitment
from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField
from headway.directory.forms.pickers import (
    DirectoryForm,
    OrganisationField,
    PersonField,
    PostField,
)

Authority = Commitment.Authority
CONFIRMING = [
    (Authority.OWN, _("Yes, and it is within our authority")),
    (Authority.BOARD, _("Yes, and it needs our board")),
    (Authority.INTENT, _("It is our intent, no more")),
]
STANDING = [
    ("done", _("It is done")),
    ("late", _("It needs a new date")),
    ("dropped", _("It is not going ahead")),
]


class ConfirmForm(PageForm):
    """Under whose authority an organisation promises."""

    authority_stated = forms.ChoiceField(
        choices=CONFIRMING,
        widget=forms.RadioSelect,
        label=_("Does your organization promise this?"),
    )
    board_by = DayField(
        required=False,
        label=_("Our board decides by"),
        help_text=_("Needed where it needs your board."),
    )


class AnswerForm(PageForm):
    """How a promise stands."""

    answer = forms.ChoiceField(
        choices=STANDING, widget=forms.RadioSelect, label=_("How does it stand?")
    )
    evidence = forms.CharField(
        required=False,
        max_length=1_000,
        label=_("Done: what shows it"),
        help_text=_("Like “list mailed on May 3” or a web address."),
    )
    until = PartialDateField(required=False, label=_("New date"))
    because = LongTextField(
        required=False,
        rows=2,
        label=_("Why"),
        help_text=_("Needed where it is not going ahead, like “the grant was not renewed”."),
    )


class LinkForm(AnswerForm):
    """Everything that somebody may answer by a link, without signing in."""

    board_by = DayField(required=False, label=_("Needs our board: it decides by"))

    field_order = ("answer", "board_by", "evidence", "until", "because")

    def __init__(self, *args: Any, confirming: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if confirming:
            field = self.offer_choices("answer", [*CONFIRMING, *STANDING])
            field.label = _("What do you answer?")
        else:
            del self.fields["board_by"]


class HandOverForm(DirectoryForm):
    """Who takes a promise over."""

    organisation = OrganisationField(
        required=False,
        label=_("Organization"),
        help_text=_("Another organization confirms it anew. Empty: it stays with this one."),
    )
    post = PostField(required=False, label=_("Seat that answers for it"))
    person = PersonField(required=False, label=_("Person who answers for it, if known"))
    because = LongTextField(required=False, rows=2, label=_("Why"))


class SplitForm(PageForm):
    """The parts of a promise."""

    parts = LongTextField(
        rows=5,
        label=_("Parts, one a line"),
        help_text=_("Each becomes a promise of its own with the same organization and date."),
    )


class MilestoneForm(PageForm):
    """One step of a promise."""

    title = forms.CharField(
        max_length=250, label=_("Step"), help_text=_("Like “Draft sent to partners”.")
    )
    due_on = DayField(required=False, label=_("By when"))


class ProgressForm(PageForm):
    """How much is done."""

    percent = forms.IntegerField(
        min_value=0, max_value=100, label=_("Percent done"), help_text=_("From 0 to 100.")
    )


class ReopenForm(PageForm):
    """Why a promise is opened again."""

    because = LongTextField(rows=2, label=_("Why"), help_text=_("Like “only half of it was sent”."))
