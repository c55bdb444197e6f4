from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, PartialDateField
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader
from headway.problems.forms.fields import (
    OrganisationField,
    SourcesField,
    VoiceField,
    organisations_of,
    speaks_for,
)
from headway.problems.models import FacetHolder, Stance, VisionLine


class FactForm(SeenForm):
    """A claim for the ledger."""

    claim = LongTextField(
        label=_("The fact"),
        rows=3,
        help_text=_(
            "One claim that can be checked, like “Half of the shelter guests are children”."
        ),
    )
    when = PartialDateField(required=False, label=_("For when it holds"))
    sources = SourcesField()


class StanceForm(PageForm):
    """What one says to a fact."""

    stance = forms.ChoiceField(
        choices=[
            (Stance.AGREE, _("It is right")),
            (Stance.DISPUTE, _("It is not right")),
            (Stance.NO_VIEW, _("I take no side (any more)")),
        ],
        widget=forms.RadioSelect,
        label=_("What you say to it"),
    )
    reason = LongTextField(
        required=False,
        rows=3,
        label=_("Why"),
        help_text=_("Needed when you dispute it, like “the count left out people in cars”."),
    )
    organisation = VoiceField()
    source = SourcesField(
        label=_("Source"), help_text=_("What shows it: its name, then its address.")
    )

    def __init__(
        self, *args: Any, initiative: Initiative, reader: Reader, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", speaks_for(initiative, reader.member_id, today))

    def clean_source(self) -> tuple[tuple[str, str], ...]:
        """At most one source."""
        named: tuple[tuple[str, str], ...] = self.cleaned_data["source"]
        if len(named) > 1:
            raise forms.ValidationError(
                _("Name one source here. More can be set beside the fact itself.")
            )
        return named


class FacetForm(SeenForm):
    """A part of the problem."""

    name = forms.CharField(
        max_length=250,
        label=_("Part of the problem"),
        help_text=_("Like “People leaving hospital with nowhere to go”."),
    )
    description = LongTextField(required=False, rows=3, label=_("What belongs to it"))
    sources = SourcesField()


class HoldForm(PageForm):
    """What an organisation brings to a part of the problem."""

    organisation = OrganisationField()
    kinds = forms.MultipleChoiceField(
        choices=FacetHolder.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        label=_("What it brings"),
        help_text=_("That a person has lived the problem is public only by their own choice."),
    )
    note = forms.CharField(required=False, max_length=250, label=_("In a few words"))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", organisations_of(initiative))


class VisionLineForm(SeenForm):
    """A line of what success looks like."""

    text = LongTextField(
        max_length=1_000,
        rows=2,
        label=_("One line"),
        help_text=_("Like “Nobody waits more than 30 days for a home”."),
    )
    scope = forms.ChoiceField(
        choices=VisionLine.Scope.choices, widget=forms.RadioSelect, label=_("Which kind of line")
    )


class EffortForm(SeenForm):
    """What somebody already does."""

    title = forms.CharField(
        max_length=250, label=_("What is done"), help_text=_("Like “Street outreach by van”.")
    )
    organisation = OrganisationField(required=False, label=_("Who does it"))
    what = LongTextField(required=False, rows=3, label=_("In a few sentences"))
    since = PartialDateField(required=False, label=_("Since when"))
    website = forms.CharField(
        required=False,
        max_length=500,
        label=_("Website"),
        widget=forms.URLInput,
        help_text=_("Like https://example.org/outreach."),
    )
    sources = SourcesField()

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", organisations_of(initiative))


class CiteForm(PageForm):
    """A source for a record."""

    title = forms.CharField(
        max_length=500,
        label=_("What the source is called"),
        help_text=_("Like “Ten-Year Plan, page 12”."),
    )
    url = forms.CharField(
        required=False,
        max_length=1_000,
        label=_("Web address"),
        widget=forms.URLInput,
        help_text=_("Like https://www.hennepin.us/plan."),
    )
    note = forms.CharField(required=False, max_length=500, label=_("What it says there"))
