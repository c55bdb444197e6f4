from django import forms
from django.utils.translation import gettext_lazy as _

from headway.commitments.forms.columns import ColumnsForm
from headway.commitments.queries.plans import COLUMN_WORDS
from headway.core.forms import MEGABYTE, PageForm, UploadField
from headway.directory.formats.cells import is_web_address


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
    url = forms.CharField(
        required=False,
        max_length=1_000,
        label=_("Web address of the plan"),
        widget=forms.URLInput,
        help_text=_("Like https://www.hennepin.us/plan."),
    )

    def clean_url(self) -> str:
        """An address that a browser opens, or nothing."""
        address = str(self.cleaned_data["url"]).strip()
        if address and not is_web_address(address):
            raise forms.ValidationError(
                _("Enter the whole address, like https://www.hennepin.us/plan.")
            )
        return address


class MappingForm(ColumnsForm):
    """What each column of a plan means."""

    meanings = COLUMN_WORDS
