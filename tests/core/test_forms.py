import string
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from headway.core.errors import Refusals, RuleError
from headway.core.forms import (
    DayField,
    LongTextField,
    PageForm,
    PartialDateField,
    UploadField,
)
from headway_analysis.partial_date import PartialDate


class PromiseForm(PageForm):
    title = forms.CharField(max_length=20)
    note = LongTextField(required=False)
    due = DayField(required=False)
    heard = PartialDateField(required=False)
    owner = forms.ChoiceField(choices=[("county", "County")], required=False)
    units = forms.IntegerField(required=False, min_value=1, max_value=900)
    cost = forms.DecimalField(required=False, max_digits=5, decimal_places=2)
    email = forms.EmailField(required=False)
    address = forms.URLField(required=False, assume_scheme="https")


def form_with(**values: str) -> PromiseForm:
    return PromiseForm({"title": "Open a shelter", **values})


def messages(form: forms.Form, field: str) -> list[str]:
    return [str(message) for message in form.errors.get(field, [])]


def test_an_action_is_carried_out_once_with_the_cleaned_values() -> None:
    form = form_with(title="  Open a shelter  ", note="one\r\ntwo\rthree")
    seen: list[dict[str, Any]] = []
    assert form.carry_out(lambda values: seen.append(values) or "made")
    assert form.result == "made"
    assert len(seen) == 1
    assert seen[0]["title"] == "Open a shelter"
    assert seen[0]["note"] == "one\ntwo\nthree"


def test_no_action_runs_on_a_form_that_needs_mending() -> None:
    form = form_with(title="")
    assert not form.carry_out(lambda _values: pytest.fail("must not run"))
    assert messages(form, "title") == ["Fill this in."]


@pytest.mark.parametrize(
    ("refusal", "field"),
    [
        (RuleError("Choose a later day.", "due"), "due"),
        (RuleError("The charter is signed."), "__all__"),
        (RuleError("Not on this page.", "elsewhere"), "__all__"),
        (Refusals({"units": "Enter fewer."}), "units"),
    ],
)
def test_a_rule_that_refuses_speaks_at_its_field(refusal: RuleError, field: str) -> None:
    def refuse(_values: dict[str, Any]) -> None:
        raise refusal

    form = form_with(due="2026-03-27")
    assert not form.carry_out(refuse)
    assert len(messages(form, field)) == 1


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"title": "a\x00b"}, "title", "Take out the invisible NUL character"),
        ({"title": "half \ud83d"}, "title", "Take out the broken character"),
        ({"title": "x" * 21}, "title", "Shorten this to 20 characters; it has 21."),
        ({"note": "x" * 5001}, "note", "Shorten this to 5,000 characters"),
        ({"due": "soon"}, "due", "year-month-day, like 2026-03-27"),
        ({"heard": "once"}, "heard", "autumn 2007"),
        ({"heard": "2006\x00"}, "heard", "autumn 2007"),
        ({"owner": "moon"}, "owner", "Choose one of the options listed."),
        ({"units": "twelve"}, "units", "Enter a whole number, like 12."),
        ({"units": "0"}, "units", "Enter 1 or more."),
        ({"units": "901"}, "units", "Enter 900 or less."),
        ({"cost": "1234567"}, "cost", "Enter a number with at most 5 digits."),
        ({"cost": "1.234"}, "cost", "Enter a number with at most 2 digits after the point."),
        ({"cost": "1234"}, "cost", "Enter a number with at most 3 digits before the point."),
        ({"email": "name"}, "email", "Enter an email address, like name@county.example."),
        ({"address": "county"}, "address", "Enter a web address, like https://"),
    ],
)
def test_a_refusal_says_what_to_do(values: dict[str, str], field: str, message: str) -> None:
    with translation.override("en"):
        form = form_with(**values)
        assert not form.is_valid()
        said = messages(form, field)
    assert len(said) == 1
    assert message in said[0]
    assert not {"please", "invalid", "error"} & set(said[0].lower().split())


def test_a_field_keeps_the_words_that_its_author_chose() -> None:
    class Own(PageForm):
        title = forms.CharField(error_messages={"required": "Name the promise."})

    assert messages(Own({}), "title") == ["Name the promise."]


def test_a_partial_date_keeps_how_it_was_said() -> None:
    form = form_with(heard="autumn 2007")
    assert form.is_valid()
    heard = form.cleaned_data["heard"]
    assert isinstance(heard, PartialDate)
    assert heard.as_said == "autumn 2007"
    assert 'value="autumn 2007"' in str(PromiseForm(initial={"heard": heard})["heard"])


class MinutesForm(PageForm):
    minutes = UploadField(endings=("pdf", ".docx"), longest=10)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("minutes.exe", b"x", "ends in .pdf, .docx"),
        ("minutes", b"x", "ends in .pdf, .docx"),
        ("minutes.pdf", b"", "has something in it"),
        ("minutes.pdf", b"x" * 11, "Choose a file of at most"),
        ("m" * 300 + ".pdf", b"x", "Give the file a name of at most 200 characters"),
    ],
)
def test_a_file_of_another_kind_or_size_is_refused(name: str, content: bytes, message: str) -> None:
    form = MinutesForm({}, {"minutes": SimpleUploadedFile(name, content)})
    assert not form.is_valid()
    assert message in messages(form, "minutes")[0]


def test_a_wanted_file_passes_whatever_the_case_of_its_ending() -> None:
    form = MinutesForm({}, {"minutes": SimpleUploadedFile("Minutes.PDF", b"x")})
    assert form.is_valid()


@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_or_refused_but_never_fails(text: str) -> None:
    form = form_with(title=text, note=text, due=text, heard=text, owner=text, units=text)
    form.is_valid()
    for message in form.errors.values():
        assert str(message[0])[-1] in string.printable
