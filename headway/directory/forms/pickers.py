"""Fields that find organisations, people, seats and areas by name, with or without JavaScript.

Somebody types names, helped by the browser's own suggestions. A name that could mean several rows,
or a part of one, comes back with the choices beside it, and nothing that was typed is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority
from headway.core.forms import PageForm
from headway.core.text import LINE, text_refusal
from headway.directory.queries.finders import (
    AreaFinder,
    Finder,
    OrganisationFinder,
    PersonFinder,
    PostFinder,
)

SPARE_LINES = 3
MOST_LINES = 100
ONE = gettext_lazy("Type the name or a part of it.")
SEVERAL = gettext_lazy(
    "Type a name or a part of it in each line. For more than fit, put a semicolon between names."
)


@dataclass(frozen=True)
class Sent:
    """One line as it was sent: a name, the row it stood for, and the row chosen beside it."""

    name: str
    kept: str = ""
    meant: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the form: a name with the row it stands for, or the rows it could mean."""

    text: str = ""
    key: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """What one line says: a row, or why it is unclear; and how the form shows the line again."""

    line: Line
    row: Any = None
    refusal: str = ""


class NamesInput(forms.Widget):
    """Lines to type names into, with suggestions, and a choice beside each unclear name."""

    template_name = "core_forms/names.html"

    def __init__(self, attrs: Any = None, *, several: bool = False) -> None:
        super().__init__(attrs)
        self.several = several
        self.use_fieldset = several
        self.lines: tuple[Line, ...] = ()
        self.finder: Finder | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[Sent, ...]:
        """Every name sent, with what settles it."""
        del files
        columns = (_sent(data, each) for each in (name, f"{name}-kept", f"{name}-meant"))
        sent = (Sent(*line) for line in zip_longest(*columns, fillvalue=""))
        return tuple(each for each in sent if each.name.strip())

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form was sent without these lines."""
        del files
        return name not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: spare lines stay empty."""
        del initial
        return False

    def id_for_label(self, id_: str, index: str = "") -> str:
        """The first line."""
        del index
        return f"{id_}_1" if id_ and self.several else id_

    def format_value(self, value: Any) -> Any:
        """The lines to show; names that were looked up come with what was found."""
        if any(isinstance(each, Sent) for each in value or ()):
            return list(self.lines) or [Line(each.name) for each in value]
        return list(value or ())

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The lines with their ids, and the suggestions."""
        context = super().get_context(name, value, attrs)
        lines = self.format_value(value)
        spare = SPARE_LINES if self.several else int(not lines)
        own = context["widget"]["attrs"]
        first = self.id_for_label(own.pop("id", "") or f"id_{name}")
        context["widget"] |= {
            "lines": [*lines, *[Line()] * spare],
            "first": first,
            "stem": first.removesuffix("_1"),
            "several": self.several,
            "suggestions": self.finder.suggestions() if self.finder else (),
        }
        return context


def _sent(data: Any, name: str) -> list[str]:
    if hasattr(data, "getlist"):
        return [str(each) for each in data.getlist(name)]
    found = data.get(name, ())
    return [str(each) for each in (found if isinstance(found, list | tuple) else (found,))]


class NamesField(forms.Field):
    """Rows of the directory typed by name; `begin` says of which authority."""

    finder_kind: ClassVar[type[Finder]]
    several: ClassVar[bool] = False
    default_error_messages = {"required": gettext_lazy("Enter a name from the directory.")}
    widget: NamesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", NamesInput(several=self.several))
        kwargs.setdefault("help_text", SEVERAL if self.several else ONE)
        super().__init__(**kwargs)
        self.finder: Finder
        self.standing: tuple[Any, ...] = ()

    def begin(self, authority: Authority, rows: Any = None, standing: Any = None) -> None:
        """Say where to look; `rows` narrows it down, `standing` are the rows chosen before."""
        self.finder = self.widget.finder = self.finder_kind(authority, rows)
        self.standing = _as_rows(standing)
        self.widget.lines = ()

    def prepare_value(self, value: Any) -> Any:
        """The rows chosen before, as lines; a line as it was sent stays as it is."""
        if isinstance(value, Sent):
            return value.name
        rows = _as_rows(value)
        return rows if any(isinstance(row, Sent) for row in rows) else [*map(self._line, rows)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other names stand there than before."""
        before = [line.text for line in self.prepare_value(initial)]
        return before != [each.name for each in data or ()]

    def clean(self, value: Any) -> Any:
        """The rows meant, each once; one row or None where the field takes one."""
        sent = [piece for each in value or () for piece in self._pieces(each)]
        if self.required and not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > MOST_LINES:
            raise ValidationError(_("Enter at most %(most)s names.") % {"most": MOST_LINES})
        found = [self._find(each) for each in sent]
        self.widget.lines = tuple(each.line for each in found)
        refusals = [ValidationError(each.refusal, code="unclear") for each in found if each.refusal]
        if refusals:
            raise ValidationError(refusals)
        rows = list({each.row.pk: each.row for each in found}.values())
        return rows if self.several else next(iter(rows), None)

    def _pieces(self, sent: Sent) -> list[Sent]:
        """The names in one line."""
        name = sent.name.strip()
        whole = not self.several or ";" not in name or text_refusal(name, LINE * MOST_LINES)
        if whole or (len(name) <= LINE and self._known(name)):
            return [Sent(name, sent.kept, sent.meant)]
        return [Sent(piece.strip()) for piece in name.split(";") if piece.strip()]

    def _known(self, name: str) -> list[Any]:
        """Rows of exactly this name, those chosen before first, even if withdrawn since."""
        standing = [row for row in self.standing if self.finder.typed(row) == name]
        return standing or self.finder.by_id(name) or self.finder.called(name)

    def _find(self, sent: Sent) -> Found:
        """The one row meant, or why it is unclear and what could be meant."""
        refusal = text_refusal(sent.name, LINE)
        if refusal:
            return Found(Line(sent.name), refusal=str(refusal))
        known = self._known(sent.name)
        near = known or self.finder.near(sent.name)
        row = (
            known[0] if len(known) == 1 else _chosen(near, sent.meant) or _chosen(known, sent.kept)
        )
        if row is not None:
            return Found(self._line(row), row)
        labels = self.finder.labels(near)
        choices = tuple((str(each.pk), labels[each.pk]) for each in near)
        why = _why(sent.name, several=bool(known), near=bool(near))
        return Found(Line(sent.name, choices=choices), refusal=why)

    def _line(self, row: Any) -> Line:
        return Line(self.finder.typed(row), str(row.pk))


def _as_rows(value: Any) -> tuple[Any, ...]:
    """One row, several or none, as a tuple."""
    if value is None or value == "":
        return ()
    return (value,) if hasattr(value, "pk") else tuple(value)


def _chosen(rows: list[Any], key: str) -> Any:
    """The row among these whose id was sent with the name, or None."""
    return next((row for row in rows if str(row.pk) == key), None)


def _why(name: str, *, several: bool, near: bool) -> str:
    """What to do about a name that does not mean one row."""
    if several:
        words = _("Several are called “%(name)s”. Choose below which one you mean.")
    elif near:
        words = _("Nothing is called “%(name)s”. Choose below what you mean, or correct the name.")
    else:
        words = _(
            "Nothing in the directory is called “%(name)s”. Correct the name, "
            "or add it to the directory first."
        )
    return words % {"name": name}


class OrganisationField(NamesField):
    """One organisation."""

    finder_kind = OrganisationFinder


class OrganisationsField(OrganisationField):
    """Several organisations."""

    several = True


class PersonField(NamesField):
    """One person."""

    finder_kind = PersonFinder


class PostField(NamesField):
    """One seat."""

    finder_kind = PostFinder


class AreaField(NamesField):
    """One area."""

    finder_kind = AreaFinder


class DirectoryForm(PageForm):
    """A form whose rows are found by name in one authority.

    `offered` narrows a field down: {"lead": the initiative's partners}.
    """

    def __init__(
        self,
        *args: Any,
        authority: Authority,
        offered: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.authority = authority
        for name, field in self.fields.items():
            if isinstance(field, NamesField):
                before = self.get_initial_for_field(field, name)
                field.begin(authority, (offered or {}).get(name), before)
