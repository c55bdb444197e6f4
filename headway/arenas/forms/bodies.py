import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from headway.arenas.models import DecisionRule
from headway.core.forms import LongTextField, PageForm, PartialDateField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, PostField
from headway.initiatives.forms import SeenForm

STEP = re.compile(r"([0-9]{1,4})\s*(?:days?|:|,|-)?\s+(\S.*)", re.ASCII)
LONGEST_STEP, MOST_STEPS = 250, 50


class WebField(forms.CharField):
    """A web address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("help_text", _("Like https://www.hennepin.us/board."))
        super().__init__(widget=forms.URLInput, **kwargs)

    def clean(self, value: Any) -> Any:
        """The address, which a browser can open."""
        said = super().clean(value)
        if said and not re.match(r"https?://[^\s/]+\.\S+", said):
            raise ValidationError(
                _("Enter a whole web address, like https://www.hennepin.us/board.")
            )
        return said


class ArenaForm(DirectoryForm):
    """A body of the directory that decides here."""

    organisation = OrganisationField(
        label=_("Decision body"),
        help_text=_("A council, board or committee of the directory; its seats come with it."),
    )
    about = LongTextField(
        required=False,
        rows=3,
        label=_("What it decides here"),
        help_text=_("Like “County money, and the rules of shelters”."),
    )
    agenda_page = WebField(required=False, label=_("Where its agenda is posted"))


class EditArenaForm(SeenForm):
    """What stands on the page of a body."""

    about = LongTextField(required=False, rows=3, label=_("What it decides here"))
    agenda_page = WebField(required=False, label=_("Where its agenda is posted"))


class EditSeatForm(DirectoryForm):
    """What kind of seat it is."""

    votes = forms.BooleanField(required=False, initial=True, label=_("It has a vote"))
    presides = forms.BooleanField(required=False, label=_("It presides"))
    appointed_by = OrganisationField(
        required=False, label=_("Who fills it"), help_text=_("Like “County Board”; or leave empty.")
    )
    appointed_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=_("How it is filled"),
        help_text=_("Like “elected by the district every four years”."),
    )


class SeatForm(EditSeatForm):
    """A seat of the directory that counts in a body."""

    post = PostField(label=_("Seat"), help_text=_("A seat of this body in the directory."))
    field_order = ("post",)


class RuleForm(DirectoryForm):
    """How a body decides."""

    numerator = forms.IntegerField(
        min_value=1, max_value=1_000, initial=1, label=_("Share of the votes needed: so many")
    )
    denominator = forms.IntegerField(
        min_value=1,
        max_value=1_000,
        initial=2,
        label=_("out of"),
        help_text=_("Half is 1 out of 2; two thirds are 2 out of 3."),
    )
    more_than = forms.TypedChoiceField(
        choices=[("more", _("more than this share")), ("least", _("at least this share"))],
        initial="more",
        coerce=lambda said: said == "more",
        widget=forms.RadioSelect,
        label=_("How much of it"),
        help_text=_("A majority is more than half; two thirds are at least two thirds."),
    )
    basis = forms.ChoiceField(
        choices=DecisionRule.Basis.choices,
        initial=DecisionRule.Basis.VOTING,
        widget=forms.RadioSelect,
        label=_("Counted on"),
    )
    quorum = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000,
        label=_("Seats that must be present"),
        help_text=_("Leave empty where no rule says so."),
    )
    tie = forms.ChoiceField(
        choices=DecisionRule.Tie.choices,
        initial=DecisionRule.Tie.FAILS,
        widget=forms.RadioSelect,
        label=_("At a tie"),
    )
    veto = PostField(
        required=False, label=_("Seat that may veto it"), help_text=_("Like “Mayor”; or empty.")
    )
    override_numerator = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000,
        label=_("Share that overrules the veto: so many"),
    )
    override_denominator = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000,
        label=_("out of"),
        help_text=_("Like 2 out of 3."),
    )
    when = PartialDateField(
        required=False,
        label=_("Since when"),
        help_text=_("Like 2020-01-01; today where you leave it empty."),
    )
    note = LongTextField(
        required=False, rows=3, label=_("Note"), help_text=_("Where it is written, for example.")
    )

    def clean_override_denominator(self) -> int | None:
        """A veto is overruled by a share of at most all seats."""
        below: int | None = self.cleaned_data["override_denominator"]
        above = self.cleaned_data.get("override_numerator")
        if above and below and above > below:
            raise ValidationError(_("Enter a share of at most all, like 2 out of 3."))
        return below


class PathTemplateForm(PageForm):
    """The steps on the way to a body's agenda, one a line."""

    steps = LongTextField(
        required=False,
        rows=8,
        label=_("Steps, one a line: days before the vote, then the step"),
        help_text=_("Like “45 Attorney reads it”. Requests made before keep their own steps."),
    )

    def clean_steps(self) -> tuple[tuple[str, int], ...]:
        """The name and the days of each line."""
        lines = [line.strip() for line in self.cleaned_data["steps"].split("\n") if line.strip()]
        if len(lines) > MOST_STEPS:
            raise ValidationError(_("Enter at most 50 steps."))
        return tuple(_step(line) for line in lines)


def _step(line: str) -> tuple[str, int]:
    found = STEP.fullmatch(line)
    if found is None or len(found[2]) > LONGEST_STEP or int(found[1]) > 3_650:
        words = _(
            "“%(line)s” does not say how many days before the vote. Write “45 Attorney reads it”."
        )
        raise ValidationError(words % {"line": line[:60]})
    return found[2], int(found[1])
