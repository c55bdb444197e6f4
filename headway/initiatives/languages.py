"""The languages that people write in, which are more than those of the pages."""

from django.conf import settings
from django.conf.locale import LANG_INFO

PSEUDO = frozenset({settings.PSEUDO_LONG, settings.PSEUDO_RIGHT_TO_LEFT})


def content_languages() -> list[tuple[str, str]]:
    """Every language to write in, under its own name: those of the pages first."""
    pages = [code for code, _name in settings.LANGUAGES]
    known = {
        code: str(info["name_local"])
        for code, info in LANG_INFO.items()
        if "name_local" in info and code not in PSEUDO
    }
    rest = sorted(set(known) - set(pages), key=lambda code: known[code].casefold())
    return [(code, known[code]) for code in (*pages, *rest) if code in known]


def language_name(code: str) -> str:
    """A language under its own name."""
    return dict(content_languages()).get(code, code)
