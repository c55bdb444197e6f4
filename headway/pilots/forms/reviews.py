"""What people enter in a learning review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField, PageForm, RowField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, PostField
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative, Member
from headway.pilots.forms.wording import WordedForm
from headway.pilots.models import Review, ReviewParticipant

ANSWERS = Review.TEXTS
LONGEST_ANSWER = 10_000


def members_of(initiative: Initiative) -> Any:
    """Who takes part in an initiative now."""
    return Member.objects.in_initiative(initiative).filter(left_at__isnull=True)


class OpenReviewForm(PageForm):
    """Why something is looked at again."""

    occasion = forms.ChoiceField(
        choices=Review.Occasion, widget=forms.RadioSelect, label=_("Why now")
    )
    due_on = DayField(
        required=False,
        label=_("By when"),
        help_text=_("Empty means in two weeks, while it is fresh."),
    )


class ConductorForm(PageForm):
    """Who leads the conversation."""

    conductor = RowField(
        Member.objects.none(),
        required=False,
        label=_("Member who leads it"),
        help_text=_("Where possible somebody who was not involved."),
    )
    conductor_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=_("Or somebody from outside"),
        help_text=_("Like “the facilitator of the library”."),
    )
    due_on = DayField(required=False, label=_("By when"))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("conductor", members_of(initiative))


class AnswersForm(WordedForm, SeenForm):
    """The four questions."""

    WORDED = ANSWERS

    expected = LongTextField(
        required=False, rows=3, max_length=LONGEST_ANSWER, label=_("What did we expect?")
    )
    happened = LongTextField(
        required=False, rows=3, max_length=LONGEST_ANSWER, label=_("What happened?")
    )
    difference = LongTextField(
        required=False,
        rows=3,
        max_length=LONGEST_ANSWER,
        label=_("Why was there a difference?"),
        help_text=_("Ask how and what, not who. Usually several things came together."),
    )
    learned = LongTextField(
        required=False, rows=3, max_length=LONGEST_ANSWER, label=_("What do we learn?")
    )


class TellForm(WordedForm):
    """What one person saw; every field may stay empty but one."""

    WORDED = ("events", *ANSWERS)

    events = LongTextField(
        required=False,
        rows=6,
        max_length=50_000,
        label=_("What happened when"),
        help_text=_(
            "One thing a line, its date in front, like “March 2026: the van came at nine”."
        ),
    )
    expected = LongTextField(
        required=False, rows=2, max_length=5_000, label=_("What did we expect?")
    )
    happened = LongTextField(
        required=False, rows=2, max_length=5_000, label=_("What happened, all in all?")
    )
    difference = LongTextField(
        required=False, rows=2, max_length=5_000, label=_("Why was there a difference?")
    )
    learned = LongTextField(required=False, rows=2, max_length=5_000, label=_("What do we learn?"))


class TakerField(RowField):
    """Somebody who takes part, by name."""

    def label_from_instance(self, obj: ReviewParticipant) -> str:
        """The name of the member."""
        return str(obj.member)


class AgreeForm(SeenForm):
    """How far the answers that one has read may go."""

    reach = forms.ChoiceField(
        choices=[*ReviewParticipant.Reach.choices, ("", _("nobody yet"))],
        required=False,
        widget=forms.RadioSelect,
        label=_("They may be told to"),
    )
    participant = TakerField(
        ReviewParticipant.objects.none(),
        required=False,
        label=_("Who said so"),
        help_text=_(
            "Empty means you. Note for others only what they said themselves: they are told, and "
            "may change it."
        ),
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others is None:
            del self.fields["participant"]
            return
        self.offer_rows("participant", others)


class FollowUpForm(WordedForm, DirectoryForm, SeenForm):
    """What is to be done after a review."""

    WORDED = ("text",)

    text = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("What is to be done"),
        help_text=_("Like “Ask the library for a room on Mondays”."),
    )
    owner = OrganisationField(required=False, label=_("Organization that does it"))
    owner_post = PostField(required=False, label=_("Seat that answers for it, if known"))
    owner_member = RowField(
        Member.objects.none(), required=False, label=_("Or a member who looks after it")
    )
    due_on = DayField(required=False, label=_("By when"), help_text=_("Like 2026-03-27."))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("owner_member", members_of(initiative))


class DoneForm(PageForm):
    """What shows that it was done."""

    because = LongTextField(
        required=False,
        rows=2,
        max_length=5_000,
        label=_("What shows it"),
        help_text=_("Like “two rooms are booked until May”."),
    )


class NotDoingForm(WordedForm):
    """Why it is not done."""

    WORDED = ("because",)

    because = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("Not doing it, because"),
        help_text=_("Like “the library has no room before May”. This is an answer like any other."),
    )
