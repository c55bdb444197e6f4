from pathlib import Path

import polib
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from config import catalogues


def test_texts_are_found_in_code_and_in_templates() -> None:
    code = """
a = _("One")
b = ngettext("%(n)s unit", "%(n)s units", n)
c = _("Two " "lines")
d = _(x)
"""
    page = (
        '{% load i18n %}{% translate "Three" %}'
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    assert {message.text for message in catalogues.in_python(code)} == {
        "One",
        "%(n)s unit",
        "Two lines",
    }
    found = set(catalogues.in_template(page))
    assert catalogues.Message("Three") in found
    assert catalogues.Message("%(n)s day", "%(n)s days") in found


@pytest.mark.parametrize("change", [catalogues.lengthened, catalogues.mirrored])
@pytest.mark.parametrize("kept", ["%(number)s", "%s", "%%", "{name}", "<a href='x'>", "&nbsp;"])
def test_what_code_needs_in_a_text_stays(change: object, kept: str) -> None:
    changed = change(f"Open {kept} units")
    assert kept in changed
    assert "Open" not in changed


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=40, max_size=200))
def test_long_words_are_never_shorter(text: str) -> None:
    assert len(catalogues.lengthened(text)) >= len(text)


def test_a_sentence_grows_by_a_quarter_to_a_half() -> None:
    text = "Enter the date you heard it, like the day of the meeting of the county board."
    assert 1.2 < len(catalogues.lengthened(text)) / len(text) < 1.6


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "way"), [("en-xa", "ltr"), ("ar-xb", "rtl"), ("en", "ltr")])
def test_a_reader_chooses_a_language_and_comes_back_to_the_page(
    parts: Settings, made_up_languages: None, language: str, way: str
) -> None:
    visitor = Client()
    answer = visitor.post("/i18n/setlang/", {"language": language, "next": "/confirm/"})
    assert answer.headers["Location"] == "/confirm/"
    page = visitor.get("/confirm/").content.decode()
    assert f'<html lang="{language}" dir="{way}">' in page
    assert ("Go back, change nothing" in page) == (language == "en")


def test_a_catalogue_can_be_read_by_any_tool(tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    message = catalogues.Message("One day", "%(n)s days", "calendar")
    catalogues.catalogue("en-xa", catalogues.lengthened, {message}).save(str(target))
    entry = polib.mofile(str(target))[0]
    assert (entry.msgid, entry.msgctxt, sorted(entry.msgstr_plural)) == (
        "One day",
        "calendar",
        [0, 1],
    )
