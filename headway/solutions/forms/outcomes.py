from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField, RowField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField
from headway.forums.models import Meeting
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative
from headway.solutions.models import Ballot, Outcome, Solution


class OutcomeForm(DirectoryForm):
    """What we decided, out of what, and when we look again."""

    text = LongTextField(
        rows=4,
        label=_("What we decided"),
        help_text=_("Like “We open the church hall from November to March”."),
    )
    title = forms.CharField(
        required=False,
        max_length=250,
        label=_("Short title"),
        help_text=_("Empty means the first words."),
    )
    solution = RowField(
        Solution.objects.none(), required=False, label=_("Recommendation that it is about")
    )
    decision = forms.ChoiceField(
        required=False,
        choices=[("", _("It stays as it is")), *Outcome.Decision.choices],
        label=_("What becomes of the recommendation"),
    )
    ballot = RowField(Ballot.objects.none(), required=False, label=_("Vote that it came out of"))
    meeting = RowField(
        Meeting.objects.none(), required=False, label=_("Meeting in which it was decided")
    )
    organisation = OrganisationField(required=False, label=_("Organization that answers for it"))
    when = PartialDateField(
        required=False,
        label=_("When it was decided"),
        help_text=_("Empty means today. As exactly as you know: 2006-11-28, autumn 2007."),
    )
    review_on = DayField(
        required=False,
        label=_("We look at it again on"),
        help_text=_("Who is concerned gets a reminder on that day."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, authority=initiative.authority, **kwargs)
        solutions = Solution.objects.in_initiative(initiative).live()
        self.offer_rows("solution", solutions.select_related("record").order_by("record__title"))
        ballots = Ballot.objects.in_initiative(initiative).live().filter(state="closed")
        self.offer_rows("ballot", ballots.select_related("record").order_by("-closed_at"))
        meetings = Meeting.objects.in_initiative(initiative).live().newest_first()
        self.offer_rows("meeting", meetings.select_related("record"))


class ReviseOutcomeForm(SeenForm):
    """Another wording, or another day of review."""

    title = forms.CharField(max_length=250, label=_("Short title"))
    text = LongTextField(rows=4, label=_("What we decided"))
    when = PartialDateField(required=False, label=_("When it was decided"))
    review_on = DayField(required=False, label=_("We look at it again on"))


class ReviewForm(PageForm):
    """What was found when a decision was looked at again."""

    review = LongTextField(
        rows=4,
        label=_("What we found"),
        help_text=_("Like “12 families a week; the hall is too small from January on”."),
    )
    next_review_on = DayField(
        required=False,
        label=_("We look at it again on"),
        help_text=_("Empty means this was the last time."),
    )
