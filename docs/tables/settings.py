"""Every setting, read from the checked environment."""

from pathlib import Path
from typing import Any, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import SecretStr

from config.environment import PROJECT, Environment
from docs.tables.markdown import code, table

KINDS = {bool: "true or false", int: "whole number", Path: "folder", SecretStr: "secret"}


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is not None:
        return " or ".join(code(choice) for choice in get_args(annotation))
    return KINDS.get(annotation, "text")


def _bounds(metadata: list[Any]) -> str:
    words = {Ge: "at least {0.ge}", Le: "at most {0.le}", MaxLen: "at most {0.max_length} signs"}
    said = [words[type(rule)].format(rule) for rule in metadata if type(rule) in words]
    return f" ({', '.join(said)})" if said else ""


def _default(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "empty"
    if isinstance(value, Path):
        return f"`{value.relative_to(PROJECT)}` in the folder of Headway"
    if isinstance(value, bool):
        return code(str(value).lower())
    return code(value) or "empty"


def settings() -> str:
    """The table of settings."""
    rows = [
        (
            code(f"HEADWAY_{name.upper()}"),
            _kind(field.annotation) + _bounds(field.metadata),
            _default(field.default),
            field.description or "",
        )
        for name, field in Environment.model_fields.items()
    ]
    return table(("Variable", "Value", "Without it", "Meaning"), rows)
