from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from headway.accounts.limits import client_address, too_many
from headway.accounts.models import User

TOO_OFTEN = frozenset({"too_many_login_attempts", "rate_limited"})
WAIT_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """How people get an account and sign in here.

    Anyone can make an account: it proves an email address and grants nothing. Roles and
    memberships are given by those who hold the right to.
    """

    error_messages: Mapping[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your administrator to open it again."),
        "email_password_mismatch": _(
            "Check both: this email address and password do not go together. "
            "You can also ask for a sign-in code."
        ),
        "email_taken": _("There is an account with this email address: sign in instead."),
        "enter_current_password": _("Enter the password you use now."),
        "incorrect_code": _("Enter the code from the newest mail, like 7KQF-M2TD."),
        "incorrect_password": _("Enter your password again; this was not it."),
        "invalid_or_expired_key": _("This link has run out. Ask for a new one."),
        "invalid_login": _("Start again from the sign-in page."),
        "invalid_password_reset": _("This link has run out. Ask for a new one."),
        "unverified_primary_email": _("Confirm your main email address first."),
        "select_only_one": _("Choose only one."),
        "same_as_current": _("Enter something other than what it is now."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Everybody may make an account; it grants nothing."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, as all our limits see it."""
        return client_address(request)

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """The message for a refusal; too many tries are a page of their own, status 429.

        Raises:
            ImmediateHttpResponse: answered by allauth's middleware.

        """
        if code in TOO_OFTEN and context.request is not None:
            raise ImmediateHttpResponse(too_many(context.request, WAIT_SECONDS))
        refusal: ValidationError = super().validation_error(code, *args)
        return refusal

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A mail in our layout, named after the authority that the page belongs to."""
        request = context.get("request")
        authority = getattr(request, "authority", None)
        mail: EmailMessage = super().render_mail(
            template_prefix, email, {**context, "authority": authority}, headers
        )
        return mail

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody may show that it is them, first what they surely have at hand.

        Who has just added a passkey has not seen the recovery codes yet.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return methods
        return sorted(methods, key=lambda method: method["id"] == "mfa_reauthenticate")

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Any,
    ) -> User:
        """Store a person who signs up, with the address in one spelling."""
        saved: User = super().save_user(request, user, form, commit=False)
        saved.email = saved.email.lower()
        saved.language = getattr(request, "LANGUAGE_CODE", "")
        saved.save()
        return saved
