"""What people enter about ideas, recommendations and suggested changes."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm
from headway.directory.forms.pickers import (
    DirectoryForm,
    OrganisationField,
    OrganisationsField,
    PostField,
)
from headway.directory.models import Organisation
from headway.initiatives.forms import SeenForm
from headway.problems.forms.fields import VoiceField
from headway.solutions.models import Solution

LONGEST_TEXT = 20_000


class IdeaForm(DirectoryForm):
    """What could be done."""

    title = forms.CharField(
        max_length=250,
        label=_("The idea in one line"),
        help_text=_("Like “Open the church halls on cold nights”."),
    )
    text = LongTextField(
        rows=5,
        max_length=LONGEST_TEXT,
        label=_("What could be done"),
        help_text=_("A few sentences: what, where, for whom."),
    )
    organisations = OrganisationsField(required=False, label=_("Organizations that bring it"))


class SolutionForm(SeenForm):
    """The wording of a recommendation, what it changes and what it costs."""

    title = forms.CharField(max_length=250, label=_("In one line"))
    text = LongTextField(rows=10, max_length=LONGEST_TEXT, label=_("What is recommended"))
    expects = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("What it would change, for whom"),
        help_text=_("Like “200 families a year keep their home”."),
    )
    cost = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=16,
        decimal_places=2,
        label=_("What it costs"),
        help_text=_("A number without separators, like 147000000. Empty while nobody knows."),
        error_messages={
            "min_value": cast("str", _("Enter 0 or more.")),
            "max_digits": cast("str", _("Enter a smaller number, like 147000000.")),
            "max_decimal_places": cast("str", _("Enter at most two decimals, like 1250.50.")),
            "max_whole_digits": cast("str", _("Enter a smaller number, like 147000000.")),
        },
    )
    currency = forms.RegexField(
        r"\A[A-Z]{3}\Z",
        initial="USD",
        label=_("Currency"),
        help_text=_("Three letters, like USD."),
        error_messages={"invalid": cast("str", _("Enter three capital letters, like USD."))},
    )
    cost_note = forms.CharField(
        required=False,
        max_length=250,
        label=_("What the cost covers"),
        help_text=_("Like “over ten years”."),
    )
    bought = forms.BooleanField(
        required=False,
        label=_("Something will be bought competitively"),
        help_text=_(
            "Then keep to what is needed and for whom. Whoever writes how it must be built or who"
            " should deliver it may not be allowed to bid."
        ),
    )


class AuthorsForm(DirectoryForm):
    """Who drafts it too."""

    organisations = OrganisationsField(label=_("Organizations that draft it"))


class OwnerForm(DirectoryForm):
    """Which organisation answers for carrying it out."""

    owner = OrganisationField(required=False, label=_("Organization that answers for it"))
    post = PostField(
        required=False, label=_("Seat"), help_text=_("Like “Director of Housing”, if it is known.")
    )


class MoveForm(PageForm):
    """What became of it."""

    state = forms.ChoiceField(widget=forms.RadioSelect, label=_("What became of it"))
    because = LongTextField(
        required=False,
        rows=2,
        max_length=5_000,
        label=_("Why"),
        help_text=_("Needed where it is given up, like “the county starts the same in May”."),
    )

    def __init__(self, *args: Any, states: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("state", [(each, Solution.State(each).label) for each in states])


class ChangeForm(PageForm):
    """Another wording of one text of a recommendation."""

    text = LongTextField(
        rows=10,
        max_length=LONGEST_TEXT,
        label=_("Your wording"),
        help_text=_("Change the words in place. The page shows what went out and what came in."),
    )
    reason = LongTextField(required=False, rows=2, max_length=5_000, label=_("Why"))
    organisation = VoiceField()
    base_number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, voices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", voices)


class AcceptForm(PageForm):
    """The wording that is taken over."""

    merged = LongTextField(rows=10, max_length=LONGEST_TEXT, label=_("What it will say"))
    answer = LongTextField(
        required=False,
        rows=2,
        max_length=5_000,
        label=_("What you say to whoever suggested it"),
    )
    seen_number = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RefuseForm(PageForm):
    """Why a suggested change is not accepted."""

    because = LongTextField(
        rows=3,
        max_length=5_000,
        label=_("Why"),
        help_text=_("Whoever suggested it reads this, like “the law asks for the word *shall*”."),
    )


class PromoteForm(PageForm):
    """What the new idea is called."""

    title = forms.CharField(
        max_length=250,
        label=_("The idea in one line"),
        help_text=_("It becomes an idea beside this recommendation and names where it came from."),
    )
