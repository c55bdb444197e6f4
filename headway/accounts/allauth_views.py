"""What each page that allauth brings is open to; a test holds the table to what is mounted."""

from collections.abc import Iterator

from allauth.urls import urlpatterns
from django.urls import URLPattern, URLResolver

from headway.accounts.access import Access, declare

OWN = Access(permission="accounts.own_account")
ENTRANCE = Access(public_because="people sign in or make an account here")
STAGE = Access(public_because="a step of signing in that allauth opens only in its turn")
LETTER = Access(public_because="whoever holds the link in the mail sets a new password")

ALLAUTH_VIEWS: dict[str, Access] = {
    "account_login": ENTRANCE,
    "account_signup": ENTRANCE,
    "account_request_login_code": ENTRANCE,
    "account_reset_password": ENTRANCE,
    "account_reset_password_done": ENTRANCE,
    "account_inactive": Access(public_because="says that an account is closed"),
    "account_logout": Access(public_because="signing out works for everybody"),
    "account_confirm_login_code": STAGE,
    "account_email_verification_sent": STAGE,
    "mfa_authenticate": STAGE,
    "mfa_login_webauthn": ENTRANCE,
    "account_reset_password_from_key": LETTER,
    "account_reset_password_from_key_done": LETTER,
    "account_email": OWN,
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_reauthenticate": OWN,
    "mfa_index": OWN,
    "mfa_reauthenticate": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": OWN,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": OWN,
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_remove_webauthn": OWN,
    "mfa_edit_webauthn": OWN,
    "usersessions_list": OWN,
}


def mounted() -> Iterator[URLPattern]:
    """Every page of allauth."""
    waiting: list[URLPattern | URLResolver] = list(urlpatterns)
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, URLResolver):
            waiting.extend(found.url_patterns)
        else:
            yield found


def declare_allauth_views() -> None:
    """Attach to each page of allauth what the table says, for the tests to read."""
    for pattern in mounted():
        access = ALLAUTH_VIEWS.get(pattern.name or "")
        if access is not None:
            declare(pattern.callback, access)
