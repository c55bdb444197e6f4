from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.arenas.forms.bodies import WebField
from headway.arenas.models import AdvocacyLimit, Approach, OnRecord
from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField, RowField
from headway.directory.forms.pickers import DirectoryForm, PersonField, PostField
from headway.directory.models import Organisation
from headway.initiatives.forms import SeenForm


class _Said(forms.Form):
    """What was said, when, and where anybody can read or hear it."""

    kind = forms.ChoiceField(
        choices=OnRecord.Kind.choices,
        initial=OnRecord.Kind.STATEMENT,
        widget=forms.RadioSelect,
        label=_("What it was"),
    )
    text = LongTextField(
        rows=4,
        label=_("What was said"),
        help_text=_("In their own words, like “I want to see the cost first”."),
    )
    stance = forms.ChoiceField(
        choices=OnRecord.Stance.choices,
        initial=OnRecord.Stance.UNKNOWN,
        widget=forms.RadioSelect,
        label=_("Where they said they stand"),
        help_text=_("Only what they said in public. Nothing is guessed here."),
    )
    when = PartialDateField(label=_("When it was said"))
    link = WebField(
        max_length=1_000,
        label=_("Web address where anybody can read or hear it"),
        help_text=_("Like https://www.hennepin.us/board/minutes-2026-03-10."),
    )


class OnRecordForm(_Said, DirectoryForm):
    """What a seat or a person said in public on a request."""

    post = PostField(required=False, label=_("Seat that said it"))
    person = PersonField(
        required=False,
        label=_("Person who said it"),
        help_text=_("Name the seat, the person, or both."),
    )
    field_order = ("post", "person")


class EditOnRecordForm(_Said, SeenForm):
    """What was noted wrongly about a word on the record."""


class LimitForm(PageForm):
    """What one's own organisation may do for a request."""

    organisation = RowField(
        Organisation.objects.none(),
        label=_("Organization you speak for"),
        help_text=_("Speaking for an organization needs a mandate; the convener records it."),
    )
    limit = forms.ChoiceField(
        choices=AdvocacyLimit.Limit.choices,
        widget=forms.RadioSelect,
        label=_("For this request it"),
    )
    because = LongTextField(
        required=False,
        rows=2,
        max_length=1_000,
        label=_("Why"),
        help_text=_("Like “our grant forbids lobbying”."),
    )

    def __init__(self, *args: Any, own: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", own)


class ApproachForm(DirectoryForm):
    """Who asks or informs which seat; only what the organisation may do is offered."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, label=_("What it does"))
    post = PostField(required=False, label=_("Which seat"))
    due_on = DayField(required=False, label=_("By when"))

    def __init__(self, *args: Any, offered_kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in Approach.Kind.choices if choice[0] in offered_kinds]
        self.offer_choices("kind", choices)


class AnswerForm(PageForm):
    """That it was done, and what they answered."""

    done_on = DayField(label=_("Done on"))
    answer = LongTextField(
        required=False,
        rows=3,
        label=_("What they answered"),
        help_text=_("Only what they said. It may have to be released."),
    )


class WindowForm(PageForm):
    """A time before an election in which public employees make no requests."""

    name = forms.CharField(
        max_length=250, label=_("Election"), help_text=_("Like “General election 2026”.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
