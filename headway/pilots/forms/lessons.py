"""What people enter about lessons."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, RowField
from headway.initiatives import kinds
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Record
from headway.pilots.forms.wording import WordedForm


class LessonForm(WordedForm, SeenForm):
    """What others can learn from."""

    WORDED = ("text", "applies_to")

    text = LongTextField(
        rows=3,
        max_length=5_000,
        label=_("What we learned"),
        help_text=_("Like “Ask by text message, not by letter”. Roles, not names."),
    )
    applies_to = LongTextField(
        required=False,
        rows=2,
        max_length=5_000,
        label=_("Where it helps, and where not"),
        help_text=_("Like “people with a phone; not those who share one”."),
    )


class CaseField(RowField):
    """A record, by its kind, its title and its initiative."""

    def label_from_instance(self, obj: Record) -> str:
        """The words of one choice."""
        return f"{capfirst(str(kinds.label(obj.kind)))}: {obj.title} ({obj.initiative.title})"


class CaseForm(PageForm):
    """A case for a lesson or against it."""

    case = CaseField(None, widget=forms.RadioSelect, label=_("Which case"))
    supports = forms.ChoiceField(
        choices=[("1", _("it speaks for the lesson")), ("0", _("it speaks against it"))],
        widget=forms.RadioSelect,
        label=_("What it shows"),
    )
    note = LongTextField(required=False, rows=2, max_length=2_000, label=_("How it shows that"))

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("case", cases)

    def clean_supports(self) -> bool:
        """Whether it speaks for the lesson."""
        return bool(self.cleaned_data["supports"] == "1")


class ChangeForm(WordedForm, SeenForm):
    """A recommendation worded anew because of a lesson."""

    title = forms.CharField(max_length=250, label=_("In one line"))
    text = LongTextField(rows=10, max_length=20_000, label=_("What is recommended"))
    expects = LongTextField(
        required=False, rows=3, max_length=5_000, label=_("What it is expected to change")
    )
