from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.forms import DayField, LongTextField, PageForm, RowField
from headway.initiatives import kinds
from headway.initiatives.models import Initiative

MOST_WORDS = 10


def _kind_choices() -> list[tuple[str, Message]]:
    return [("", _("Every kind")), *((kind.kind, kind.label) for kind in kinds.kinds())]


class SearchForm(PageForm):
    """What to look for in the records of an authority."""

    words = forms.CharField(
        required=False,
        max_length=250,
        label=_("Words"),
        help_text=_("In titles, texts of every version and names of files."),
    )
    kind = forms.ChoiceField(required=False, choices=_kind_choices, label=_("Kind"))
    initiative = RowField(
        Initiative.objects.none(),
        required=False,
        to_field_name="slug",
        label=_("Initiative"),
        empty_label=_("Every initiative"),
    )
    since = DayField(required=False, label=_("Recorded from"))
    until = DayField(required=False, label=_("Recorded until"))
    held = forms.ChoiceField(
        required=False,
        choices=[("", _("On hold or not")), ("yes", _("On hold")), ("no", _("Not on hold"))],
        label=_("Holds"),
    )
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("Every state")),
            ("live", _("Stands")),
            ("withdrawn", _("Withdrawn")),
            ("expunged", _("Expunged")),
        ],
        label=_("State"),
    )
    hold = forms.UUIDField(required=False, widget=forms.HiddenInput)
    record = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, initiatives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("initiative", initiatives)

    def clean_words(self) -> str:
        """At most ten words, because each is one more search through everything."""
        words: str = self.cleaned_data["words"]
        if len(words.split()) > MOST_WORDS:
            raise forms.ValidationError(
                _("Search for at most %(most)s words, like “shelter beds”.") % {"most": MOST_WORDS}
            )
        return words


class HoldForm(PageForm):
    """A hold on a whole initiative, or on what a search has found and perhaps one as well."""

    name = forms.CharField(
        max_length=250, label=_("Name of the hold"), help_text=_("Like “Data request 2026-014”.")
    )
    reason = LongTextField(
        rows=3, label=_("Why"), help_text=_("Like “litigation: Smith v. County”.")
    )
    initiative = RowField(
        Initiative.objects.none(),
        required=False,
        label=_("Initiative to keep whole"),
        help_text=_("Everything in it is kept, and everything that is recorded in it later."),
    )

    def __init__(self, *args: Any, initiatives: Any, found: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.offer_rows("initiative", initiatives)
        chosen.empty_label = _("Choose an initiative")
        chosen.required = not found
        if found:
            chosen.label = _("A whole initiative as well")
            chosen.empty_label = _("Only the records found")


class ReasonForm(PageForm):
    """Why something is removed or released."""

    because = LongTextField(
        rows=2,
        max_length=1_000,
        label=_("Why"),
        help_text=_("Like “court order of May 4”. It stays in the log, so name nobody in it."),
    )


class RedactForm(PageForm):
    """What to blacken in a record."""

    passage = forms.CharField(
        required=False,
        max_length=5_000,
        strip=False,
        label=_("Words to blacken"),
        help_text=_("Exactly as they stand there. Empty means the whole text chosen below."),
    )
    field = forms.ChoiceField(required=False, label=_("In which text"))
    because = LongTextField(
        rows=2,
        max_length=1_000,
        label=_("Why"),
        help_text=_("Like “names a client”. It stays in the log, so name nobody in it."),
    )

    def __init__(self, *args: Any, fields: dict[str, Message], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("field", [("", _("Every text of this record")), *fields.items()])
