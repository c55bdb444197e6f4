from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, PartialDateField, RowField
from headway.directory.models import Area
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative, Record
from headway.initiatives.reader import Reader
from headway.problems.forms.fields import SourcesField, VoiceField, speaks_for
from headway.problems.models import AffectedGroup, Effort, Facet, Fact, Framing

MOST_PEOPLE = 2_147_483_647
OPENERS = (
    Framing.RECORD_KIND,
    Fact.RECORD_KIND,
    Facet.RECORD_KIND,
    AffectedGroup.RECORD_KIND,
    Effort.RECORD_KIND,
    "happening",
)
MOST_OPENERS = 500


class StatementForm(SeenForm):
    """What the problem is."""

    title = forms.CharField(
        max_length=250, label=_("Short name"), help_text=_("Like “Homelessness in the county”.")
    )
    statement = LongTextField(
        label=_("What the problem is"),
        rows=4,
        help_text=_("In one to three sentences, without the solution in it."),
    )
    place = RowField(Area.objects.none(), required=False, label=_("Where"))
    place_as_said = forms.CharField(
        required=False, max_length=250, label=_("Where, in your own words")
    )
    evidence = LongTextField(required=False, rows=4, label=_("What shows it"))
    sources = SourcesField()

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(authority=initiative.authority_id).live().order_by("name")
        self.offer_rows("place", areas)


class GroupForm(SeenForm):
    """Who is affected."""

    name = forms.CharField(
        max_length=250, label=_("Who is affected"), help_text=_("Like “People who sleep outside”.")
    )
    how_many = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        label=_("How many people"),
        error_messages={
            "min_value": _("Enter a whole number, 0 or more, like 400."),
            "max_value": _("Enter a whole number up to 2,147,483,647, like 400."),
        },
    )
    how_many_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=_("How many, as the source says it"),
        help_text=_("Like “about 400” or “more than in 2005”."),
    )
    when = PartialDateField(required=False, label=_("Counted when"))
    description = LongTextField(required=False, rows=3, label=_("Who they are"))
    sources = SourcesField()


class BaselineForm(SeenForm):
    """Where a measure starts."""

    measure = forms.CharField(
        max_length=250,
        label=_("What is measured"),
        help_text=_("Like “people without a home on one night”."),
    )
    value = forms.DecimalField(
        max_digits=20,
        decimal_places=4,
        label=_("The number"),
        error_messages={
            "required": _("Enter the number, like 2800."),
            "max_digits": _("Enter a number with at most 20 digits, like 2800."),
            "max_whole_digits": _("Enter a number with at most 16 digits before the point."),
            "max_decimal_places": _("Enter at most 4 digits after the point, like 12.5."),
        },
    )
    unit = forms.CharField(max_length=60, label=_("Unit"), help_text=_("Like people or days."))
    when = PartialDateField(label=_("Day of this number"))
    note = LongTextField(required=False, rows=3, label=_("How it was counted"))
    sources = SourcesField()


class FramingForm(SeenForm):
    """One way to see the problem."""

    title = forms.CharField(
        max_length=250, label=_("Name"), help_text=_("Like “A housing problem first”.")
    )
    text = LongTextField(label=_("How you see it"), rows=6)
    organisation = VoiceField()
    came_from = RowField(
        Record.objects.none(),
        required=False,
        label=_("What opened this view"),
        help_text=_("A fact, another view or something that happened; it will be credited."),
        empty_label=_("Nothing in particular"),
    )
    sources = SourcesField()

    def __init__(
        self, *args: Any, initiative: Initiative, reader: Reader, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", speaks_for(initiative, reader.member_id, today))
        openers = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
        newest = openers.filter(kind__in=OPENERS).order_by("-recorded_at").values("pk")
        listed = openers.filter(pk__in=list(newest[:MOST_OPENERS].values_list("pk", flat=True)))
        self.offer_rows("came_from", listed.order_by("kind", "title"))

    def for_editing(self) -> "FramingForm":
        """The same form without what is settled once it is opened."""
        for settled in ("organisation", "came_from"):
            self.fields.pop(settled)
        return self


class DecideForm(PageForm):
    """Why one way to see the problem is adopted or set aside."""

    because = LongTextField(
        rows=3,
        label=_("Why"),
        help_text=_("Like “nine of eleven partners can work with it”."),
        error_messages={"required": _("Say why, like “nine of eleven partners can work with it”.")},
    )


class TurnForm(PageForm):
    """When and why an effort ended or goes on."""

    when = PartialDateField(required=False, label=_("Since when"))
    because = LongTextField(required=False, rows=2, label=_("Why"))
