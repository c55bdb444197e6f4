"""The two forms at the entrance, where a password is never needed."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django.utils.translation import gettext_lazy as _

NO_PASSWORD = _("Leave it empty and we send a sign-in code to your email address.")


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Email address, and a password for those who chose one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.required = False
        password.help_text = NO_PASSWORD
        password.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs.pop("placeholder", None)


class MakeAccountForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    """Email address alone; a password is chosen later, by whoever reads mail at that address.

    Otherwise a stranger could leave a password on somebody's address before they first sign in.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
