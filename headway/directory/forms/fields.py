from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.directory.formats.cells import split


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("required", False)
        super().__init__(max_length=5_000, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The lines that hold something, each once."""
        text = super().clean(value)
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        """The lines as one text."""
        return "\n".join(value) if isinstance(value, tuple) else value


class IdentifiersField(forms.CharField):
    """Identifiers like ein:41-6005801, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        kwargs.setdefault(
            "help_text", gettext_lazy("Register and number, one a line, like ein:41-6005801.")
        )
        super().__init__(required=False, max_length=2_000, **kwargs)

    def clean(self, value: Any) -> tuple[tuple[str, str], ...]:
        """Pairs of scheme and identifier."""
        pairs = []
        for line in split(super().clean(value).replace("|", "\n")):
            scheme, _colon, number = (part.strip() for part in line.partition(":"))
            if not scheme or not number:
                raise ValidationError(
                    _("Enter each identifier as register and number, like ein:41-6005801."),
                    code="identifier",
                )
            pairs.append((scheme.lower(), number))
        return tuple(pairs)

    def prepare_value(self, value: Any) -> Any:
        """The pairs, one a line."""
        if isinstance(value, tuple):
            return "\n".join(f"{scheme}:{number}" for scheme, number in value)
        return value
