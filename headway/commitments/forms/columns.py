"""What every kind of table that somebody brings along asks: where it stands, what it means."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.directory.formats.cells import is_web_address


class AddressField(forms.CharField):
    """Where something stands on the web: an address that a browser opens, or nothing."""

    def __init__(self, *, like: str, **kwargs: Any) -> None:
        self.like = like
        super().__init__(
            required=False,
            max_length=1_000,
            widget=forms.URLInput,
            help_text=format_lazy(_("Like {address}."), address=like),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """The address, or a refusal that shows a whole one."""
        address = str(super().clean(value))
        if address and not is_web_address(address):
            raise forms.ValidationError(
                _("Enter the whole address, like %(address)s.") % {"address": self.like}
            )
        return address


class ColumnsForm(PageForm):
    """One question for each column: which of the meanings it has, or none."""

    meanings: ClassVar[Mapping[str, Message]]

    def __init__(
        self, *args: Any, headings: Sequence[str], mapping: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for number, heading in enumerate(headings):
            self.fields[f"column{number}"] = forms.ChoiceField(
                required=False,
                choices=list(self.meanings.items()),
                initial=mapping[number] if number < len(mapping) else "",
                label=heading or _("Column %(number)s") % {"number": number + 1},
                error_messages={"invalid_choice": _("Choose one of the options listed.")},
            )

    def chosen(self, said: dict[str, Any]) -> list[str]:
        """The meanings in the order of the columns."""
        return [said[name] for name in self.fields if name.startswith("column")]
