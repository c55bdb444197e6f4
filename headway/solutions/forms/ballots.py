from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField, PageForm, RowField, RowsField
from headway.forums.models import Forum
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative, Member
from headway.solutions.models import Ballot, BallotOption, Elector, Objection, Solution
from headway.solutions.queries.ballots.offered import rules_offered

HIGHEST_SCORE = 5
CONSENT_VOICES = (
    ("consent", _("I consent: I can live with it")),
    ("stand_aside", _("I stand aside: not I, but I do not stop you")),
    ("object", _("I object: it would do harm, and I say which")),
)


class OptionsField(LongTextField):
    """Options in words, one a line, each with what it costs where money is split."""

    def clean(self, value: Any) -> tuple[tuple[str, Decimal | None], ...]:
        """(name, cost) of each line."""
        lines = [line.strip() for line in str(super().clean(value)).split("\n")]
        found = tuple(_name_and_cost(line) for line in lines if line)
        if any(len(name) > 250 for name, _cost in found):
            raise ValidationError(_("Shorten each option to 250 characters, one a line."))
        return found


def _name_and_cost(line: str) -> tuple[str, Decimal | None]:
    """A line like “Night shelter: 40,000” as name and cost; without a number it is a name."""
    name, colon, amount = line.rpartition(":")
    try:
        cost = Decimal(amount.replace(",", "").replace("$", "").strip()) if colon else None
    except InvalidOperation:
        cost = None
    if cost is None or not cost.is_finite() or cost < 0:
        return line, None
    return name.strip(), cost.quantize(Decimal("0.01")) if cost < 10**12 else cost


class BallotForm(SeenForm):
    """What is decided, by which rule, and until when."""

    title = forms.CharField(
        max_length=250,
        label=_("Question"),
        help_text=_("Like “Do we open the church hall this winter?”"),
    )
    text = LongTextField(required=False, rows=4, label=_("What everybody should know before"))
    rule = forms.ChoiceField(widget=forms.RadioSelect, label=_("How we decide"))
    solutions = RowsField(
        Solution.objects.none(),
        required=False,
        label=_("Recommendations to decide on"),
        help_text=_(
            "For consent choose one, or none where the question itself is the proposal. Each is "
            "voted on as it reads now."
        ),
    )
    others = OptionsField(
        required=False,
        rows=3,
        label=_("Other options"),
        help_text=_("One a line. Where money is split, with the cost: “Night shelter: 40000”."),
    )
    forum = RowField(Forum.objects.none(), required=False, label=_("Group that decides"))
    voices = forms.ChoiceField(
        choices=Ballot.Voices.choices, widget=forms.RadioSelect, label=_("Whose voice counts")
    )
    secret = forms.BooleanField(
        required=False,
        label=_("Secret vote"),
        help_text=_(
            "Nobody can change a secret vote once it is given, and groups that meet in the open "
            "may not vote in secret."
        ),
    )
    closes_on = DayField(label=_("Last day"), help_text=_("It closes at the end of that day."))
    opens_on = DayField(
        required=False, label=_("First day"), help_text=_("Empty means as soon as it is opened.")
    )
    closes_early = forms.BooleanField(
        required=False, label=_("May be closed earlier, with the reason, once enough have voted")
    )
    quorum_percent = forms.IntegerField(
        min_value=0, max_value=100, label=_("How many must vote, in percent of the voices")
    )
    needed_percent = forms.IntegerField(
        min_value=0,
        max_value=100,
        label=_("How many of those who vote must agree, in percent"),
        help_text=_("For consent and approval."),
    )
    method = forms.ChoiceField(
        required=False,
        choices=[("", _("The usual one"))],
        label=_("How it is counted"),
        help_text=_("For ranking and for a budget split."),
    )
    budget = forms.DecimalField(
        required=False,
        max_digits=16,
        decimal_places=2,
        label=_("Money to be split"),
        help_text=_("For a budget split only."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = rules_offered(initiative)
        self.offer_choices("rule", [(rule.value, rule.label) for rule in offered])
        drafts = Solution.objects.in_initiative(initiative).live().being_worked_on()
        self.offer_rows("solutions", drafts.select_related("record").order_by("record__title"))
        forums = Forum.objects.in_initiative(initiative).live()
        self.offer_rows("forum", forums.select_related("record").by_name())
        self.offer_choices("method", [("", _("The usual one")), *Ballot.Method.choices])
        if Ballot.Rule.BUDGET not in offered:
            del self.fields["budget"]


class WaysForm(PageForm):
    """Which ways to vote are offered."""

    more_ways = forms.BooleanField(
        required=False, label=_("Offer approval, score and budget split as well")
    )


class VoteForm(PageForm):
    """What a voice says; the fields follow the rule of the vote."""

    def __init__(
        self,
        *args: Any,
        ballot: Ballot,
        options: Iterable[BallotOption],
        voices: Iterable[Elector],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = ballot.rule
        self.electors = {str(each.pk): each for each in voices}
        self.options = list(options)
        fields = self.fields
        if len(self.electors) > 1:
            fields["elector"] = forms.ChoiceField(
                choices=[(key, str(each)) for key, each in self.electors.items()],
                label=_("For whom you vote"),
            )
        fields |= self._choices()
        if ballot.rule != Ballot.Rule.CONSENT:
            fields["abstains"] = forms.BooleanField(
                required=False,
                label=_("I abstain"),
                help_text=_("Your voice counts as given, for none of the options."),
            )
        if ballot.rule == Ballot.Rule.CONSENT:
            fields["because"] = LongTextField(
                required=False,
                rows=4,
                label=_("Your reason"),
                help_text=_("An objection needs one, so that the others can answer it."),
            )
        self.settle_fields()

    def _choices(self) -> Mapping[str, forms.Field]:
        if self.rule == Ballot.Rule.CONSENT:
            return {
                "voice": forms.ChoiceField(
                    choices=CONSENT_VOICES, widget=forms.RadioSelect, label=_("Your voice")
                )
            }
        if self.rule in {Ballot.Rule.APPROVAL, Ballot.Rule.BUDGET}:
            return {
                "chosen": forms.TypedMultipleChoiceField(
                    required=False,
                    coerce=int,
                    choices=[(each.number, _with_cost(each)) for each in self.options],
                    widget=forms.CheckboxSelectMultiple,
                    label=_("Options that you support"),
                )
            }
        low, high = (1, len(self.options)) if self._ranks else (0, HIGHEST_SCORE)
        return {
            f"option_{each.number}": forms.IntegerField(
                required=False, min_value=low, max_value=high, label=str(each)
            )
            for each in self.options
        }

    @property
    def _ranks(self) -> bool:
        return self.rule == Ballot.Rule.RANKING

    def elector(self) -> Elector:
        """For whom the vote is."""
        chosen = self.cleaned_data.get("elector") or next(iter(self.electors))
        return self.electors[chosen]

    def said(self) -> dict[str, Any]:
        """What is voted, as the action takes it."""
        given = self.cleaned_data
        if self.rule == Ballot.Rule.CONSENT:
            return {"voice": given["voice"]}
        if "chosen" in self.fields:
            return {"chosen": given["chosen"], "abstains": given["abstains"]}
        numbers = {
            each.number: given[f"option_{each.number}"]
            for each in self.options
            if given.get(f"option_{each.number}") is not None
        }
        return {"ranks" if self._ranks else "scores": numbers, "abstains": given["abstains"]}


def _with_cost(option: BallotOption) -> str:
    return str(option) if option.cost is None else f"{option} ({option.cost:,.2f})"


class _VoiceForm(PageForm):
    """A form about one voice of a vote."""

    elector = RowField(Elector.objects.none(), label=_("Whose voice"))

    def __init__(self, *args: Any, electors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("elector", electors)


class StandInForm(_VoiceForm):
    """Who gives a voice in place of those who usually do."""

    member = RowField(Member.objects.none(), label=_("Who stands in"))

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("member", members)


class RecuseForm(_VoiceForm):
    """Whose voice stays out, and why."""

    because = LongTextField(
        rows=2,
        max_length=1_000,
        label=_("Which interest"),
        help_text=_("Like “would run the new shelter”."),
    )


class CloseForm(PageForm):
    """Why a vote closes before its end."""

    because = LongTextField(
        required=False,
        rows=2,
        max_length=1_000,
        label=_("Why it closes before its end"),
        help_text=_("Like “agreed in the meeting”. Empty where its end has come."),
    )


class ObjectionForm(PageForm):
    """What becomes of an objection."""

    state = forms.ChoiceField(widget=forms.RadioSelect, label=_("What became of it"))
    answer = LongTextField(
        required=False,
        rows=4,
        label=_("Answer"),
        help_text=_("How it was met, or why it stands."),
    )

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = Objection.State
        open_to = (states.MET, states.TAKEN_BACK, states.STANDS) if leads else (states.TAKEN_BACK,)
        shown = [(state.value, state.label) for state in open_to]
        self.offer_choices("state", shown)


def last_day(ballot: Ballot) -> date | None:
    """The last day on which one can vote, where the initiative is."""
    if ballot.closes_at is None:
        return None
    return ballot.record.initiative.today(ballot.closes_at - ballot.closes_at.resolution)
