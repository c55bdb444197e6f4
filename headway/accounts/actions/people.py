from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import Authority, User
from headway.core.errors import RuleError


def person_subject(user: User) -> Subject:
    """A person as the subject of an event."""
    return Subject("account", user.pk, str(user))


def _checked_email(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise RuleError(_("Enter an email address, like name@county.example."), "email") from None
    return email.strip().lower()


@transaction.atomic
def make_person(
    *, by: Actor, authority: Authority, email: str, name: str = "", language: str = ""
) -> User:
    """The account with this email address, made where there is none yet.

    It has no password: the person signs in with a code sent to the address.

    Raises:
        RuleError: where the address cannot be one.

    """
    email = _checked_email(email)
    authority.lock()
    found = User.objects.filter(email__iexact=email).first()
    if found is not None:
        return found
    user = User.objects.create_user(email, name=name, language=language)
    append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="account_made",
        subject=person_subject(user),
        changes={"email": ("", email)},
    )
    return user


@transaction.atomic
def change_own_account(*, by: Actor, authority: Authority, name: str, language: str) -> User:
    """Change the name others see and the language of pages and mails.

    Raises:
        RuleError: where the language is not on offer.

    """
    if by.user is None:
        raise ValueError("change_own_account needs an actor who is signed in")
    if language and language not in dict(settings.LANGUAGES):
        raise RuleError(_("Choose one of the languages listed."), "language")
    user = User.objects.select_for_update().get(pk=by.user.pk)
    changes = user.change(name=name.strip(), language=language)
    if changes:
        append_event(
            stream=accounts_stream(authority),
            by=by,
            verb="account_changed",
            subject=person_subject(user),
            changes=changes,
        )
    return user
