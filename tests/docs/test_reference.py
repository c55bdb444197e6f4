import re

import pytest

from config.command import SUBCOMMANDS
from config.environment import Environment
from docs.tables import pages_of_docs
from docs.tables.commands import make_targets
from docs.tables.pages import operation_list, routes
from headway.accounts.access import declared, permission_table
from headway.accounts.models import Event
from headway.initiatives import kinds
from tests.docs import pages
from tests.docs.pages import PROJECT

REFERENCE = PROJECT / "docs" / "reference"


def said(name: str) -> str:
    return pages.text_of(REFERENCE / name)


def test_every_table_says_what_the_code_says() -> None:
    assert not pages_of_docs.behind(), "run `make docs`, then look at what changed"


def test_a_page_that_is_behind_is_found() -> None:
    text = said("settings.md").replace("HEADWAY_MODE", "HEADWAY_MOOD")
    assert pages_of_docs.made(text) != text


@pytest.mark.parametrize("field", Environment.model_fields)
def test_every_setting_is_described(field: str) -> None:
    assert f"| `HEADWAY_{field.upper()}` |" in said("settings.md")


@pytest.mark.parametrize("word", SUBCOMMANDS)
def test_every_command_is_described(word: str) -> None:
    assert f"### headway {word}\n" in said("commands.md")


def test_every_target_of_make_is_described() -> None:
    for target in make_targets():
        assert f"`make {target}`" in said("commands.md")


def test_every_permission_is_in_the_table() -> None:
    for permission in permission_table():
        assert f"| `{permission}` |" in said("permissions.md")


def test_every_page_is_listed_with_its_permission() -> None:
    text = said("addresses.md")
    for route in routes():
        access = declared(route.view)
        assert access is not None, route.name
        granted = f"`{access.permission}`" if access.permission else "public"
        assert f"| `{route.name}` | {granted} |" in text, route.name


def test_every_operation_is_listed() -> None:
    found = operation_list()
    assert found
    for method, path, _view in found:
        assert f"`{method} {path}`" in said("api.md")


def test_every_kind_of_record_is_listed() -> None:
    for kind in kinds.kinds():
        assert f"| `{kind.kind}` |" in said("records.md")


@pytest.mark.django_db
def test_every_verb_that_a_day_of_work_writes_is_listed(a_day_of_work: None) -> None:
    text, states = said("log.md"), set(re.findall(r"`(\w+)` \(", said("records.md")))
    listed = set(re.findall(r"(?m)^\| `([\w<>]+)` \|", text))
    written = set(Event.objects.values_list("verb", flat=True))
    endings = tuple(verb.removeprefix("<kind>") for verb in listed if verb.startswith("<kind>"))
    unknown = {verb for verb in written - listed - states if not verb.endswith(endings)}
    assert written
    assert not unknown
