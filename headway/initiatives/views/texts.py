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
NEW_INITIATIVE = _("Open an initiative")
WITHDRAW = _("Withdraw this record")
WITHDRAW_FILE = _("Withdraw this file")
TRANSLATE = _("Add the text in another language")
ADD_FILE = _("Add a file")
