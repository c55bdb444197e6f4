"""Two made-up languages that show what a translation would break: `python -m config.catalogues`.

"Long words" writes every text accented and about 40 % longer; "Right to left" mirrors the page.
Text that stays plain English in either is text that nobody could translate. The catalogues are
made at set-up from the texts in code and templates, with those of Django and allauth.
"""

import ast
import logging
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from config.environment import PROJECT

CODE = PROJECT / "headway"
LIBRARIES = ("django", "allauth")
ONE = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
MANY = frozenset({"ngettext", "ngettext_lazy"})
IN_CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
MANY_IN_CONTEXT = frozenset({"npgettext", "npgettext_lazy"})
TEXT = r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{TEXT}(?:,\s*{TEXT})?(?:,\s*{TEXT})?")
KEPT = re.compile(
    r"(%\([^)]*\)[#0 +-]*\d*(?:\.\d+)?[a-z]|%[sdrf%]|\{[^{}]*\}|<[^>]*>|&\w+;|\s+)", re.IGNORECASE
)
ACCENTS = str.maketrans(
    "AaBbCcDdEeGgHhIiJjKkLlNnOoPpRrSsTtUuWwYyZz",
    "ÅåƁƀÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöÞþŔŕŠšŢţÛûŴŵÝýŽž",
)
VOWEL = re.compile(r"([aeiouåéîöûý])", re.IGNORECASE)
MIRROR, MIRROR_END = "\u202e", "\u202c"
log = logging.getLogger("headway.catalogues")


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate, with its plural and what it is said of, if any."""

    text: str
    plural: str = ""
    context: str = ""


def _message(name: str, texts: list[str]) -> Message | None:
    """The message of one call, or None where its texts are not written out."""
    if name in ONE and texts:
        return Message(texts[0])
    if name in MANY and len(texts) > 1:
        return Message(texts[0], texts[1])
    if name in IN_CONTEXT and len(texts) > 1:
        return Message(texts[1], context=texts[0])
    if name in MANY_IN_CONTEXT and len(texts) > 2:
        return Message(texts[1], texts[2], texts[0])
    return None


def in_python(source: str) -> Iterator[Message]:
    """The messages in a Python module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        found = _message(node.func.id, texts)
        if found is not None:
            yield found


def in_template(source: str) -> Iterator[Message]:
    """The messages in a template."""
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in call.groups()[1:] if text]
        found = _message(call[1], texts)
        if found is not None:
            yield found


def in_catalogue(path: Path) -> Iterator[Message]:
    """The messages of a library's own English catalogue."""
    for entry in polib.pofile(str(path)):
        if not entry.obsolete:
            yield Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def every_message() -> set[Message]:
    """What can be translated in Headway and in the libraries whose words it shows."""
    found: set[Message] = set()
    for path in CODE.rglob("*.py"):
        found.update(in_python(path.read_text()))
    for ending in ("*.html", "*.txt"):
        for path in CODE.rglob(ending):
            if "templates" in path.relative_to(CODE).as_posix():
                found.update(in_template(path.read_text()))
    for library in LIBRARIES:
        spec = find_spec(library)
        if spec is not None and spec.origin:
            for path in Path(spec.origin).parent.rglob("locale/en/LC_MESSAGES/django.po"):
                found.update(in_catalogue(path))
    return {message for message in found if message.text}


def _words(text: str, change: Callable[[str], str]) -> str:
    """A text with its words changed; placeholders, tags and spaces stay as they are."""
    pieces = KEPT.split(text)
    return "".join(
        piece if number % 2 or not piece else change(piece) for number, piece in enumerate(pieces)
    )


def lengthened(text: str) -> str:
    """Accented, and about 40 % longer."""
    return _words(text, lambda word: VOWEL.sub(r"\1\1", word.translate(ACCENTS)))


def mirrored(text: str) -> str:
    """Accented, and shown from right to left."""
    return _words(text, lambda word: f"{MIRROR}{word.translate(ACCENTS)}{MIRROR_END}")


def catalogue(language: str, change: Callable[[str], str], messages: set[Message]) -> polib.MOFile:
    """Every message in one made-up language."""
    made = polib.MOFile()
    made.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": language,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(messages):
        entry = polib.MOEntry(msgid=message.text, msgctxt=message.context or None)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: change(message.text), 1: change(message.plural)}
        else:
            entry.msgstr = change(message.text)
        made.append(entry)
    return made


LANGUAGES: dict[str, Callable[[str], str]] = {"en-xa": lengthened, "ar-xb": mirrored}


def main() -> int:
    """Write both catalogues."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if not settings.configured:
        settings.configure()
    messages = every_message()
    for language, change in LANGUAGES.items():
        folder = CODE / "locale" / to_locale(language) / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        catalogue(language, change, messages).save(str(folder / "django.mo"))
    log.info("%s texts in two made-up languages.", f"{len(messages):,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
