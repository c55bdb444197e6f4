"""Who may do what with the directory: permission → cells `role@scope`."""

# An account that anybody can make opens no list of people.
READERS = frozenset(
    {
        "administrator@authority",
        "registrar@authority",
        "records_officer@authority",
        "member@authority",
    }
)

PERMISSIONS: dict[str, frozenset[str]] = {
    "directory.view": READERS,
    "directory.export": READERS,
    "directory.edit": frozenset({"registrar@authority"}),
    "directory.merge": frozenset({"registrar@authority"}),
    "directory.import": frozenset({"registrar@authority"}),
    "directory.view_emails": frozenset({"registrar@authority", "records_officer@authority"}),
    "directory.view_history_values": frozenset(
        {"registrar@authority", "records_officer@authority", "administrator@authority"}
    ),
}

# Grave enough that an administrator who holds it by another role needs a second factor for it.
SECOND_FACTOR = frozenset({"directory.merge"})
