from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm
from headway.forums.models import Moderation


class CommentForm(PageForm):
    """Something to say about a record."""

    text = LongTextField(
        rows=4,
        max_length=5_000,
        label=_("What you have to say"),
        help_text=_("Write @ and a name, like @Maria Lopez, and that person is told."),
    )


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
