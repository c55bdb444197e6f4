from django import forms
from django.utils.translation import gettext_lazy as _

from headway.commitments.forms.columns import AddressField, ColumnsForm
from headway.core.forms import MEGABYTE, UploadField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField
from headway.measures.forms.reading import READERS
from headway.measures.queries.files import COLUMN_WORDS


class FileForm(DirectoryForm):
    """Data points that one already has in a table."""

    file = UploadField(
        endings=("csv", "xlsx"),
        longest=20 * MEGABYTE,
        label=_("Table"),
        help_text=_(
            "One row for each time, with a heading: when, value; if there are any, series, group "
            "and source. Totals only: columns that would tell who somebody is are refused."
        ),
    )
    title = forms.CharField(
        max_length=500,
        label=_("What the table is called"),
        help_text=_("It is named as the source, like “HUD point-in-time counts 2007 to 2024”."),
    )
    url = AddressField(label=_("Web address of the table"), like="https://www.huduser.gov/portal")
    organisation = OrganisationField(required=False, label=_("Who gives the values"))
    visibility = forms.ChoiceField(
        choices=READERS, widget=forms.RadioSelect, label=_("Who may see the values")
    )


class MappingForm(ColumnsForm):
    """What each column of a table means."""

    meanings = COLUMN_WORDS
