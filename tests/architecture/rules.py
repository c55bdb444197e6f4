"""The house rules that no linter knows, as functions over a checkout: each names what breaks it."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

ORDER = (
    "core",
    "accounts",
    "directory",
    "initiatives",
    "problems",
    "partners",
    "forums",
    "solutions",
    "arenas",
    "commitments",
    "pilots",
    "measures",
    "diagnosis",
    "notices",
    "exchange",
    "site",
)
ROOT = "site"
DRAWERS = {
    "models",
    "permissions",
    "queries",
    "actions",
    "forms",
    "charts",
    "views",
    "api",
    "tasks",
    "formats",
    "urls",
    "apps",
    "templates",
    "migrations",
    "static",
}
OWN_ROOMS = {
    "core": {
        "context",
        "dates",
        "difference",
        "downloads",
        "errors",
        "form_renderer",
        "form_templates",
        "keys",
        "marks",
        "middleware",
        "numbers",
        "operations",
        "pages",
        "prepared",
        "progress",
        "scss",
        "slots",
        "spreadsheets",
        "tables",
        "templatetags",
        "text",
        "typed",
        "words",
    },
    "accounts": {
        "access",
        "actor",
        "adapters",
        "allauth_forms",
        "allauth_views",
        "demonstration",
        "events",
        "jobs",
        "kept",
        "limits",
        "links",
        "mail",
        "management",
        "middleware",
        "replies",
        "triggers",
    },
    "directory": set(),
    "initiatives": {
        "access",
        "files",
        "kinds",
        "languages",
        "pages",
        "provenance",
        "reader",
        "search_index",
        "zones",
    },
    "problems": set(),
    "partners": set(),
    "forums": {"access"},
    "solutions": set(),
    "arenas": set(),
    "commitments": set(),
    "measures": set(),
    "notices": set(),
    "exchange": set(),
    "site": {"demonstration", "example", "navigation", "simulate"},
}
WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create"}
READING_DRAWERS = ("views", "queries", "forms", "charts", "api")
LONGEST_FILE, LONGEST_TEMPLATE = 400, 80
MEDIAN_FUNCTION, NINE_IN_TEN = 10, 30


def _apps(root: Path) -> list[str]:
    return [each.name for each in (root / "headway").iterdir() if (each / "apps.py").exists()]


def _sources(root: Path, app: str) -> Iterator[Path]:
    for path in sorted((root / "headway" / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def _drawer(root: Path, path: Path) -> str:
    return path.relative_to(root / "headway").parts[1].removesuffix(".py")


def _place(root: Path, path: Path, line: int) -> str:
    return f"{path.relative_to(root)}:{line}"


def unknown_drawers(root: Path) -> list[str]:
    """Modules of an app that are neither a drawer nor one of its own rooms."""
    found = []
    for app in _apps(root):
        for each in (root / "headway" / app).iterdir():
            name = each.name.removesuffix(".py")
            if name.startswith("__") or name in DRAWERS | OWN_ROOMS.get(app, set()):
                continue
            found.append(f"headway/{app}/{each.name}")
    return sorted(found)


def writes_outside_actions(root: Path) -> list[str]:
    """Calls that write to the database from a drawer that only reads."""
    found = []
    for app in _apps(root):
        for path in _sources(root, app):
            if _drawer(root, path) not in READING_DRAWERS:
                continue
            found += [
                _place(root, path, node.lineno)
                for node in ast.walk(ast.parse(path.read_text()))
                if _is_write(node)
            ]
    return found


def _is_write(node: ast.AST) -> bool:
    """A call of a writing method on a manager, a queryset or a row."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr not in WRITES:
        return False
    receiver = ast.unparse(node.func.value)
    return "objects" in receiver or node.func.attr in {"save", "bulk_create", "get_or_create"}


def foreign_keys_given_as_text(root: Path) -> list[str]:
    """Keys to another app's table named by a string, which no import contract can see."""
    found = []
    for app in _apps(root):
        for path in _sources(root, app):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                called = ast.unparse(node.func)
                target = node.args[0]
                if called.endswith(("ForeignKey", "OneToOneField", "ManyToManyField")) and (
                    isinstance(target, ast.Constant) and "." in str(target.value)
                ):
                    found.append(_place(root, path, node.lineno))
    return found


LINK = re.compile(r"""(?:url\s+|reverse\(|redirect\()\s*["']([a-z_]+):[a-z_]+["']""")


def links_downstream(root: Path) -> list[str]:
    """Links from an app to a later one; only the root that composes them all may be named."""
    found = []
    for app in _apps(root):
        folder = root / "headway" / app
        for path in sorted([*folder.rglob("*.html"), *_sources(root, app)]):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                for name in LINK.findall(line):
                    if name in ORDER and name != ROOT and ORDER.index(name) > ORDER.index(app):
                        found.append(_place(root, path, number))
    return found


def long_files(root: Path) -> list[str]:
    """Files that should be split."""
    found = []
    for path in sorted((root / "headway").rglob("*.html")):
        if len(path.read_text().splitlines()) > LONGEST_TEMPLATE:
            found.append(str(path.relative_to(root)))
    for package in ("headway", "headway_analysis", "config", "tests", "benchmarks"):
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts and len(path.read_text().splitlines()) > LONGEST_FILE:
                found.append(str(path.relative_to(root)))
    return found


def function_lengths(root: Path) -> list[int]:
    """How many lines each function of the product has, docstring and signature included."""
    lengths = []
    for package in ("headway", "headway_analysis", "config"):
        for path in (root / package).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    lengths.append((node.end_lineno or node.lineno) - node.lineno + 1)
    return lengths


def sizes(root: Path) -> list[str]:
    """What is wrong with the lengths of functions as a whole."""
    lengths = sorted(function_lengths(root))
    median = statistics.median(lengths)
    ninth = lengths[int(len(lengths) * 0.9)]
    wrong = []
    if median >= MEDIAN_FUNCTION:
        wrong.append(f"the median function has {median} lines")
    if ninth >= NINE_IN_TEN:
        wrong.append(f"nine in ten functions have up to {ninth} lines")
    return wrong


LOCKS = ("requirements/*.txt", "package-lock.json", ".npmrc")


def addresses_in_locks(root: Path) -> list[str]:
    """Lines of lock files that name a host."""
    found = []
    for pattern in LOCKS:
        for path in root.glob(pattern):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                if "://" in line and not re.search(r'"(url|funding)":', line):
                    found.append(_place(root, path, number))
    return found


INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/json\"))|<style\b|\sstyle=|\son[a-z]+="
)


def inline_code(root: Path) -> list[str]:
    """Scripts, styles and handlers inside templates, which the security policy would refuse."""
    found = []
    for path in sorted((root / "headway").rglob("*.html")):
        if "mail" in path.parts:
            continue
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if INLINE.search(line):
                found.append(_place(root, path, number))
    return found


OWN_MARKUP = {
    "headway/notices/views.py": "mail programs press a button without a cookie; links are signed",
    "headway/core/charts.py": "the drawing comes from the chart library, which escapes texts",
    "headway/core/form_templates/core_forms/hint.html": "hints are written by us, not typed",
}
UNSAFE = re.compile(r"\|\s*safe\b|\bmark_safe\(|autoescape off|\bcsrf_exempt\b")


def unescaped_output(root: Path) -> list[str]:
    """Places that switch off what keeps typed text from becoming code."""
    found = []
    for path in sorted([*(root / "headway").rglob("*.html"), *(root / "headway").rglob("*.py")]):
        if str(path.relative_to(root)) in OWN_MARKUP:
            continue
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if UNSAFE.search(line):
                found.append(_place(root, path, number))
    return found
