"""What each column of a table that somebody brings along means."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.forms import PageForm


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
