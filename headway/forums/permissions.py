"""Who may do what in meetings and conversations: permission → cells `role@scope`."""

PERMISSIONS: dict[str, frozenset[str]] = {}
