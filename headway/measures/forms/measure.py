from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, PartialDateField, RowField
from headway.directory.forms.pickers import DirectoryForm, OrganisationsField
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative, Record
from headway.initiatives.reader import Reader
from headway.measures.models import Measure
from headway.problems.models import Baseline

MOVERS = ("recommendation", "promise", "pilot", "small_test")
MOST_MOVERS = 300
RHYTHMS = (
    ("", _("at no fixed times")),
    ("1", _("every month")),
    ("3", _("every quarter")),
    ("6", _("every half year")),
    ("12", _("every year")),
    ("24", _("every two years")),
)


class NumberField(forms.DecimalField):
    """A number with at most four digits after the point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=20,
            decimal_places=4,
            error_messages={
                "required": _("Enter the number, like 2800."),
                "invalid": _("Enter a number, like 2984 or 12.5."),
                "max_digits": _("Enter a number with at most 20 digits, like 2800."),
                "max_whole_digits": _("Enter a number with at most 16 digits before the point."),
                "max_decimal_places": _("Enter at most 4 digits after the point, like 12.5."),
            },
            **kwargs,
        )


class MeasureForm(SeenForm, DirectoryForm):
    """What is counted to see whether anything gets better."""

    title = forms.CharField(
        max_length=250,
        label=_("What is measured"),
        help_text=_("Like “People without a home on one night”."),
    )
    unit = forms.CharField(max_length=60, label=_("Unit"), help_text=_("Like people or days."))
    kind = forms.ChoiceField(
        choices=Measure.Kind.choices,
        widget=forms.RadioSelect,
        label=_("What it tells"),
        help_text=_("A result tells how people fare; our own performance tells how work goes."),
    )
    direction = forms.ChoiceField(
        choices=Measure.Direction.choices, widget=forms.RadioSelect, label=_("Which way is better")
    )
    subject = forms.ChoiceField(
        choices=Measure.Subject.choices,
        widget=forms.RadioSelect,
        label=_("What the numbers are of"),
        help_text=_("Small numbers of people are hidden, so that nobody can be recognized."),
    )
    every_months = forms.ChoiceField(
        required=False, choices=RHYTHMS, label=_("When a value is due")
    )
    baseline = RowField(
        Baseline.objects.none(),
        required=False,
        label=_("Starting point"),
        empty_label=_("None yet"),
        help_text=_("One of those recorded with the problem."),
    )
    organisations = OrganisationsField(required=False, label=_("Who looks after it"))
    counts = LongTextField(
        required=False,
        rows=3,
        label=_("What it counts, and what not"),
        help_text=_("So that two people would count alike."),
    )
    story = LongTextField(
        required=False,
        rows=5,
        max_length=20_000,
        label=_("The story behind the numbers"),
        help_text=_("What moved it, and what did not. Write of nobody who could be recognized."),
    )
    gains = LongTextField(required=False, rows=2, label=_("Who gains when it gets better"))
    costs = LongTextField(required=False, rows=2, label=_("Who bears the cost"))

    def __init__(self, *args: Any, initiative: Initiative, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Baseline.objects.in_initiative(initiative).live().visible_to(reader.readers)
        self.offer_rows("baseline", rows.select_related("record").oldest_first())

    def clean_every_months(self) -> int | None:
        """The months as a number, or None."""
        chosen = str(self.cleaned_data["every_months"])
        return int(chosen) if chosen else None


class TargetForm(PageForm):
    """What shall be reached by when."""

    value = NumberField(
        required=False,
        label=_("Target"),
        help_text=_("Leave it empty where there is no target any more, and say why."),
    )
    due = PartialDateField(required=False, label=_("By when"))
    because = LongTextField(
        required=False,
        rows=2,
        max_length=1_000,
        label=_("Why"),
        help_text=_("Who set it, and why."),
    )


class FloorForm(PageForm):
    """Which numbers of people are too small to be shown."""

    floor = forms.IntegerField(
        min_value=1,
        max_value=1_000,
        label=_("Smallest number of people that may be shown"),
        help_text=_("Usually 11: groups of 1 to 10 people are hidden."),
        error_messages={
            "min_value": _("Enter a number from 1 to 1,000, like 11."),
            "max_value": _("Enter a number from 1 to 1,000, like 11."),
        },
    )
    agreement = forms.CharField(
        required=False,
        max_length=250,
        label=_("Data agreement"),
        help_text=_("Like “Data agreement of May 2024” or “Published by HUD already”."),
    )
    because = LongTextField(required=False, rows=2, label=_("Why"))


class HeadlineForm(PageForm):
    """Why a measure is put first."""

    because = forms.CharField(
        required=False,
        max_length=500,
        label=_("Why this one"),
        help_text=_("Like “It is what the plan promised”."),
    )


class MoverForm(PageForm):
    """What is meant to move a measure."""

    record = RowField(
        Record.objects.none(),
        label=_("What is meant to move it"),
        help_text=_("A recommendation, a promise or a test."),
    )

    def __init__(self, *args: Any, initiative: Initiative, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
        newest = rows.filter(kind__in=MOVERS).order_by("-recorded_at")[:MOST_MOVERS]
        kept = rows.filter(pk__in=list(newest.values_list("pk", flat=True)))
        self.offer_rows("record", kept.order_by("kind", "title"))
