from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField, PageForm, RowField
from headway.directory.models import Organisation
from headway.directory.models.organisation import Sector
from headway.forums.models import Choice, Conversation, Forum, Moderation, Statement
from headway.initiatives.forms import SeenForm


class ConversationForm(SeenForm):
    """A question on which many people vote short statements."""

    title = forms.CharField(
        max_length=250,
        label=_("The question"),
        help_text=_("Open and short, like “What makes a shelter good?”."),
    )
    introduction = LongTextField(
        required=False,
        rows=3,
        max_length=5_000,
        label=_("What people should know first"),
        help_text=_("Two or three sentences, and what becomes of the result."),
    )
    open_to = forms.ChoiceField(
        choices=Conversation.OpenTo.choices,
        widget=forms.RadioSelect,
        label=_("Who may take part"),
        help_text=_(
            "With anyone, only a browser is known: somebody who votes in two of them counts twice."
        ),
    )
    opens_on = DayField(
        required=False, label=_("First day"), help_text=_("Empty means as soon as you open it.")
    )
    closes_on = DayField(
        required=False,
        label=_("Last day"),
        help_text=_("It closes at midnight after that day. Empty means until you close it."),
    )
    checked_first = forms.BooleanField(
        required=False, label=_("Read new statements before they appear")
    )
    asks_sector = forms.BooleanField(required=False, label=_("Ask people for their sector"))
    statements_each = forms.IntegerField(
        min_value=0, max_value=50, initial=5, label=_("Statements each person may add")
    )


class NewConversationForm(ConversationForm):
    """The same, with its group and the statements it begins with."""

    forum = RowField(Forum.objects.none(), label=_("Group that asks"))
    statements = LongTextField(
        required=False,
        rows=8,
        max_length=10_000,
        label=_("Statements to begin with"),
        help_text=_("One on each line, ten or more if you can, from different points of view."),
    )

    def __init__(self, *args: Any, forums: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("forum", forums)
        self.order_fields(["title", "introduction", "forum", "statements"])


class SeedsForm(PageForm):
    """Further statements to begin with."""

    texts = LongTextField(
        rows=8,
        max_length=10_000,
        label=_("Statements"),
        help_text=_("One on each line. They appear at once."),
    )


class StatementForm(SeenForm):
    """The words of a statement."""

    text = LongTextField(rows=3, max_length=280, label=_("Statement"))


class CodesForm(PageForm):
    """How many invitation codes are wanted."""

    count = forms.IntegerField(min_value=1, max_value=2_000, initial=40, label=_("How many"))


class PaperForm(PageForm):
    """One paper ballot as somebody marked it."""

    def __init__(self, *args: Any, statements: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = {str(statement.pk): statement for statement in statements}
        marks = [*Choice.Value.choices, ("", _("Not marked"))]
        for key, statement in self.statements.items():
            self.fields[key] = forms.ChoiceField(
                choices=marks,
                required=False,
                widget=forms.RadioSelect,
                label=f"{statement.number}. {statement.text}",
            )
        self.fields["sector"] = forms.ChoiceField(
            choices=[("", _("Not said")), *Sector.choices], required=False, label=_("Sector")
        )


class MergeForm(PageForm):
    """With which statement another one is merged."""

    into = forms.ChoiceField(widget=forms.RadioSelect, label=_("Which statement is kept"))
    because = forms.CharField(
        required=False,
        max_length=1_000,
        label=_("Why, in a sentence"),
        help_text=_("Its author reads it, and it stands in the public log."),
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("into", offered)


class VoiceForm(PageForm):
    """What an organisation says to a statement."""

    organisation = RowField(Organisation.objects.none(), label=_("Organization"))
    choice = forms.ChoiceField(
        choices=Choice.Value.choices, widget=forms.RadioSelect, label=_("What it says")
    )
    wording = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisations: Any, wording: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("organisation", organisations)
        self.now = self.initial["wording"] = wording

    def clean(self) -> dict[str, Any]:
        """Refuse what answers older words; sent again it answers those that the page shows."""
        said = super().clean() or self.cleaned_data
        if said.get("wording") not in {None, self.now}:
            data = cast("QueryDict", self.data).copy()
            data["wording"] = str(self.now)
            self.data = data
            self.add_error(
                None, _("The words were changed while you read them. Read them, then say so again.")
            )
        return said


class QueueForm(PageForm):
    """What becomes of everything that is ticked."""

    items = forms.MultipleChoiceField(
        label=_("What you decide about"), widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(
        choices=[("keep", _("Publish or leave")), ("remove", _("Refuse or hide"))],
        label=_("Decision"),
    )
    rule = forms.ChoiceField(
        required=False,
        choices=[("", _("No rule broken")), *Moderation.Rule.choices],
        label=_("Rule it breaks"),
        help_text=_("Needed to refuse or hide."),
    )
    because = forms.CharField(
        required=False,
        max_length=1_000,
        label=_("Why, in a sentence"),
        help_text=_("The author reads it, and it stands in the public log."),
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("items", items)
