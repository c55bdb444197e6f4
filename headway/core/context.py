"""What the shell around every page needs; it never asks the database for itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import check_for_language, get_language, get_language_info

from headway.core.errors import Message

PRODUCT = "Headway"


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the navigation at the left, with its small state mark."""

    label: Message
    href: str
    current: bool = False
    state: str = ""
    state_label: Message = ""
    below: "tuple[NavigationItem, ...]" = ()


@dataclass(frozen=True)
class Language:
    """A language on offer, under its own name."""

    code: str
    name: str
    current: bool


def _address(name: str, *args: str) -> str:
    """Where a page is, or nothing where this site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class Shell:
    """The frame around a page, each part looked up only when the template shows it."""

    product = PRODUCT

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def language(self) -> str:
        """The code of the page's language, as HTML wants it."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def direction(self) -> str:
        """Which way the page's language is written."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """Every language on offer; none where there is but one to choose from."""
        codes = [code for code, _name in settings.LANGUAGES if check_for_language(code)]
        if len(codes) < 2 or not self.language_href:
            return ()
        return tuple(
            Language(code, get_language_info(code)["name_local"], code == self.language)
            for code in codes
        )

    @property
    def language_href(self) -> str:
        """Where the language form is sent."""
        return _address("set_language")

    @property
    def here(self) -> str:
        """The address of this page, to come back to after choosing a language."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @property
    def authority(self) -> Any:
        """The public body whose site this is, or None on pages made before it is known."""
        return getattr(self._request, "authority", None)

    @property
    def initiative(self) -> Any:
        """The initiative the page is about, if any."""
        return getattr(self._request, "initiative", None)

    @property
    def navigation(self) -> tuple[NavigationItem, ...]:
        """The entries at the left, where the view set them on the request."""
        return getattr(self._request, "navigation", ())

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        user = getattr(self._request, "user", None)
        return user is not None and user.is_authenticated

    @property
    def home_href(self) -> str:
        """The start page."""
        return _address("site:home") or _address("site:welcome") or "/"

    @property
    def search_href(self) -> str:
        """The search page: of the initiative that the page is about, else of all."""
        slug = getattr(self.initiative, "slug", "")
        return _address("site:search_initiative", slug) if slug else _address("site:search")

    @property
    def account_href(self) -> str:
        """The reader's own account."""
        return _address("accounts:account") or _address("account_email")

    @property
    def notices_href(self) -> str:
        """What the reader was told, where this site tells people anything."""
        return _address("notices:notices")

    @property
    def unread_notices(self) -> int:
        """How much of it they have not read; it comes with the row that says who is signed in."""
        return getattr(getattr(self._request, "user", None), "unread_notices", 0)

    @property
    def sign_in_href(self) -> str:
        """Where to sign in."""
        return _address("account_login")

    @property
    def sign_out_href(self) -> str:
        """Where the form to sign out is sent."""
        return _address("account_logout")


def shell(request: HttpRequest) -> Mapping[str, Shell]:
    """The frame around every page, as `shell`."""
    return {"shell": Shell(request)}
