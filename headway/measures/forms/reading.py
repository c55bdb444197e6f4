from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, PartialDateField
from headway.directory.formats.cells import title_and_address
from headway.directory.forms.pickers import DirectoryForm, OrganisationField
from headway.initiatives.forms import SeenForm
from headway.measures.formats.readings_table import number_of
from headway.measures.forms.measure import NumberField
from headway.measures.models import Measure

MOST_LINES = 200
Group = tuple[str, str, Decimal, int | None]
READERS = (("public", _("anyone")), ("members", _("members of the initiative")))


class GroupsField(LongTextField):
    """The groups of a data point, one a line: "age: under 18 = 45"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, rows=4, max_length=20_000, **kwargs)

    def clean(self, value: Any) -> tuple[Group, ...]:
        """Each group with its number, and of how many people where that is said."""
        lines = [line.strip() for line in str(super().clean(value)).split("\n")]
        said = [line for line in lines if line]
        if len(said) > MOST_LINES:
            raise forms.ValidationError(_("Enter at most 200 groups, one a line."))
        return tuple(_group(line) for line in said)


def _group(line: str) -> Group:
    name, _equals, numbers = line.rpartition("=")
    dimension, _colon, group = name.partition(":")
    value, trouble = number_of(numbers.partition("/")[0])
    people, no_people = number_of(numbers.partition("/")[2])
    if value is None or trouble or no_people or not dimension.strip() or not group.strip():
        raise forms.ValidationError(
            _("Enter each line like “age: under 18 = 45”; “%(line)s” is none."),
            params={"line": line[:80]},
        )
    counted = int(people) if people is not None else None
    return dimension.strip()[:60], group.strip()[:120], value, counted


class ReadingForm(PageForm):
    """What was counted for when."""

    when = PartialDateField(
        label=_("When"), help_text=_("The time that it tells of: 2024, 2024-01 or 2024-01-24.")
    )
    value = NumberField(required=False, label=_("Value"))
    people = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2_147_483_647,
        label=_("Of how many people"),
        help_text=_("It is never shown. Empty keeps what was said before for that time."),
        error_messages={
            "min_value": _("Enter a whole number, 0 or more, like 400."),
            "max_value": _("Enter a whole number up to 2,147,483,647, like 400."),
        },
    )
    not_counted = forms.CharField(
        required=False,
        max_length=500,
        label=_("Why nothing was counted"),
        help_text=_("Only where there is no value, like “No street count that winter”."),
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=_("What makes it hard to compare"),
        help_text=_("Like “sheltered only”."),
    )
    groups = GroupsField(
        label=_("Groups"),
        help_text=_(
            "One a line: by what it splits, the group, the number, like “age: under 18 = 45”. "
            "Small groups are hidden. Empty keeps the groups that stand for that time."
        ),
    )
    without_groups = forms.BooleanField(
        required=False, label=_("Take the groups that stand for that time out")
    )
    source = forms.CharField(
        required=False,
        max_length=1_500,
        label=_("Source"),
        help_text=_("What it is called, then its web address where it has one."),
    )
    because = forms.CharField(
        required=False,
        max_length=1_000,
        label=_("Why it changes"),
        help_text=_("Only where that time has an entry already."),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if measure.subject != Measure.Subject.SHARE:
            self.fields.pop("people")
        else:
            self.fields["groups"].help_text = _(
                "One a line, with of how many people: “age: under 18 = 12.5 / 45”. Small groups "
                "are hidden. Empty keeps the groups that stand for that time."
            )

    def clean(self) -> dict[str, Any]:
        """Refuse groups that are named and taken out at once."""
        said = super().clean() or {}
        if said.get("groups") and said.get("without_groups"):
            self.add_error(
                "without_groups", _("Enter the groups, or take them out: both is not possible.")
            )
        return said

    def clean_source(self) -> tuple[str, str]:
        """The source's title and address."""
        title, address = title_and_address(" ".join(str(self.cleaned_data["source"]).split()))
        if len(title) > 500 or len(address) > 1_000:
            raise forms.ValidationError(_("Shorten the source to 500 characters."))
        return title, address


class SeriesForm(DirectoryForm):
    """Where values come from."""

    title = forms.CharField(
        max_length=250,
        label=_("Where the values come from"),
        help_text=_("Like “HUD point-in-time count” or “City street count”."),
    )
    organisation = OrganisationField(required=False, label=_("Who gives the values"))
    note = LongTextField(required=False, rows=3, label=_("How it is counted"))
    visibility = forms.ChoiceField(
        choices=READERS, widget=forms.RadioSelect, label=_("Who may see the values")
    )


class ReviseSeriesForm(SeenForm):
    """The same, where only words change."""

    title = forms.CharField(max_length=250, label=_("Where the values come from"))
    note = LongTextField(required=False, rows=3, label=_("How it is counted"))


class ShareForm(PageForm):
    """Who may see the values of a source."""

    visibility = forms.ChoiceField(
        choices=READERS, widget=forms.RadioSelect, label=_("Who may see the values")
    )


class FirstForm(PageForm):
    """Why one source is shown before the others."""

    because = forms.CharField(
        max_length=500,
        label=_("Why this source first"),
        help_text=_("Like “It counts the whole county, the other only shelters”."),
    )
