from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.forms.bodies import WebField
from headway.arenas.models import BodyDecision, Seat, SeatVote
from headway.core.forms import LongTextField, PageForm, PartialDateField
from headway.initiatives.forms import SeenForm

PREFIX = "seat-"


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=0, max_value=10_000, label=label, help_text=help_text
    )


class _Numbers(forms.Form):
    """What a decision says, and how the vote went."""

    result = forms.ChoiceField(
        choices=BodyDecision.Result.choices, widget=forms.RadioSelect, label=gettext_lazy("Result")
    )
    when = PartialDateField(label=gettext_lazy("Date of the decision"))
    text = LongTextField(
        required=False,
        rows=4,
        label=gettext_lazy("What was decided"),
        help_text=gettext_lazy("In the body's own words, with every condition."),
    )
    yes = _number(
        gettext_lazy("Votes for it"), gettext_lazy("Leave the numbers empty where nobody knows.")
    )
    no = _number(gettext_lazy("Votes against it"))
    abstained = _number(gettext_lazy("Abstained"))
    absent = _number(gettext_lazy("Absent"))
    link = WebField(
        required=False,
        max_length=1_000,
        label=gettext_lazy("Web address of the minutes or the video"),
    )


class DecisionForm(_Numbers, PageForm):
    """What a body decided, with the vote by seat where it is known."""

    title = forms.CharField(
        required=False,
        max_length=250,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What was before the body, like “Heat in four halls”."),
    )
    field_order = ("title",)

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {f"{PREFIX}{seat.post_id}": seat for seat in seats}
        for name, seat in self.seats.items():
            self.fields[name] = forms.ChoiceField(
                required=False,
                choices=[("", _("not recorded")), *SeatVote.Vote.choices],
                label=_("Vote of %s") % seat.post.label,
            )
        self.settle_fields()

    def clean(self) -> dict[str, Any]:
        """The votes by seat beside the other values."""
        said = super().clean() or self.cleaned_data
        votes = [(seat.post, said.pop(name, "")) for name, seat in self.seats.items()]
        said["votes"] = tuple((post, vote) for post, vote in votes if vote)
        return dict(said)


class EditDecisionForm(_Numbers, SeenForm):
    """A decision that was recorded wrongly."""
