import re
from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django.fixtures import Settings

from headway.accounts.models import User
from tests.core.test_parts_in_a_browser import Axe, Opener, opened, picture, said, server

__all__ = ["opened", "said", "server"]
pytestmark = pytest.mark.django_db(transaction=True)
ANYONE = [
    "/account/login/",
    "/account/signup/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/inactive/",
]
SIGNED_IN = [
    "/account/email/",
    "/account/password/set/",
    "/account/logout/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/sessions/",
]


class Outline(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(found == tag for found, _attrs in self.tags)


@pytest.fixture
def maria(transactional_db: None) -> User:
    user = User(email="maria@hennepin.example", name="Maria Reyes")
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def visitor(parts: Settings) -> Client:
    return Client()


@pytest.fixture
def maria_signed_in(visitor: Client, maria: User) -> Client:
    visitor.force_login(maria, "allauth.account.auth_backends.AuthenticationBackend")
    return visitor


def check_frame(html: str) -> None:
    outline = Outline(html)
    assert ("html", {"lang": "en", "dir": "ltr"}) in outline.tags
    assert outline.count("main") == 1
    assert outline.count("h1") == 1
    assert outline.count("style") == 0
    assert not re.search(r"\son[a-z]+=|\sstyle=", html)
    for tag, attrs in outline.tags:
        if tag == "script":
            assert attrs.get("src") or attrs.get("type") == "application/json"


@pytest.mark.parametrize("address", ANYONE)
def test_a_page_for_anyone_stands_in_our_frame(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    check_frame(answer.content.decode())


@pytest.mark.parametrize("address", SIGNED_IN)
def test_a_page_of_the_account_stands_in_our_frame(maria_signed_in: Client, address: str) -> None:
    answer = maria_signed_in.get(address, follow=True)
    assert answer.status_code == 200
    check_frame(answer.content.decode())


def test_a_refused_sign_in_names_the_field(visitor: Client) -> None:
    html = visitor.post("/account/login/", {"login": "not-an-address"}).content.decode()
    assert 'href="#id_login"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.browser
def test_every_page_of_the_account_passes_axe(
    maria_signed_in: Client, settings: Settings, server: str, opened: Opener, said: list[str]
) -> None:
    page = opened("/account/signup/", 320)
    cookie = maria_signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}]
    )
    for address in SIGNED_IN:
        page.goto(server + address)
        picture(page, "account" + address.replace("/", "-"))
        found = Axe().run(page).response["violations"]
        assert found == [], (address, [(rule["id"], rule["nodes"][0]["html"]) for rule in found])
    assert said == []
