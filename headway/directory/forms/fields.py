from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority
from headway.directory.formats.cells import split
from headway.directory.models import Area, Organisation, Person
from headway.directory.queries.similar import similar_organisations, similar_people

EXAMPLE = gettext_lazy("Type the name as it stands in the directory.")


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


class RowByName(forms.CharField):
    """A row of the directory, typed by name: a list of all of them could be very long.

    `authority` is set by the form.
    """

    authority: Authority
    rows: Any = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", EXAMPLE)
        super().__init__(max_length=250, **kwargs)

    def clean(self, value: Any) -> Any:
        """The one row that is called so, or None where nothing was typed."""
        name = super().clean(value)
        if not name:
            return None
        found = self._found(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(self._several(name), code="several")
        raise ValidationError(self._none(name), code="unknown")

    def _found(self, name: str) -> list[Any]:
        rows = self.rows.in_authority(self.authority).live()
        try:
            return list(rows.filter(pk=UUID(name.strip())))
        except ValueError:
            pass
        found = {row.pk: row for row in map(_canonical, rows.called(name)) if row.live}
        return list(found.values())

    def prepare_value(self, value: Any) -> Any:
        """The name of a row."""
        return value if value is None or isinstance(value, str) else str(value)

    def _several(self, name: str) -> str:
        return _("Several are called “%(name)s”. Open the right one and start from its page.") % {
            "name": name
        }

    def _none(self, name: str) -> str:
        near = self.near(name)
        if near:
            return _("Nothing is called “%(name)s”. Do you mean: %(near)s?") % {
                "name": name,
                "near": "; ".join(near),
            }
        return _("Nothing in the directory is called “%(name)s”. Add it first.") % {"name": name}

    def near(self, name: str) -> list[str]:
        """Names that come near."""
        del name
        return []


def _canonical(row: Any) -> Any:
    return getattr(row, "canonical", row)


class OrganisationByName(RowByName):
    """An organisation, typed by name."""

    rows = Organisation.objects

    def near(self, name: str) -> list[str]:
        """Organisations that come near by name."""
        return [ref.name for ref in similar_organisations(self.authority, name).found[:3]]


class PersonByName(RowByName):
    """A person, typed by name."""

    rows = Person.objects

    def near(self, name: str) -> list[str]:
        """People who come near by name."""
        return [ref.name for ref in similar_people(self.authority, name).found[:3]]


class AreaByName(RowByName):
    """An area, typed by name."""

    rows = Area.objects

    def near(self, name: str) -> list[str]:
        """The areas that begin alike."""
        rows = Area.objects.in_authority(self.authority).live()
        return [row.name for row in rows.matching(name[:4])[:3]]
