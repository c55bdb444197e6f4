"""The shape of what people type: every form page builds on `PageForm`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import PurePath
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.http import HttpRequest
from django.utils.choices import flatten_choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message, Refusals, RuleError
from headway.core.text import LINE, PARAGRAPH, text_refusal
from headway.core.typed import TypedBefore
from headway_analysis.partial_date import EARLIEST, LATEST, PartialDate, parse

MEGABYTE = 1024 * 1024
KEY = "form_key"

PLAIN_WORDS: dict[type[forms.Field], dict[str, Promise]] = {
    forms.Field: {
        "required": _("Fill this in."),
        "min_value": _("Enter %(limit_value)s or more."),
        "max_value": _("Enter %(limit_value)s or less."),
    },
    forms.ChoiceField: {
        "required": _("Choose one of the options."),
        "invalid_choice": _("Choose one of the options listed."),
    },
    forms.MultipleChoiceField: {
        "required": _("Choose at least one of the options."),
        "invalid_choice": _("Choose only from the options listed."),
        "invalid_list": _("Choose only from the options listed."),
    },
    forms.ModelChoiceField: {
        "required": _("Choose one of the options."),
        "invalid_choice": _("Choose one of the options listed; the list may have changed."),
    },
    forms.ModelMultipleChoiceField: {
        "required": _("Choose at least one of the options."),
        "invalid_choice": _("Choose only from the options listed; the list may have changed."),
        "invalid_list": _("Choose only from the options listed."),
        "invalid_pk_value": _("Choose only from the options listed; the list may have changed."),
    },
    forms.BooleanField: {"required": _("Tick this box to go on.")},
    forms.DateField: {
        "required": _("Enter a date, like 2026-03-27."),
        "invalid": _("Enter the date as year-month-day, like 2026-03-27."),
    },
    forms.DateTimeField: {
        "required": _("Enter a date and time, like 2026-03-27 14:30."),
        "invalid": _("Enter the date and time like 2026-03-27 14:30."),
    },
    forms.TimeField: {
        "required": _("Enter a time, like 14:30."),
        "invalid": _("Enter the time as hours and minutes, like 14:30."),
    },
    forms.IntegerField: {"invalid": _("Enter a whole number, like 12.")},
    forms.FloatField: {"invalid": _("Enter a number, like 3.5.")},
    forms.DecimalField: {
        "invalid": _("Enter a number, like 1250.50."),
        "max_digits": _("Enter a number with at most %(max)s digits."),
        "max_decimal_places": _("Enter a number with at most %(max)s digits after the point."),
        "max_whole_digits": _("Enter a number with at most %(max)s digits before the point."),
    },
    forms.EmailField: {"invalid": _("Enter an email address, like name@county.example.")},
    forms.URLField: {"invalid": _("Enter a web address, like https://www.county.example.")},
    forms.UUIDField: {"invalid": _("Follow the link again; its address has been cut short.")},
    forms.FileField: {
        "required": _("Choose a file from your device."),
        "missing": _("Choose a file from your device."),
        "empty": _("Choose a file that has something in it; this one is empty."),
        "invalid": _("Choose the file again; it did not arrive."),
        "max_length": _("Give the file a name of at most %(max)d characters; this has %(length)d."),
    },
}


def _stock_messages(kind: type[forms.Field]) -> Mapping[str, object]:
    """The messages that Django gives a kind of field when nobody chose others."""
    stock: dict[str, object] = {}
    for ancestor in reversed(kind.__mro__):
        if not ancestor.__module__.startswith("django."):
            continue
        stock.update(getattr(ancestor, "default_error_messages", {}))
    return stock


def _use_plain_words(field: forms.Field) -> None:
    """Replace Django's own messages, and keep those that the form's author wrote."""
    stock = _stock_messages(type(field))
    for kind in reversed(type(field).__mro__):
        for code, message in PLAIN_WORDS.get(kind, {}).items():
            if field.error_messages.get(code) in (stock.get(code), *_plain_messages(code)):
                field.error_messages[code] = cast("str", message)


def use_plain_words(form: forms.Form) -> None:
    """Let a form that is not ours refuse in the words of ours."""
    for field in form.fields.values():
        _use_plain_words(field)


@cache
def _plain_messages(code: str) -> tuple[Promise, ...]:
    return tuple(words[code] for words in PLAIN_WORDS.values() if code in words)


class StorableText:
    """Refuses text that one of the database engines could not keep."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, value: object) -> None:
        """Raise a ValidationError that says what to mend."""
        refusal = text_refusal(str(value), self.longest)
        if refusal is not None:
            raise ValidationError(cast("str", refusal), code="not_storable")


def _hold_to_storable(field: forms.CharField) -> None:
    """Cap a text field and refuse what cannot be stored, in words that help."""
    usual = PARAGRAPH if isinstance(field.widget, forms.Textarea) else LINE
    longest = field.max_length or usual
    kept = [
        check
        for check in field.validators
        if not isinstance(
            check, (MaxLengthValidator, ProhibitNullCharactersValidator, StorableText)
        )
    ]
    # First, and alone on refusal: the later ones would repeat themselves about the same text.
    field.validators = [StorableText(longest), *kept]
    # A browser would cut pasted text at "maxlength" without a word; the server says so instead.
    field.widget.attrs.pop("maxlength", None)


class PageForm(forms.Form):
    """A form that hands its cleaned values to one action and shows what the action refuses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.result: Any = None
        self.settle_fields()

    def settle_fields(self) -> None:
        """Give every field plain words and bounds; again where a form adds fields of its own."""
        for field in self.fields.values():
            _use_plain_words(field)
            if isinstance(field, forms.CharField):
                _hold_to_storable(field)

    def offer_choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
        """Set what a field of choices offers, where that is known only when the page is asked."""
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = choices
        return field

    def offer_rows(
        self, name: str, rows: models.QuerySet[Any] | None
    ) -> "forms.ModelChoiceField[Any]":
        """Set which rows a field offers, where that is known only when the page is asked."""
        field = cast("forms.ModelChoiceField[Any]", self.fields[name])
        field.queryset = rows
        return field

    def carry_out(self, action: Callable[[dict[str, Any]], Any]) -> bool:
        """Run the action on valid values; a refusal becomes a message at its field."""
        if isinstance(self.data, TypedBefore) or not self.is_valid():
            return False
        try:
            self.result = action(self.cleaned_data)
        except Refusals as refusals:
            for field, message in refusals.by_field.items():
                self._refuse(field, message)
        except RuleError as refusal:
            self._refuse(refusal.field, refusal.message)
        return not self.errors

    def _refuse(self, field: str, message: Message) -> None:
        known = field if field in self.fields else None
        self.add_error(known, cast("str", message))


class LongTextField(forms.CharField):
    """Several lines of text, with line ends made alike."""

    def __init__(self, *, max_length: int = PARAGRAPH, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """The text with every line end as one newline."""
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class DayField(forms.DateField):
    """One exact day, picked in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%m/%d/%Y"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day, within years that every calculation with it can bear."""
        day = super().to_python(value)
        if day is not None and not EARLIEST <= day.year <= LATEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class PartialDateField(forms.CharField):
    """A date as exactly as it is known: "2006-11-28", "autumn 2007", "c. 2016"."""

    default_error_messages = {"required": _("Enter the date as you know it, like autumn 2007.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("As exactly as you know: 2006-11-28, 2006-11, autumn 2007.")
        )
        super().__init__(max_length=60, **kwargs)

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]  # a parsed CharField
        """The stretch of days meant, or None where nothing was typed."""
        if isinstance(value, PartialDate):
            return value
        words = str(super().to_python(value) or "")
        if not words:
            return None
        try:
            return parse(words)
        except ValueError:
            raise ValidationError(
                _("Enter the date like 2006-11-28, 2006-11, 2006, autumn 2007 or c. 2016."),
                code="invalid",
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """The words as they were said."""
        return (value.as_said or str(value)) if isinstance(value, PartialDate) else value


class UploadField(forms.FileField):
    """One file within the size limit and of a kind that is wanted here."""

    def __init__(
        self, *, endings: tuple[str, ...] = (), longest: int | None = None, **kwargs: Any
    ) -> None:
        self.endings = tuple(ending.lower().lstrip(".") for ending in endings)
        self.longest = settings.FILES_LIMIT_BYTES if longest is None else longest
        accept = ",".join(f".{ending}" for ending in self.endings)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept} if accept else {}))
        super().__init__(max_length=200, **kwargs)

    def to_python(self, data: Any) -> Any:
        """The file once its size, name and ending pass."""
        found = super().to_python(data)
        if found is not None:
            self._check_size(found)
            self._check_ending(found)
        return found

    def _check_size(self, found: "File[Any]") -> None:
        if (found.size or 0) > self.longest:
            raise ValidationError(
                _("Choose a file of at most %(limit)s MB; this one has %(size)s MB."),
                code="too_large",
                params={
                    "limit": f"{self.longest / MEGABYTE:.0f}",
                    "size": f"{(found.size or 0) / MEGABYTE:.1f}",
                },
            )

    def _check_ending(self, found: "File[Any]") -> None:
        name = found.name or ""
        refusal = text_refusal(name, 200)
        if refusal is not None:
            raise ValidationError(_("Give the file a shorter, plain name and choose it again."))
        if self.endings and PurePath(name).suffix.lower().lstrip(".") not in self.endings:
            raise ValidationError(
                _("Choose a file that ends in %(endings)s."),
                code="ending",
                params={"endings": ", ".join(f".{ending}" for ending in self.endings)},
            )


class RowField(forms.ModelChoiceField[Any]):
    """One row out of those on offer; a made-up key reads like a row that is gone."""

    def to_python(self, value: Any) -> models.Model | None:
        """The row, or a refusal in plain words."""
        try:
            return cast("models.Model | None", super().to_python(value))
        except ValidationError:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from None


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Several rows out of those on offer, as checkboxes."""

    def __init__(self, queryset: models.QuerySet[Any], **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(queryset, **kwargs)

    def clean(self, value: Any) -> Any:
        """The rows, or a refusal in plain words."""
        try:
            return super().clean(value)
        except ValidationError as refusal:
            code = refusal.code or "invalid_choice"
            if code not in self.error_messages:
                code = "invalid_choice"
            raise ValidationError(self.error_messages[code], code=code) from None


class FormKeyField(forms.Field):
    """The hidden mark of one asked-for form, by which one sent twice is known."""

    def __init__(self) -> None:
        # Without an id, as a page may hold several forms.
        super().__init__(
            required=False, initial=uuid4, widget=forms.HiddenInput(attrs={"id": False})
        )

    def clean(self, value: Any) -> UUID | None:
        """The key, or None where it is none; nobody can mend what they do not see."""
        try:
            return UUID(str(value))
        except ValueError:
            return None


def form_mark(request: HttpRequest) -> str:
    """What tells one sent form from every other: its key and all that was typed into it.

    Somebody who goes back and types something else sends another form. Empty without a key.
    """
    if not FormKeyField().clean(request.POST.get(KEY)):
        return ""
    typed = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    sent = cast("dict[str, UploadedFile[Any]]", request.FILES)
    files = [(name, sent[name].name, sent[name].size) for name in sorted(sent)]
    told = [pair for pair in typed if pair[0] != "csrfmiddlewaretoken"]
    return sha256(repr((request.path, told, files)).encode()).hexdigest()


def words_of(bound: forms.BoundField, value: Any) -> str:
    """A value of a field as people read it: rows and choices by their names."""
    field = bound.field
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return ", ".join(sorted(words_of(bound, each) for each in value))
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        rows = cast("models.QuerySet[Any]", field.queryset)
        return str(rows.filter(pk=value).first() or "")
    if isinstance(field, forms.ChoiceField):
        pairs = cast("list[tuple[Any, Any]]", list(flatten_choices(cast("Any", field.choices))))
        named = {str(key): str(words) for key, words in pairs}
        return named.get(str(value), str(value))
    return str(field.prepare_value(value)).replace("\r\n", "\n")
