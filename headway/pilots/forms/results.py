from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import MEGABYTE, LongTextField, PageForm, UploadField
from headway.pilots.models import Design, ResultsFile
from headway.pilots.queries.results import COLUMN_WORDS


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


class ResultsForm(PageForm):
    """What was observed, as one already has it in a table."""

    file = UploadField(
        endings=("csv", "xlsx"),
        longest=20 * MEGABYTE,
        label=_("Table"),
        help_text=_(
            "A heading, then one row for each observation, like: site, month, treated, outcome. "
            "Columns that would tell who somebody is are refused: names, birth dates, client "
            "numbers. The rows are deleted once the result is worked out."
        ),
    )


class ColumnsForm(PageForm):
    """What each column of a table means, and how it is compared."""

    design = forms.ChoiceField(choices=Design.choices, label=_("How it was compared"))
    by_lot = forms.ChoiceField(
        required=False,
        choices=[("", _("not stated")), *ResultsFile.Lot.choices],
        label=_("Did a lot decide who got it?"),
    )

    def __init__(
        self, *args: Any, headings: Sequence[str], mapping: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(COLUMN_WORDS.items())
        for number, heading in enumerate(headings):
            self.fields[f"column{number}"] = forms.ChoiceField(
                required=False,
                choices=choices,
                initial=mapping[number] if number < len(mapping) else "",
                label=heading or _("Column %(number)s") % {"number": number + 1},
                error_messages={"invalid_choice": _("Choose one of the options listed.")},
            )

    def chosen(self, said: dict[str, Any]) -> list[str]:
        """The meanings in the order of the columns."""
        return [said[name] for name in self.fields if name.startswith("column")]
