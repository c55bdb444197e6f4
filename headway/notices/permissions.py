"""Who may read what they are told: permission → cells `role@scope`."""

PERMISSIONS: dict[str, frozenset[str]] = {}
