"""Who may do what for a whole authority: permission → cells `role@scope`."""

PERMISSIONS: dict[str, frozenset[str]] = {
    "accounts.own_account": frozenset({"user@self"}),
    "accounts.own_tokens": frozenset({"user@self"}),
    "accounts.view_job": frozenset({"user@self"}),
    "accounts.settings": frozenset({"administrator@authority"}),
    "accounts.people": frozenset({"administrator@authority"}),
    "accounts.retention": frozenset({"administrator@authority", "records_officer@authority"}),
    "accounts.log": frozenset({"administrator@authority", "records_officer@authority"}),
    "accounts.mail_folder": frozenset({"administrator@authority"}),
}

# Grave enough that an administrator who holds it by another role needs a second factor for it.
SECOND_FACTOR = frozenset({"accounts.own_tokens"})
