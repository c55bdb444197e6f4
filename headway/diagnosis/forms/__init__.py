"""What people enter about next moves, thresholds and conditions."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField
from headway.diagnosis.models import ConditionStatement


class TakeForm(PageForm):
    """That somebody takes a next move."""

    because = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("Why, in a few words"),
        help_text=_("May be left empty. It stands beside what follows."),
    )


class DeclineForm(PageForm):
    """That somebody declines a next move."""

    because = LongTextField(
        rows=3,
        max_length=5_000,
        label=_("Why not"),
        help_text=_(
            "Like “the board decides in May anyway”. It is kept, and nobody is asked again soon."
        ),
    )


class ThresholdForm(PageForm):
    """A threshold set anew, with the argument."""

    value = forms.IntegerField(min_value=0, max_value=3_650, label=_("New value"))
    argument = LongTextField(
        rows=4,
        max_length=5_000,
        label=_("Your argument"),
        help_text=_("Like “our board meets every six months, so that 120 days are too few”."),
    )


class StatementForm(PageForm):
    """That a condition was met outside, or is not needed."""

    verdict = forms.ChoiceField(
        choices=ConditionStatement.Verdict.choices,
        widget=forms.RadioSelect,
        label=_("What is so?"),
    )
    line = forms.CharField(
        max_length=250,
        label=_("In one line"),
        help_text=_("Like “A coalition of churches has met since 2019”, or why it is not needed."),
    )
    told_by = forms.CharField(
        max_length=250,
        label=_("Where it can be read"),
        help_text=_("Like “charter of the coalition, page 2”."),
    )
    when = PartialDateField(required=False, label=_("Since when"))


class ViewForm(forms.Form):
    """As of which day, and as known at which instant, a page looks; both may be left open.

    Where one cannot be read the page says so, keeps what was typed, and shows today; status 422.
    """

    as_of = DayField(
        required=False,
        error_messages={
            "invalid": _(
                "What stands in the address is no day. Enter it like 2010-06-30. "
                "Until then the page shows today."
            )
        },
    )
    known_at = forms.DateTimeField(
        required=False,
        error_messages={
            "invalid": _(
                "What stands in the address is no time. Enter it like 2010-06-30 14:30. "
                "Until then the page shows what is known today."
            )
        },
    )

    def __init__(self, asked: QueryDict, today: date) -> None:
        super().__init__(asked)
        self._today = today

    def clean_as_of(self) -> date | None:
        """The day, unless it is today anyway."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > self._today:
            raise forms.ValidationError(
                _("That day is still to come. Choose an earlier one. The page shows today.")
            )
        return None if day == self._today else day

    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be read counts as not asked."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) for name in ("as_of", "known_at")}

    @property
    def refusals(self) -> list[str]:
        """What is wrong with the day or the time, and what to do."""
        return [str(words) for each in self.errors.values() for words in each]
