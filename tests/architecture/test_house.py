from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from headway.accounts.access import permission_table
from tests.architecture import rules
from tests.architecture.routes import Route, routes

ROOT = Path(__file__).resolve().parent.parent.parent
CELLS = {
    "moderator@forum",
    *(f"{role}@authority" for role in ("administrator", "registrar", "records_officer", "member")),
    *(
        f"{role}@initiative"
        for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
    ),
    "partner@own_organisation",
    "registrar@unled",
    "user@self",
    "visitor@public",
}


@pytest.mark.parametrize(
    "rule",
    [
        rules.unknown_drawers,
        rules.writes_outside_actions,
        rules.foreign_keys_given_as_text,
        rules.links_downstream,
        rules.long_files,
        rules.sizes,
        rules.addresses_in_locks,
        rules.inline_code,
        rules.unescaped_output,
    ],
)
def test_the_house_keeps_its_rule(rule: object) -> None:
    assert rule(ROOT) == []


def test_every_address_says_who_may_open_it() -> None:
    silent = [route.pattern for route in routes() if route.access is None]
    assert silent == []


def test_every_declared_permission_stands_in_the_table() -> None:
    unknown = [
        route.access.permission
        for route in routes()
        if route.access and route.access.permission not in {*permission_table(), ""}
    ]
    assert unknown == []


def test_every_cell_of_the_table_is_a_role_at_a_scope() -> None:
    used = set().union(*permission_table().values())
    assert used <= CELLS


def test_every_permission_is_asked_for_somewhere() -> None:
    text = "".join(
        path.read_text()
        for path in (ROOT / "headway").rglob("*.py")
        if path.name != "permissions.py"
    )
    unused = [permission for permission in permission_table() if f'"{permission}"' not in text]
    assert unused == []


def test_no_address_is_named_twice() -> None:
    named = [route.name for route in routes() if route.name]
    assert sorted(named) == sorted(set(named))


def _own_models() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("headway.")]


def test_keys_between_apps_point_upstream_and_protect() -> None:
    wrong = []
    for model in _own_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.auto_created:
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here == there or there not in rules.ORDER:
                continue
            upstream = rules.ORDER.index(there) < rules.ORDER.index(here)
            hidden = field.remote_field.hidden
            protects = field.remote_field.on_delete is models.PROTECT
            if not (upstream and hidden and protects):
                wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


def test_every_text_column_has_a_longest_length() -> None:
    endless = [
        f"{model.__name__}.{field.name}"
        for model in _own_models()
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.max_length
    ]
    assert endless == []


def test_every_model_checks_its_values() -> None:
    from headway.core.models import CheckedModel

    assert [each.__name__ for each in _own_models() if not issubclass(each, CheckedModel)] == []


def test_pages_of_an_initiative_lie_under_its_address() -> None:
    astray = [
        route.pattern
        for route in routes()
        if "slug" in route.samples and not route.pattern.startswith("i/<slug:slug>/")
    ]
    assert astray == []


def _is_page(route: Route) -> bool:
    return route.access is not None and bool(route.access.permission)


def test_there_are_pages_to_guard() -> None:
    assert len([route for route in routes() if _is_page(route)]) > 60
