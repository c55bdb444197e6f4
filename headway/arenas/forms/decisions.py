from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.forms.bodies import WebField
from headway.arenas.models import BodyDecision, Seat, SeatVote
from headway.core.forms import LongTextField, PageForm, PartialDateField
from headway.initiatives.forms import SeenForm
from headway_analysis.decision_rule import Count

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


def _reason_for(doubt: str) -> LongTextField:
    """The field that asks once why a result stands that its numbers do not carry."""
    asked = _("%(doubt)s Correct the result or the numbers, or say here why it stands.")
    return LongTextField(
        rows=2,
        max_length=500,
        label=_("Why the result stands all the same"),
        error_messages={"required": asked % {"doubt": doubt}},
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

    def __init__(
        self, *args: Any, seats: Sequence[Seat], doubts: Callable[[str, Count], str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {f"{PREFIX}{seat.post_id}": seat for seat in seats}
        for name, seat in self.seats.items():
            self.fields[name] = forms.ChoiceField(
                required=False,
                choices=[("", _("not recorded")), *SeatVote.Vote.choices],
                label=_("Vote of %s") % seat.post.label,
            )
        doubt = self._doubt(doubts) if self.is_bound else ""
        if doubt:
            self.fields["stands_because"] = _reason_for(doubt)
        self.settle_fields()

    def _doubt(self, doubts: Callable[[str, Count], str]) -> str:
        """What speaks against the result as it was sent, by its numbers or its votes by seat."""
        sent = [self.data.get(name, "").strip() for name in ("yes", "no", "abstained")]
        if not any(sent):
            cast = [self.data.get(name, "") for name in self.seats]
            sent = [str(cast.count(vote)) for vote in ("yes", "no", "abstain")] if all(cast) else []
        if not all(each.isascii() and each.isdigit() for each in sent[:2]) or not sent:
            return ""
        abstained = int(sent[2]) if sent[2].isascii() and sent[2].isdigit() else 0
        return doubts(self.data.get("result", ""), Count(int(sent[0]), int(sent[1]), abstained))

    def clean(self) -> dict[str, Any]:
        """The votes by seat beside the other values."""
        said = super().clean() or self.cleaned_data
        votes = [(seat.post, said.pop(name, "")) for name, seat in self.seats.items()]
        said["votes"] = tuple((post, vote) for post, vote in votes if vote)
        return dict(said)


class EditDecisionForm(_Numbers, SeenForm):
    """A decision that was recorded wrongly."""
