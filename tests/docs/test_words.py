import re
from pathlib import Path

import pytest
from django.apps import apps

from config.command import SUBCOMMANDS
from config.environment import Environment
from docs.tables.commands import make_targets
from headway.accounts.models import Authority, AuthorityRole
from tests.docs import pages
from tests.docs.pages import PROJECT

GLOSSARY = PROJECT / "docs" / "reference" / "glossary.md"
ROW = re.compile(r"(?m)^\| (?P<page>[^|`]+) \| (?P<code>`[^|]+`) \| [^|]+ \|$")
WORDS = [(row["page"].strip(), row["code"]) for row in ROW.finditer(pages.text_of(GLOSSARY))]


def page_texts() -> str:
    """Everything that templates and Python files say to people."""
    headway = PROJECT / "headway"
    places = [*headway.rglob("templates/**/*.html"), *headway.rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in places).lower()


def test_the_glossary_has_words() -> None:
    assert len(WORDS) > 20


@pytest.mark.parametrize(("page", "code"), WORDS)
def test_a_word_of_the_glossary_is_used_in_the_code(page: str, code: str) -> None:
    known = {model.__name__ for model in apps.get_models()}
    for name in re.findall(r"`(\w+)`", code):
        assert name in known, name


def test_a_word_of_the_glossary_is_used_on_pages() -> None:
    said = page_texts()
    words = [word for page, _code in WORDS for word in page.split(", ")]
    unused = [word for word in words if word.removesuffix(" in an organization") not in said]
    assert not unused


def test_every_table_of_a_stage_is_in_the_glossary() -> None:
    explained = {name for _page, code in WORDS for name in re.findall(r"`(\w+)`", code)}
    records = {model.__name__ for model in apps.get_models() if hasattr(model, "RECORD_KIND")}
    assert records <= explained


@pytest.mark.parametrize("path", pages.written(), ids=lambda path: path.name)
def test_commands_and_settings_that_a_page_names_exist(path: Path) -> None:
    text = pages.text_of(path)
    settings = {f"HEADWAY_{name.upper()}" for name in Environment.model_fields}
    assert set(re.findall(r"\bHEADWAY_[A-Z_]+\b", text)) - {"HEADWAY_TEST_DATABASE_URL"} <= settings
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= set(make_targets())
    words = re.findall(r"(?:`|bin/|^)headway ([a-z]+)", text, re.MULTILINE)
    assert set(words) <= set(SUBCOMMANDS)


def script(part: str) -> str:
    """The block of Python in one part of the operators' guide."""
    text = pages.text_of(PROJECT / "docs" / "guide" / "operators.md")
    found = re.search(r"```python\n(.*?)```", text.partition(f"## {part}\n")[2], re.DOTALL)
    assert found is not None, part
    return found[1]


@pytest.mark.django_db
def test_the_guide_to_a_second_authority_works() -> None:
    exec(script("Several authorities"), {})  # noqa: S102 -- it is our own guide that is tried
    county = Authority.objects.for_host("headway.ramsey.example")
    assert county is not None
    assert AuthorityRole.objects.in_authority(county).get().role == "administrator"
