"""Who may read what they are told: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

PERMISSIONS: dict[str, frozenset[str]] = {
    "notices.own": frozenset({"user@self"}),
}

LABELS: dict[str, str] = {
    "notices.own": _("Read your notices and choose how often you get mail"),
}
