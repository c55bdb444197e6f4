"""A person's names and addresses, and how they are told from other people's in a text."""

import re
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from headway.accounts.models import User
from headway.initiatives.models import Member

# A full name or an address ends where a word ends; a single word only where the phrase does,
# because "Sam" in "Sam Lee, director" is somebody else.
WHOLE = (r"(?<![\w@.+-])", r"(?![\w@+-]|\.\w)")
ALONE = (r"(?:(?<=^)|(?<=[,;(])|(?<=[,;(]\s))", r"(?=\s*(?:[,;)]|$))")


def erased_name() -> str:
    """What stands in place of a name."""
    return _("Erased person")


def addresses_of(user: User) -> set[str]:
    """Every mail address that somebody signs in with, in small letters."""
    further = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {address.lower() for address in (user.email, *further) if address}


def names_of(user: User) -> set[str]:
    """Every name and address that the installation knows somebody by."""
    members = Member.objects.filter(user=user).values_list("name", flat=True)
    known = {user.name, user.email, *members, *addresses_of(user)}
    return known - {"", erased_name()}


def without_person(text: str, names: Collection[str]) -> str:
    """A text in which somebody is no longer named.

    >>> without_person("Ana Ruiz, director of Ana Ruizling", {"Ana Ruiz"})
    'Erased person, director of Ana Ruizling'
    >>> without_person("Sam; Sam Lee", {"Sam"})
    'Erased person; Sam Lee'

    """
    for name in sorted(names, key=len, reverse=True):
        before, after = WHOLE if re.search(r"[\s@]", name) else ALONE
        stand_in = erased_name()
        whole = f"{before}{re.escape(name)}{after}"
        text = stand_in.join(re.split(whole, text, flags=re.IGNORECASE))
    return text
