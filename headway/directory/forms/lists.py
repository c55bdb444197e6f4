from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from headway.core.forms import PageForm, UploadField
from headway.directory.models import Organisation, Upload
from headway.directory.models.organisation import Sector
from headway.directory.queries.organisations import UNSAID, OrganisationFilter

EVERY = ("", _("Every one"))
SEARCH = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
ENDINGS = {
    Upload.Kind.ORGANISATIONS_CSV: ("csv", "tsv"),
    Upload.Kind.PEOPLE_CSV: ("csv", "tsv"),
    Upload.Kind.POPOLO_JSON: ("json",),
}

OTHER_TABLES = {"txt", "xlsx", "xlsm", "xls", "ods", "numbers", "doc", "docx"}


class SearchForm(PageForm):
    """Words to look for in names; nonsense counts as nothing said."""

    q = forms.CharField(label=_("Name"), max_length=200, required=False, widget=SEARCH)

    @property
    def words(self) -> str:
        """The words to look for."""
        return str(self.cleaned_data.get("q") or "") if self.is_valid() else ""


class OrganisationFilterForm(SearchForm):
    """Which organisations are listed."""

    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=[EVERY, *Sector.choices, (UNSAID, _("Not recorded"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[EVERY, *Organisation.Kind.choices]
    )
    withdrawn = forms.BooleanField(label=_("Only those withdrawn"), required=False)

    def wanted(self) -> OrganisationFilter:
        """The filter; what is not on offer counts as not said."""
        self.is_valid()
        data = self.cleaned_data
        return OrganisationFilter(
            words=data.get("q") or "",
            sector=data.get("sector") or "",
            kind=data.get("kind") or "",
            withdrawn=bool(data.get("withdrawn")),
        )


class TableField(UploadField):
    """A table as CSV or TSV, or Popolo JSON; another table comes with advice how to save it."""

    def _check_ending(self, found: "File[Any]") -> None:
        ending = PurePath(found.name or "").suffix.lower().lstrip(".")
        if ending in OTHER_TABLES:
            raise ValidationError(
                _(
                    "Open the file in a spreadsheet program, save it as CSV (comma separated), "
                    "and choose that file. A .%(ending)s file cannot be read here."
                ),
                code="other_table",
                params={"ending": ending},
            )
        super()._check_ending(found)


class UploadForm(PageForm):
    """A file to bring in."""

    kind = forms.ChoiceField(label=_("What does the file hold?"), choices=Upload.Kind.choices)
    file = TableField(label=_("File"), endings=("csv", "tsv", "json"), help_text=_("Up to 20 MB."))

    def clean(self) -> dict[str, Any]:
        """The file's ending must fit what it holds."""
        data = super().clean() or self.cleaned_data
        found, kind = data.get("file"), data.get("kind")
        if found is not None and kind in ENDINGS:
            ending = str(found.name).rpartition(".")[2].lower()
            if ending not in ENDINGS[Upload.Kind(kind)]:
                self.add_error("kind", _("Choose what the file holds: its ending says otherwise."))
        return data
