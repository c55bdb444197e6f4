"""Every verb that the log knows, read from the actions that write it."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from django.apps import apps

from config.environment import PROJECT
from docs.tables.markdown import code, section, table
from headway.initiatives.models import StageModel

WRITERS = ("actions", "actions.py", "events.py", "links.py", "demonstration.py")


def _modules() -> Iterator[tuple[str, Path]]:
    for app in sorted((PROJECT / "headway").iterdir()):
        for place in (app / name for name in WRITERS):
            found = sorted(place.rglob("*.py")) if place.is_dir() else [place]
            yield from ((app.name, path) for path in found if path.is_file())


def _module_name(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _verb_places(tree: ast.Module) -> dict[str, int]:
    """Functions of a module that take a verb, and at which place."""
    known = {"Deed": 0, "deed": 1}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = [argument.arg for argument in function.args.args]
            if "verb" in names:
                known[function.name] = names.index("verb")
    return known


def _words(value: ast.expr) -> set[str]:
    """The verbs that an expression can be; what is filled in stands in angle brackets."""
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if isinstance(value, ast.IfExp):
        return _words(value.body) | _words(value.orelse)
    if isinstance(value, ast.JoinedStr):
        parts = (
            str(part.value) if isinstance(part, ast.Constant) else "<kind>" for part in value.values
        )
        return {"".join(parts)}
    return set()


def _given(call: ast.Call, places: dict[str, int]) -> Iterator[ast.expr]:
    yield from (word.value for word in call.keywords if word.arg == "verb")
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in places and len(call.args) > places[name]:
        yield call.args[places[name]]


def _named(function: ast.FunctionDef) -> dict[str, set[str]]:
    """Local names that hold a verb."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] |= _words(node.value)
    return found


def _verbs(function: ast.FunctionDef, places: dict[str, int], module: ModuleType) -> set[str]:
    named = _named(function)
    said: set[str] = set()
    for node in ast.walk(function):
        for value in _given(node, places) if isinstance(node, ast.Call) else ():
            said |= named.get(value.id, set()) if isinstance(value, ast.Name) else _words(value)
            said |= _state_or_constant(value, module)
    return said


def _state_or_constant(value: ast.expr, module: ModuleType) -> set[str]:
    """A verb that is the state gone into, or a constant of the module."""
    name = ast.unparse(value).removesuffix(".value")
    if name == "state":
        return {"<state>"}
    found = getattr(module, name, None)
    return {found} if isinstance(found, str) else set()


def written() -> dict[str, dict[str, list[str]]]:
    """App → verb → names of the actions that write it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for app, path in _modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        places = _verb_places(tree)
        module = importlib.import_module(_module_name(path))
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                for verb in _verbs(function, places, module):
                    found[app][verb].append(function.name)
    return found


def verbs() -> str:
    """One table for each app."""
    parts = []
    for app, known in sorted(written().items()):
        rows = [
            (code(verb), ", ".join(code(name) for name in sorted(set(names))))
            for verb, names in sorted(known.items())
        ]
        parts.append(section(app, table(("Verb", "Written by"), rows)))
    return "\n".join(parts)


def states() -> str:
    """The states that a record of each kind can be in."""
    rows = [
        (code(model.RECORD_KIND), ", ".join(f"{code(value)} ({label})" for value, label in choices))
        for model in sorted(_stages(), key=lambda each: each.RECORD_KIND)
        for choices in [_state_choices(model)]
        if choices
    ]
    return table(("Kind", "States"), rows)


def _stages() -> list[type[StageModel]]:
    return [model for model in apps.get_models() if issubclass(model, StageModel)]


def _state_choices(model: type[StageModel]) -> list[tuple[str, str]]:
    found = [field for field in model._meta.concrete_fields if field.name == "state"]
    return [(str(value), str(label)) for field in found for value, label in field.choices or []]
