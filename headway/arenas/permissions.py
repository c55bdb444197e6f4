"""Who may do what about decision bodies: permission → cells `role@scope`."""

PERMISSIONS: dict[str, frozenset[str]] = {}
