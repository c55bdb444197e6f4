"""Who may do what with ideas, recommendations and votes: permission → cells `role@scope`."""

PERMISSIONS: dict[str, frozenset[str]] = {}
