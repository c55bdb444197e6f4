from django import forms
from django.utils.translation import gettext_lazy as _

from headway.arenas.models import Ask
from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, PostField
from headway.initiatives.forms import SeenForm


class AskForm(DirectoryForm):
    """What a body is asked for."""

    organisation = OrganisationField(
        label=_("Decision body"),
        help_text=_("Who can decide it, like “County Board”. Type the name or a part of it."),
    )
    title = forms.CharField(
        required=False,
        max_length=250,
        label=_("Title"),
        help_text=_("The request in a few words; its beginning where you leave this empty."),
    )
    text = LongTextField(
        rows=5,
        label=_("What we ask for"),
        help_text=_("Like “Waive the spacing rule of shelters for two winters”."),
    )
    vote_on = DayField(
        required=False,
        label=_("Vote expected on"),
        help_text=_("Every step to the agenda is counted back from this day."),
    )


class EditAskForm(SeenForm):
    """The wording of a request and the day of the vote."""

    title = forms.CharField(max_length=250, label=_("Title"))
    text = LongTextField(rows=5, label=_("What we ask for"))
    vote_on = DayField(
        required=False,
        label=_("Vote expected on"),
        help_text=_("Every step moves with this day."),
    )


class MoveForm(PageForm):
    """How far a request is."""

    state = forms.ChoiceField(
        choices=[choice for choice in Ask.State.choices if choice[0] != Ask.State.DECIDED],
        widget=forms.RadioSelect,
        label=_("The request is"),
    )
    when = PartialDateField(required=False, label=_("Since when"))
    because = LongTextField(
        required=False,
        rows=3,
        label=_("Why"),
        help_text=_("Needed when you take it back, like “solved without a vote”."),
    )


class StepForm(DirectoryForm):
    """One step on the way to the agenda."""

    title = forms.CharField(
        max_length=250, label=_("Step"), help_text=_("Like “County attorney reads it”.")
    )
    days_before = forms.IntegerField(min_value=0, max_value=3_650, label=_("Days before the vote"))
    owner = OrganisationField(required=False, label=_("Organization that looks after it"))
    owner_post = PostField(
        required=False,
        label=_("Seat of that organization"),
        help_text=_("It stays when people leave; or leave empty."),
    )


class FinishStepForm(PageForm):
    """That a step is done."""

    done_on = DayField(label=_("Done on"))
    submitted = LongTextField(
        required=False,
        rows=3,
        label=_("What was submitted"),
        help_text=_("Like “Draft resolution and budget note, by e-mail to the clerk”."),
    )
