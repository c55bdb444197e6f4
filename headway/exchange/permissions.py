"""Who may use the records office: permission → cells `role@scope`."""

OFFICER = frozenset({"records_officer@authority"})

PERMISSIONS: dict[str, frozenset[str]] = {
    "exchange.search": OFFICER,
    "exchange.hold": OFFICER,
    "exchange.expunge": OFFICER,
    "exchange.export": OFFICER,
}
