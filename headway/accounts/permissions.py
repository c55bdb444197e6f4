"""Who may do what for a whole authority: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

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

LABELS: dict[str, str] = {
    "accounts.own_account": _("See and change your own account"),
    "accounts.own_tokens": _("Make and revoke your tokens"),
    "accounts.view_job": _("See how far your long work is"),
    "accounts.settings": _("Change the settings"),
    "accounts.people": _("Give and end roles"),
    "accounts.retention": _("Change how long records are kept"),
    "accounts.log": _("Read the log of people and settings"),
    "accounts.mail_folder": _("Read mail that is not sent"),
}
