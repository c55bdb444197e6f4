"""Who may do what with promises: permission → cells `role@scope`."""

PERMISSIONS: dict[str, frozenset[str]] = {}
