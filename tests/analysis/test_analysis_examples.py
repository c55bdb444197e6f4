"""Every example in the documentation of the analysis package runs."""

import doctest
import importlib
import pkgutil

import pytest

import headway_analysis

MODULES = [
    each.name
    for each in pkgutil.walk_packages(headway_analysis.__path__, "headway_analysis.")
    if not each.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
