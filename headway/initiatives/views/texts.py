"""Titles and buttons of the form pages, in one place to translate."""

from django.utils.translation import gettext_lazy as _

ADD_HAPPENING = _("Record something that happened")
EDIT_HAPPENING = _("Correct what happened")
INVITE = _("Invite somebody")
GRANT_ROLE = _("Give a further role")
GIVE_MANDATE = _("Record for whom somebody may speak")
REASSIGN = _("Reassign everything")
REASSIGN_LEAD = _(
    "Hands every record and role to somebody else in one step, each logged. The right to speak for"
    " an organization passes only to somebody of that organization."
)
LET_GO = _("End this membership")
END_ROLE = _("End this role")
END_MANDATE = _("End this mandate")
SETTINGS = _("Settings of this initiative")
CLOSE = _("Close this initiative")
REOPEN = _("Open this initiative again")
CLOSING = (
    _("From today its records are kept as long as the retention schedule says, then reviewed."),
    _("Everything stays readable, and you can open it again."),
)
REOPENING = (_("The work goes on; no record comes up for review because it was closed."),)
NEW_INITIATIVE = _("Open an initiative")
WITHDRAW = _("Withdraw this record")
WITHDRAW_FILE = _("Withdraw this file")
TRANSLATE = _("Add the text in another language")
ADD_FILE = _("Add a file")
