from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, RowField
from headway.directory.models import Organisation
from headway.forums.models import Moderation


class CommentForm(PageForm):
    """Something to say about a record."""

    text = LongTextField(
        rows=4,
        max_length=5_000,
        label=_("What you have to say"),
        help_text=_("Write @ and a name, like @Maria Lopez, and that person is told."),
    )
    organisation = RowField(
        Organisation.objects.none(),
        required=False,
        empty_label=_("In my own name"),
        label=_("In whose name"),
        help_text=_("Organizations for which a mandate lets you speak about facts."),
    )

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if organisations is None or not organisations.exists():
            self.fields.pop("organisation")
        else:
            self.offer_rows("organisation", organisations)


class ReportForm(PageForm):
    """What is wrong with what somebody wrote."""

    because = LongTextField(
        rows=2,
        max_length=1_000,
        label=_("What is wrong with it"),
        help_text=_("Like “It names a guest of the shelter”. Only moderators read this."),
    )


class HideForm(PageForm):
    """Under which rule something is taken away."""

    rule = forms.ChoiceField(
        choices=Moderation.Rule.choices, widget=forms.RadioSelect, label=_("Which rule it breaks")
    )
    because = LongTextField(
        required=False,
        rows=2,
        max_length=1_000,
        label=_("Why, in a sentence"),
        help_text=_("Its author reads this, and it stands in the public log."),
    )


class RestoreForm(PageForm):
    """Why something is shown again."""

    because = LongTextField(required=False, rows=2, max_length=1_000, label=_("Why"))
