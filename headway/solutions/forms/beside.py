"""What people enter beside a recommendation: the way, the money, interests and criteria."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Refusals, RuleError
from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField
from headway.directory.models import Organisation
from headway.initiatives.forms import SeenForm
from headway.problems.forms.fields import OrganisationField as ChosenOrganisation
from headway.problems.forms.fields import SourcesField
from headway.solutions.models import Barrier, Criterion, CriterionScore, Funding

POINTS = [("", _("I do not judge this")), *((str(n), str(n)) for n in range(1, 6))]


class BarrierForm(SeenForm, DirectoryForm):
    """A law, a procedure or a habit that is in the way."""

    title = forms.CharField(
        max_length=250,
        label=_("What is in the way, in one line"),
        help_text=_("Like “Shelters may not open before November 1”."),
    )
    text = LongTextField(
        required=False, rows=4, max_length=5_000, label=_("What exactly, and where it says so")
    )
    kind = forms.ChoiceField(choices=Barrier.Kind.choices, label=_("What kind of thing it is"))
    waiver = OrganisationField(required=False, label=_("Who can waive or change it"))
    waiver_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=_("Who, where it is not in the directory"),
        help_text=_("Like “the state fire marshal”."),
    )


class AnswerForm(PageForm):
    """That somebody was asked, or what they answered."""

    state = forms.ChoiceField(
        choices=Barrier.State.choices, widget=forms.RadioSelect, label=_("What happened")
    )
    answer = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("Their answer"),
        help_text=_("Like “waived until May for two churches”."),
    )
    when = PartialDateField(required=False, label=_("When"))
    sources = SourcesField(label=_("Where one can read it"))


class FundingForm(SeenForm, DirectoryForm):
    """One source of money."""

    giver = OrganisationField(required=False, label=_("Who gives it"))
    giver_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=_("Who, where it is not in the directory"),
        help_text=_("Like “State housing fund”."),
    )
    amount = forms.DecimalField(
        max_digits=16,
        decimal_places=2,
        label=_("Amount"),
        help_text=_("A number without separators, like 45000000."),
        error_messages={
            "max_digits": cast("str", _("Enter a smaller number, like 45000000.")),
            "max_decimal_places": cast("str", _("Enter at most two decimals, like 1250.50.")),
            "max_whole_digits": cast("str", _("Enter a smaller number, like 45000000.")),
        },
    )
    status = forms.ChoiceField(
        choices=Funding.Status.choices,
        widget=forms.RadioSelect,
        label=_("Is it sure?"),
        help_text=_("What is only asked for closes no gap."),
    )
    fiscal_year = forms.CharField(
        required=False, max_length=60, label=_("Fiscal year"), help_text=_("Like 2026 or FY 2026.")
    )
    restriction = forms.CharField(
        required=False,
        max_length=250,
        label=_("Tied to"),
        help_text=_("Like “only for families with children”."),
    )
    deadline = DayField(required=False, label=_("Deadline of the grant"))
    note = LongTextField(required=False, rows=2, max_length=5_000, label=_("Note"))


class InterestForm(SeenForm):
    """What an organisation would gain or lose."""

    organisation = ChosenOrganisation(
        label=_("Your organization"),
        help_text=_("Speaking for an organization needs a mandate; the convener records it."),
    )
    text = LongTextField(
        rows=3,
        max_length=5_000,
        label=_("What it would gain or lose"),
        help_text=_("Like “We would run two of the shelters”."),
    )
    recused = forms.BooleanField(
        required=False,
        initial=True,
        label=_("It does not take part in the vote"),
        help_text=_("Whoever stays out leaves the count: fewer votes are then enough."),
    )

    def __init__(self, *args: Any, voices: QuerySet[Organisation] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if voices is None:
            del self.fields["organisation"]
        else:
            self.offer_rows("organisation", voices)


class CriterionForm(SeenForm):
    """One thing by which recommendations are judged."""

    title = forms.CharField(
        max_length=250, label=_("Criterion"), help_text=_("Like “How soon it helps”.")
    )
    text = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("What 1 and 5 mean"),
        help_text=_("Like “1: after five years, 5: within three months”."),
    )
    weight = forms.IntegerField(
        min_value=1,
        max_value=10,
        initial=1,
        label=_("Weight"),
        help_text=_("From 1 to 10. It is shown beside the criterion."),
        error_messages={
            "min_value": cast("str", _("Enter a weight from 1 to 10.")),
            "max_value": cast("str", _("Enter a weight from 1 to 10.")),
        },
    )


class JudgeForm(PageForm):
    """Points and a reason for each criterion."""

    def __init__(
        self,
        *args: Any,
        criteria: Iterable[Criterion],
        given: Iterable[CriterionScore],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = tuple(criteria)
        before = {each.criterion_id: each for each in given}
        for each in self.criteria:
            said = before.get(each.pk)
            self.fields[f"points-{each.pk}"] = forms.ChoiceField(
                required=False,
                choices=POINTS,
                label=each.record.title,
                help_text=each.text,
                initial=str(said.score) if said else "",
            )
            self.fields[f"because-{each.pk}"] = LongTextField(
                required=False,
                rows=2,
                max_length=1_000,
                label=_now("Why: %(criterion)s") % {"criterion": each.record.title},
                initial=said.because if said else "",
            )
        self.settle_fields()

    def said(self) -> list[tuple[Criterion, int, str]]:
        """The criteria that were judged, with points and reason.

        Raises:
            RuleError: where a reason is missing, or nothing was judged.

        """
        found, missing = [], {}
        for each in self.criteria:
            points = self.cleaned_data[f"points-{each.pk}"]
            because = self.cleaned_data[f"because-{each.pk}"].strip()
            if points and not because:
                missing[f"because-{each.pk}"] = _("Say why, like “two counties did it in a year”.")
            elif points:
                found.append((each, int(points), because))
        if missing:
            raise Refusals(missing)
        if not found:
            raise RuleError(_("Judge at least one criterion."))
        return found
