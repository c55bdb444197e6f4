"""What the code says about itself: layers, kinds of record, page dataclasses, functions."""

import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

import headway
import headway_analysis
from config.environment import PROJECT
from docs.tables.markdown import code, first_line, section, table
from headway.initiatives import kinds as registered


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Every module below a package, without migrations."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def direction() -> str:
    """The layers that the contract holds, lowest first; planned ones in brackets."""
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "direction")
    lines = [f"{'  ' * depth}{name}" for depth, name in enumerate(reversed(layers))]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def contracts() -> str:
    """Every contract by its sentence."""
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return table(("Contract", "Sentence"), [(code(each["id"]), each["name"]) for each in found])


def kinds() -> str:
    """Every kind of record that has a page of its own."""
    rows = [
        (code(each.kind), each.label, each.area, code(each.url_name)) for each in registered.kinds()
    ]
    return table(("Kind", "On pages", "Area", "Page"), rows)


def page_classes() -> list[type]:
    """Every dataclass that a template or the interface for programs is given."""
    found = {
        each
        for module in modules(headway)
        for name, each in inspect.getmembers(module, inspect.isclass)
        if name.endswith("Page") and is_dataclass(each) and each.__module__ == module.__name__
    }
    return sorted(found, key=lambda each: (each.__module__, each.__name__))


def page_dataclasses() -> str:
    """Every page with its fields, by app."""
    by_app: dict[str, list[tuple[str, str, str]]] = {}
    for each in page_classes():
        names = ", ".join(code(field.name) for field in fields(each))
        row = (code(each.__name__), first_line(each), names)
        by_app.setdefault(each.__module__.split(".")[1], []).append(row)
    heading = ("Page", "What it shows", "Fields")
    return "\n".join(section(app, table(heading, rows)) for app, rows in sorted(by_app.items()))


def analysis_functions() -> list[tuple[str, Any]]:
    """Every public function and class of the analysis package, by module."""
    return [
        (module.__name__, each)
        for module in modules(headway_analysis)
        for name, each in inspect.getmembers(module)
        if not name.startswith("_")
        and (inspect.isfunction(each) or inspect.isclass(each))
        and each.__module__ == module.__name__
    ]


def analysis() -> str:
    """What the analysis package offers."""
    rows = [
        (code(f"{module}.{each.__name__}"), re.sub(r"\*(\w+)\*", r"\1", first_line(each)))
        for module, each in analysis_functions()
    ]
    return table(("Function", "Meaning"), rows)
