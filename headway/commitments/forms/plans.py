from django import forms
from django.utils.translation import gettext_lazy as _

from headway.commitments.forms.columns import AddressField, ColumnsForm
from headway.commitments.queries.plans import COLUMN_WORDS
from headway.core.forms import MEGABYTE, PageForm, UploadField


class PlanForm(PageForm):
    """An action plan that one already has."""

    file = UploadField(
        endings=("csv", "xlsx"),
        longest=20 * MEGABYTE,
        label=_("Action plan"),
        help_text=_(
            "One action a row, with a heading: what is to be done, who does it, by when, how it "
            "stands. Nothing about single clients: such columns are refused."
        ),
    )
    title = forms.CharField(
        max_length=500,
        label=_("What the plan is called"),
        help_text=_("It is named as the source, like “Ten-Year Plan to End Homelessness, 2006”."),
    )
    url = AddressField(label=_("Web address of the plan"), like="https://www.hennepin.us/plan")


class MappingForm(ColumnsForm):
    """What each column of a plan means."""

    meanings = COLUMN_WORDS
