"""The forms of allauth in our words; at the entrance a password is never needed."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import use_plain_words

NO_PASSWORD = _("Leave it empty and we send a sign-in code to your email address.")


class InPlainWords(forms.Form):
    """A form of allauth that refuses in our words and shows no example inside a field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        use_plain_words(self)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InPlainWords, allauth.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Email address, and a password for those who chose one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.required = False
        password.help_text = NO_PASSWORD


class MakeAccountForm(InPlainWords, allauth.SignupForm):  # type: ignore[misc]  # allauth has no types
    """Email address alone; a password is chosen later, by whoever reads mail at that address.

    Otherwise a stranger could leave a password on somebody's address before they first sign in.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]


class AskCodeForm(InPlainWords, allauth.RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """Where a sign-in code is sent to."""


class ForgottenForm(InPlainWords, allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Where a link for a new password is sent to."""


class AddAddressForm(InPlainWords, allauth.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """One more email address of a person."""
