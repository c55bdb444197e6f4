from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import (
    DayField,
    LongTextField,
    PageForm,
    PartialDateField,
    RowField,
    RowsField,
)
from headway.directory.models import Organisation
from headway.initiatives.forms import SeenForm
from headway.partners.models import (
    Contact,
    Correction,
    Need,
    Partner,
    ResourceKind,
    WorkingAgreement,
)
from headway.problems.models import AffectedGroup


class PartnerForm(PageForm):
    """An organisation that takes part or is invited."""

    organisation = RowField(
        Organisation.objects.none(),
        label=_("Organization"),
        help_text=_("Not in the list? Ask the registrar to add it to the directory."),
    )
    state = forms.ChoiceField(
        choices=[
            (Partner.State.TAKING_PART.value, _("It takes part")),
            (Partner.State.INVITED.value, _("We invited it and wait for an answer")),
        ],
        widget=forms.RadioSelect,
        initial=Partner.State.TAKING_PART.value,
        label=_("Where it stands"),
    )
    when = PartialDateField(required=False, label=_("Since when"))
    role_as_said = LongTextField(
        required=False,
        rows=3,
        label=_("What it does here"),
        help_text=_("Like “runs one of the two shelters, hosts the outreach team”."),
    )
    represents = RowField(
        AffectedGroup.objects.none(),
        required=False,
        label=_("Whom of those affected it speaks for"),
    )

    def __init__(self, *args: Any, organisations: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", organisations)
        self.offer_rows("represents", groups)


class EditPartnerForm(SeenForm):
    """What a partner does here."""

    role_as_said = LongTextField(required=False, rows=3, label=_("What it does here"))
    represents = RowField(
        AffectedGroup.objects.none(),
        required=False,
        label=_("Whom of those affected it speaks for"),
    )
    when = PartialDateField(required=False, label=_("Takes part since"))

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("represents", groups)


class MoveForm(PageForm):
    """What became of an invitation, or that a partner left."""

    state = forms.ChoiceField(widget=forms.RadioSelect, label=_("Where it stands now"))
    when = PartialDateField(required=False, label=_("Since when"))
    because = LongTextField(
        required=False,
        rows=2,
        label=_("In their words"),
        help_text=_("Like “board says yes for one year”. It stays with the date."),
    )

    def __init__(self, *args: Any, states: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("state", states)


class ResourceForm(PageForm):
    """What an offer and a need have in common."""

    what = LongTextField(rows=2, label=_("What it is"))
    kind = forms.ChoiceField(choices=ResourceKind.choices, label=_("Kind"))
    amount = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        label=_("How much"),
        help_text=_("A number, like 25000. Leave it empty where it cannot be counted."),
    )
    unit = forms.CharField(
        required=False,
        max_length=60,
        label=_("Counted in"),
        help_text=_("Like US dollars, hours a week, beds. Offers and needs add up by it."),
    )
    until = DayField(required=False, label=_("Until"), help_text=_("Empty means no end."))


class OfferFields(ResourceForm):
    """What is asked about an offer."""

    tied_to = forms.CharField(
        required=False,
        max_length=250,
        label=_("Tied to"),
        help_text=_("A condition, like “only for families in downtown shelters”."),
    )


class OfferForm(OfferFields, SeenForm):
    """Something that a partner offers."""


class NewOfferForm(OfferFields):
    """Something that a partner offers, and which partner."""

    partner = RowField(Partner.objects.none(), label=_("Who offers it"))
    field_order = ("partner",)

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("partner", partners)


class NeedForm(ResourceForm, SeenForm):
    """Something that is needed."""


class NewNeedForm(ResourceForm):
    """Something that is needed, and by whom."""

    partner = RowField(
        Partner.objects.none(), required=False, empty_label=_("All of us"), label=_("Who needs it")
    )
    field_order = ("partner",)

    def __init__(self, *args: Any, partners: Any, everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("partner", partners)
        self.fields["partner"].required = not everybody


class AnswerNeedForm(PageForm):
    """Which need an offer answers."""

    need = RowField(Need.objects.none(), label=_("Need it answers, wholly or in part"))

    def __init__(self, *args: Any, needs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("need", needs)


class ContactForm(SeenForm):
    """A meeting, call, note or visit."""

    kind = forms.ChoiceField(choices=Contact.Kind.choices, label=_("Kind"))
    when = PartialDateField(label=_("When"))
    text = LongTextField(
        rows=4,
        label=_("What it was about"),
        help_text=_("Every partner named here and every member can read this."),
    )
    next_step = forms.CharField(
        required=False,
        max_length=250,
        label=_("Next step"),
        help_text=_("Like “send the draft agreement”."),
    )
    next_step_by = DayField(required=False, label=_("By when"))
    organisations = RowsField(Organisation.objects.none(), label=_("With which partners"))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisations", organisations)


class CorrectionForm(PageForm):
    """What is wrong and what is right."""

    part = forms.ChoiceField(widget=forms.RadioSelect, label=_("What is wrong"))
    should_say = LongTextField(
        rows=3,
        label=_("What it should say"),
        help_text=_("Write it as it should stand. The convener answers, and both stay on record."),
    )

    def __init__(self, *args: Any, parts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(part, Correction.Part(part).label) for part in parts]
        self.offer_choices("part", choices)
        if len(choices) == 1:
            self.fields["part"].initial = choices[0][0]


class AnswerForm(PageForm):
    """The convener's answer to a correction."""

    decision = forms.ChoiceField(
        choices=[
            (Correction.State.ACCEPTED.value, _("Accept it")),
            (Correction.State.DECLINED.value, _("Leave the record as it is")),
        ],
        widget=forms.RadioSelect,
        label=_("Your answer"),
    )
    answer = LongTextField(
        required=False,
        rows=3,
        label=_("In your words"),
        help_text=_("The organization reads this. Needed where you leave the record as it is."),
    )


class AgreementForm(SeenForm):
    """How we work, in four sections."""

    decisions = LongTextField(
        max_length=20_000,
        required=False,
        rows=5,
        label=WorkingAgreement.HEADINGS["decisions"],
        help_text=_("Like “By consent in the monthly meeting; money needs a vote of all.”"),
    )
    roles = LongTextField(
        max_length=20_000,
        required=False,
        rows=5,
        label=WorkingAgreement.HEADINGS["roles"],
        help_text=_("Each role with its deputy, and until when: “Chair: the county, to June.”"),
    )
    sharing = LongTextField(
        max_length=20_000,
        required=False,
        rows=5,
        label=WorkingAgreement.HEADINGS["sharing"],
        help_text=_("Like “Monthly counts, never names. No group smaller than 11.”"),
    )
    disagreements = LongTextField(
        max_length=20_000,
        required=False,
        rows=5,
        label=WorkingAgreement.HEADINGS["disagreements"],
        help_text=_("Like “First between the two; then the facilitator; then all of us.”"),
    )
