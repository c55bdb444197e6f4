"""Every write to accounts, people's roles, settings, tokens and outgoing mail."""

from headway.accounts.actions.authority import (
    DEFAULT_SCHEDULE,
    add_retention_class,
    adopt_default_schedule,
    change_authority,
    change_retention_class,
    make_authority,
    name_schedule,
)
from headway.accounts.actions.mail import post_mail, write_mail
from headway.accounts.actions.people import change_own_account, make_person
from headway.accounts.actions.roles import end_role, grant_role
from headway.accounts.actions.schedule import enqueue_if_due
from headway.accounts.actions.tokens import NewToken, make_token, note_token_use, revoke_token

__all__ = [
    "DEFAULT_SCHEDULE",
    "NewToken",
    "add_retention_class",
    "adopt_default_schedule",
    "change_authority",
    "change_own_account",
    "change_retention_class",
    "end_role",
    "enqueue_if_due",
    "grant_role",
    "make_authority",
    "make_person",
    "make_token",
    "name_schedule",
    "note_token_use",
    "post_mail",
    "revoke_token",
    "write_mail",
]
