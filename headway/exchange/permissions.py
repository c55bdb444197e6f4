"""Who may use the records office: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

OFFICER = frozenset({"records_officer@authority"})

PERMISSIONS: dict[str, frozenset[str]] = {
    "exchange.search": OFFICER,
    "exchange.hold": OFFICER,
    "exchange.expunge": OFFICER,
    "exchange.export": OFFICER,
    "exchange.erase": OFFICER,
    "exchange.own_data": frozenset({"user@self"}),
}

# Grave enough that an administrator who holds it by another role needs a second factor for it.
SECOND_FACTOR = frozenset({"exchange.expunge"})

LABELS: dict[str, str] = {
    "exchange.search": _("Search all records"),
    "exchange.hold": _("Put records on hold"),
    "exchange.expunge": _("Expunge and redact records"),
    "exchange.export": _("Download records"),
}
