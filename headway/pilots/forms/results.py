from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm
from headway.pilots.models import Design


class FindingForm(PageForm):
    """What a report says of a pilot's numbers."""

    estimate = forms.DecimalField(
        required=False,
        max_digits=20,
        decimal_places=6,
        label=_("Difference that was found"),
        help_text=_("In the pilot's unit, with a minus where it went down, like -4.5."),
    )
    low = forms.DecimalField(
        required=False, max_digits=20, decimal_places=6, label=_("Likely at least")
    )
    high = forms.DecimalField(
        required=False, max_digits=20, decimal_places=6, label=_("Likely at most")
    )
    p_value = forms.DecimalField(
        required=False,
        max_digits=12,
        decimal_places=10,
        min_value=Decimal(0),
        max_value=Decimal(1),
        label=_("Chance of such a difference if there is none, from 0 to 1"),
    )
    count = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, label=_("How many were compared")
    )
    design = forms.ChoiceField(
        required=False,
        choices=[("", _("not stated")), *Design.choices],
        label=_("How it was compared"),
    )
    note = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("In words"),
        help_text=_("What the report says, and where it can be read. Totals only, no persons."),
    )


class WithdrawFindingForm(PageForm):
    """Why a finding is taken back."""

    because = LongTextField(
        rows=2, max_length=2_000, label=_("Why"), help_text=_("Like “counted twice”.")
    )
