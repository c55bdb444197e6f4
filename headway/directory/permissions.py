"""Who may do what with the directory: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

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

LABELS: dict[str, str] = {
    "directory.view": _("Read the directory of organizations and people"),
    "directory.export": _("Download the directory"),
    "directory.edit": _("Change the directory"),
    "directory.merge": _("Merge entries of the directory"),
    "directory.import": _("Bring files into the directory"),
    "directory.view_emails": _("See email addresses in the directory"),
    "directory.view_history_values": _("See what entries of the directory said before"),
}
