import doctest
import importlib
import inspect
import pkgutil
from typing import Any

import pytest

import headway_analysis
from docs.tables.house import analysis_functions

MODULES = [
    found.name
    for found in pkgutil.walk_packages(headway_analysis.__path__, "headway_analysis.")
    if not found.ispkg
]
FORMATS = ("headway.exchange.formats.ledger", "headway.directory.formats.organisations_csv")


@pytest.mark.parametrize("name", [*MODULES, *FORMATS])
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(("module", "each"), analysis_functions())
def test_a_calculation_has_a_running_example(module: str, each: Any) -> None:
    text = inspect.getdoc(each) or ""
    if inspect.isclass(each):
        assert text, f"{module}.{each.__name__} says nothing"
    else:
        assert ">>> " in text, f"{module}.{each.__name__} shows no example"
