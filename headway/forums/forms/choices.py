from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm
from headway.directory.models.organisation import Sector
from headway.forums.models import Choice


class ChoiceForm(PageForm):
    """A vote on one statement."""

    statement = forms.UUIDField(widget=forms.HiddenInput)
    wording = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    choice = forms.ChoiceField(choices=Choice.Value.choices, label=_("Your vote"))


class CodeForm(PageForm):
    """An invitation code."""

    code = forms.CharField(
        max_length=40,
        label=_("Your code"),
        help_text=_("Twelve letters and digits, like 7KQ2-M9XD-HF4T."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SectorForm(PageForm):
    """From which part of society somebody comes."""

    sector = forms.ChoiceField(
        choices=[*Sector.choices],
        widget=forms.RadioSelect,
        label=_("Which part of the community do you speak from?"),
        help_text=_("It is counted only together with at least four others."),
    )


class SayForm(PageForm):
    """A statement of one's own."""

    text = LongTextField(
        rows=3,
        max_length=280,
        label=_("Your statement"),
        help_text=_("One short sentence that says one thing, like “Shelters open at noon.”"),
    )
    address = forms.EmailField(
        required=False,
        max_length=250,
        label=_("E-mail address"),
        help_text=_(
            "Only if you want to hear what became of it. It is kept beside the statement and "
            "never beside your votes."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "email"
