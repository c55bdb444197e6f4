"""What the steps of practices ask for: short forms, several of them for many records at once."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField, RowField
from headway.diagnosis.queries.practices.agreed import AGREED
from headway.diagnosis.queries.practices.asked import (
    Asked,
    FactWord,
    facts_to_judge,
    partners_spoken_for,
)
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, OrganisationsField
from headway.forums.models import Forum
from headway.forums.queries.conversations import groups_to_ask
from headway.measures.models import Measure
from headway.partners.models import Contact, Partner, ResourceKind
from headway.problems.forms.fields import VoiceField, speaks_for
from headway.problems.models import Fact, Stance
from headway_analysis.partial_date import PartialDate

MOST_LINES, LONGEST_LINE = 30, 250


class StartForm(DirectoryForm):
    """Who carries a practice out together."""

    organisations = OrganisationsField(
        required=False, label=gettext_lazy("Who takes part, besides your organization")
    )


class NoteForm(PageForm):
    """What was said in a step."""

    note = LongTextField(
        rows=6,
        max_length=5_000,
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("Every member can read it. Note what people said, not who."),
    )


class FinishForm(PageForm):
    """What came of a practice."""

    came_of = LongTextField(
        rows=4,
        max_length=5_000,
        label=gettext_lazy("What came of it"),
        help_text=gettext_lazy("Like “nine facts agreed, two go to the university”; or nothing."),
    )


class LinesField(LongTextField):
    """Several things at once, one in each line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("One in each line"))
        kwargs.setdefault("help_text", gettext_lazy("Each line becomes a record of its own."))
        super().__init__(rows=8, max_length=20_000, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The lines that say something, each once."""
        lines = [line.strip() for line in str(super().clean(value)).split("\n")]
        found = tuple(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_LINES:
            raise ValidationError(_("Write at most 30 lines at once; send the others after."))
        for number, line in enumerate(found, start=1):
            if len(line) > LONGEST_LINE:
                raise ValidationError(
                    _("Shorten line %(number)s: it has %(length)s characters, 250 fit."),
                    params={"number": number, "length": len(line)},
                )
        return found


class LinesForm(PageForm):
    """One record for each line."""

    lines = LinesField()

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        del asked
        super().__init__(*args, **kwargs)


class NeedsForm(PageForm):
    """What is missing, one in each line."""

    partner = RowField(
        Partner.objects.none(),
        required=False,
        empty_label=gettext_lazy("All of us"),
        label=gettext_lazy("Who needs it"),
    )
    kind = forms.ChoiceField(choices=ResourceKind.choices, label=gettext_lazy("Kind"))
    lines = LinesField()
    until = DayField(
        required=False, label=gettext_lazy("Until"), help_text=gettext_lazy("Empty means no end.")
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("partner", partners_spoken_for(asked))
        self.fields["partner"].required = not asked.reader.may("partners.write")


class DataNeedsForm(NeedsForm):
    """Which facts are missing: knowledge, unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = ResourceKind.DATA


class OffersForm(NeedsForm):
    """What a partner gives, one in each line."""

    tied_to = forms.CharField(
        required=False,
        max_length=250,
        label=gettext_lazy("Tied to"),
        help_text=gettext_lazy("A condition, like “only for families in downtown shelters”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("RowField", self.fields["partner"])
        field.label, field.required, field.empty_label = _("Who offers it"), True, None


class OfDirectory(DirectoryForm):
    """A form that names organisations of the directory."""

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, authority=asked.initiative.authority, **kwargs)


class PartnersForm(OfDirectory):
    """Whom to ask, and why they would join."""

    organisations = OrganisationsField(label=gettext_lazy("Organizations to ask"))
    role_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=gettext_lazy("What they could do here"),
        help_text=gettext_lazy("Like “speak for landlords”. It stands beside each of them."),
    )


class ApproachForm(OfDirectory):
    """With whom somebody spoke, and what comes next."""

    organisations = OrganisationsField(label=gettext_lazy("With whom"))
    kind = forms.ChoiceField(choices=Contact.Kind.choices, label=gettext_lazy("Kind"))
    when = PartialDateField(label=gettext_lazy("When"))
    text = LongTextField(rows=4, max_length=5_000, label=gettext_lazy("What was said"))
    next_step = forms.CharField(required=False, max_length=250, label=gettext_lazy("Next step"))
    next_step_by = DayField(required=False, label=gettext_lazy("By when"))


class PromisedForm(OfDirectory):
    """One promise."""

    text = LongTextField(rows=3, max_length=5_000, label=gettext_lazy("What is promised"))
    organisation = OrganisationField(label=gettext_lazy("Who promises it"))
    due = PartialDateField(required=False, label=gettext_lazy("By when"))


class SmallWinForm(OfDirectory):
    """A promise that is kept soon, and how one would see it."""

    text = LongTextField(rows=3, max_length=4_000, label=gettext_lazy("What is done"))
    organisation = OrganisationField(label=gettext_lazy("Who does it"))
    due = DayField(
        label=gettext_lazy("By when"), help_text=gettext_lazy("Within the next sixty days.")
    )
    shown_by = forms.CharField(
        max_length=500,
        label=gettext_lazy("What would show it"),
        help_text=gettext_lazy("Something that anybody could see, like “the list on Monday”."),
    )

    def clean_due(self) -> PartialDate:
        """The day as a date of a promise."""
        return PartialDate.on(self.cleaned_data["due"])


class TalkForm(PageForm):
    """A question to many people, and the statements it begins with."""

    forum = RowField(Forum.objects.none(), label=gettext_lazy("Group that asks"))
    title = forms.CharField(
        max_length=250,
        label=gettext_lazy("The question"),
        help_text=gettext_lazy("Open and short, like “What makes a shelter good?”."),
    )
    lines = LinesField(
        label=gettext_lazy("Statements to begin with"),
        help_text=gettext_lazy(
            "One in each line, from different points of view. Nobody sees them before you open it."
        ),
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("forum", groups_to_ask(asked.initiative))


class CountForm(PageForm):
    """One measure, with where it starts and where it should be."""

    title = forms.CharField(
        max_length=250,
        label=gettext_lazy("What is counted"),
        help_text=gettext_lazy("Like “People outside on a night in January”."),
    )
    unit = forms.CharField(
        max_length=60,
        label=gettext_lazy("Counted in"),
        help_text=gettext_lazy("Like people or days."),
    )
    direction = forms.ChoiceField(
        choices=Measure.Direction.choices, label=gettext_lazy("Which way is better")
    )
    value = forms.DecimalField(
        required=False,
        max_digits=18,
        decimal_places=4,
        label=gettext_lazy("Where it starts"),
        help_text=gettext_lazy("A number, like 412. Leave it empty where nobody knows yet."),
    )
    when = PartialDateField(required=False, label=gettext_lazy("When it was counted"))
    target = forms.DecimalField(
        required=False, max_digits=18, decimal_places=4, label=gettext_lazy("Where it should be")
    )
    due = PartialDateField(required=False, label=gettext_lazy("By when"))
    costs = LongTextField(
        required=False,
        rows=2,
        max_length=2_000,
        label=gettext_lazy("Who could be harmed by chasing it"),
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        del asked
        super().__init__(*args, **kwargs)


class DecidedForm(PageForm):
    """What was decided, and when it is looked at again."""

    title = forms.CharField(max_length=250, label=gettext_lazy("In a few words"))
    text = LongTextField(rows=5, max_length=20_000, label=gettext_lazy("What we decided, and why"))
    review_on = DayField(required=False, label=gettext_lazy("We look at it again on"))

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        del asked
        super().__init__(*args, **kwargs)


class ReportedForm(PageForm):
    """What is told, and when."""

    text = LongTextField(
        rows=12,
        max_length=5_000,
        label=gettext_lazy("The story"),
        help_text=gettext_lazy("Where it began, what was tried, what came out, what failed."),
    )
    when = PartialDateField(label=gettext_lazy("When it is told"))

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        del asked
        super().__init__(*args, **kwargs)


class AgreedForm(PageForm):
    """What is added to a section of “How we work”."""

    def __init__(self, *args: Any, questions: str, asked: Asked, **kwargs: Any) -> None:
        del asked
        super().__init__(*args, **kwargs)
        for question in AGREED[questions]:
            self.fields[question.name] = LongTextField(
                required=False,
                rows=2,
                max_length=2_000,
                label=cast("str", question.label),
                help_text=cast("str", question.example),
            )
        self.settle_fields()


class StancesForm(PageForm):
    """What somebody says to each of several facts."""

    organisation = VoiceField()
    ANSWERS: tuple[tuple[str, Message], ...] = (
        ("", gettext_lazy("I say nothing yet")),
        (Stance.AGREE, gettext_lazy("It is right")),
        (Stance.DISPUTE, gettext_lazy("It is not right")),
        (Stance.NO_VIEW, gettext_lazy("I take no side")),
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = asked.reader
        self.offer_rows(
            "organisation", speaks_for(asked.initiative, reader.member_id, reader.today)
        )
        self.facts = {f"fact-{fact.pk}": fact for fact in facts_to_judge(asked)}
        for name, fact in self.facts.items():
            self._ask(name, fact)
        self.settle_fields()

    def _ask(self, name: str, fact: Fact) -> None:
        """A choice for a fact, and why."""
        self.fields[name] = forms.ChoiceField(
            choices=self.ANSWERS, required=False, widget=forms.RadioSelect, label=fact.claim
        )
        self.fields[f"{name}-why"] = forms.CharField(
            required=False,
            max_length=1_000,
            label=_("Why, to “%s”") % fact.record.title,
            help_text=_("Needed where it is not right, like “the count left out people in cars”."),
        )

    def clean(self) -> dict[str, Any]:
        """What is said to each fact."""
        said = self.cleaned_data
        words = tuple(
            FactWord(fact, said.get(name, ""), said.get(f"{name}-why", ""))
            for name, fact in self.facts.items()
        )
        for name, word in zip(self.facts, words, strict=True):
            if word.stance == Stance.DISPUTE and not word.reason.strip():
                self.add_error(f"{name}-why", _("Say what is wrong with it."))
        return {"organisation": said.get("organisation"), "stances": words} | {
            key: value for key, value in said.items() if key == "form_key"
        }


def _agreed(questions: str) -> Callable[..., PageForm]:
    def form(*args: Any, **kwargs: Any) -> PageForm:
        return AgreedForm(*args, questions=questions, **kwargs)

    return form


FORMS: Mapping[str, Callable[..., PageForm]] = {
    **dict.fromkeys(
        ("groups", "vision", "vision_out", "efforts", "lessons", "barriers", "facts"), LinesForm
    ),
    **{questions: _agreed(questions) for questions in AGREED},
    "partners": PartnersForm,
    "contact": ApproachForm,
    "offers": OffersForm,
    "needs": NeedsForm,
    "data_needs": DataNeedsForm,
    "conversation": TalkForm,
    "stances": StancesForm,
    "measure": CountForm,
    "decision": DecidedForm,
    "promise": PromisedForm,
    "small_win": SmallWinForm,
    "report": ReportedForm,
}
