from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.forms import DayField, LongTextField, PageForm
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, PostField
from headway.initiatives.forms import SeenForm
from headway.pilots.forms.small_tests import DecideForm
from headway.pilots.forms.wording import WordedForm
from headway.pilots.models import Design, Pilot, Result
from headway.pilots.queries.card import WANTED

NEEDED = _("Needed before it starts.")


class PreparePilotForm(PageForm):
    """The first two things about a pilot; the card comes next."""

    title = forms.CharField(
        max_length=250,
        label=_("What the pilot is called"),
        help_text=_("Like “Stable Families: help before families lose their home”."),
    )
    hypothesis = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("What we think happens, and why"),
        help_text=_("Like “Families who get a worker stay housed, because rent is paid in time”."),
    )


class CardForm(DirectoryForm, SeenForm):
    """The card of a pilot; what is not known yet stays empty until it starts."""

    title = forms.CharField(max_length=250, label=_("What the pilot is called"))
    sort = forms.ChoiceField(choices=Pilot.Sort.choices, label=_("What it is"))
    hypothesis = LongTextField(
        required=False, rows=3, max_length=5_000, label=_("What we think happens, and why")
    )
    affected = LongTextField(required=False, rows=2, max_length=5_000, label=_("Who is affected"))
    consent = LongTextField(
        required=False,
        rows=2,
        max_length=5_000,
        label=_("How they consent"),
        help_text=_("Like “each family signs, and may leave on any day”."),
    )
    measure = forms.CharField(
        required=False,
        max_length=250,
        label=_("What is measured"),
        help_text=_("Like “Returns to shelter within 12 months”."),
    )
    unit = forms.CharField(
        required=False, max_length=60, label=_("Unit"), help_text=_("Like “percent”.")
    )
    better = forms.ChoiceField(
        required=False,
        choices=[("", _("not decided yet")), *Pilot.Better.choices],
        label=_("Which way is better"),
    )
    baseline = forms.CharField(
        required=False,
        max_length=250,
        label=_("Starting point"),
        help_text=_("Like “29 percent in 2013, county shelter records”."),
    )
    design = forms.ChoiceField(
        required=False,
        choices=[("", _("not decided yet")), *Design.choices],
        label=_("How it is compared"),
        help_text=_("Two groups chosen by lot tell most; where that cannot be, the next best."),
    )
    comparison = LongTextField(
        required=False, rows=2, max_length=5_000, label=_("With whom it is compared")
    )
    minimum_effect = forms.DecimalField(
        required=False,
        max_digits=20,
        decimal_places=6,
        label=_("Smallest difference that is worth it"),
        help_text=_("In the unit above, without a sign, like 5."),
    )
    stop_for_harm = LongTextField(
        required=False, rows=2, max_length=2_000, label=_("We stop for harm when")
    )
    stop_for_cost = LongTextField(
        required=False, rows=2, max_length=2_000, label=_("We stop for cost when")
    )
    stop_for_futility = LongTextField(
        required=False,
        rows=2,
        max_length=2_000,
        label=_("We stop because it leads nowhere when"),
    )
    owner = OrganisationField(required=False, label=_("Organization that carries it out"))
    decider = OrganisationField(required=False, label=_("Organization that decides at the end"))
    decider_post = PostField(required=False, label=_("Seat that decides at the end"))
    starts_on = DayField(required=False, label=_("Starts on"))
    ends_on = DayField(required=False, label=_("Ends on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, _words in WANTED:
            _add_help(self.fields[name], NEEDED)
        _add_help(self.fields["decider"], _("This or a seat is needed before it starts."))


def _add_help(field: forms.Field, words: Message) -> None:
    """Say something more below a field, after what stands there."""
    shape = "{0} {1}" if field.help_text else "{1}"
    field.help_text = format_lazy(shape, field.help_text, words)


class PredictionForm(PageForm):
    """What a team expects, before the start."""

    team = forms.CharField(
        max_length=120,
        label=_("Team"),
        help_text=_("A team, never one person, like “Outreach” or “All of us”."),
    )
    low = forms.DecimalField(
        max_digits=20,
        decimal_places=6,
        label=_("The difference will be at least"),
        help_text=_("With a minus where it goes down, like -12."),
    )
    high = forms.DecimalField(max_digits=20, decimal_places=6, label=_("And at most"))
    percent = forms.IntegerField(
        min_value=1,
        max_value=99,
        label=_("How sure the team is that it lies between, in percent"),
        help_text=_("From 1 to 99."),
    )
    reasons = LongTextField(required=False, rows=2, max_length=2_000, label=_("Why"))
    replaces = forms.BooleanField(
        required=False,
        label=_("Say it anew for this team"),
        help_text=_("Only where the team has said before what it expects, and now expects this."),
    )


class StopForm(WordedForm):
    """Why a pilot stops before its end."""

    WORDED = ("because",)

    because = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("Which rule stopped it, and what was seen"),
        help_text=_("Like “for harm: two families lost their place in line”. No names."),
    )


class MoveEndForm(WordedForm):
    """Another end, with the reason."""

    WORDED = ("because",)

    until = DayField(label=_("New end"))
    because = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("Why"),
        help_text=_("Like “the first group started three weeks late”."),
    )


class DecidePilotForm(DecideForm):
    """How a pilot came out and what is done with it."""

    WORDED = ("saw", "because")

    result = forms.ChoiceField(
        choices=Result.choices, widget=forms.RadioSelect, label=_("How it came out")
    )
    saw = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("What we saw"),
        help_text=_("In words that somebody from outside understands. No names."),
    )

    field_order = ("result", "saw", "decision", "because", "decided_by", "decided_post")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].help_text = _(
            "Name the finding or the review it rests on. Open it beside this page if needed."
        )
