"""Every way in that allauth brings, through our pages and our mail."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from headway.accounts.access import declared
from headway.accounts.adapters import AccountAdapter
from headway.accounts.allauth_views import ALLAUTH_VIEWS, OWN, mounted
from headway.accounts.models import Authority, OutboxMessage, User
from tests.accounts.conftest import People, give_second_factor, signed_in

CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)
PASSWORD = "a long walk by the lake"


@pytest.fixture
def mails(pages: Settings, transactional_db: None) -> SimpleNamespace:
    """The mail folder, read like a person reads mail."""
    pages.EMAIL_BACKEND = "headway.accounts.mail.OutboxBackend"

    def newest() -> str:
        file = max(Path(pages.MAIL_FOLDER).glob("*.eml"), key=lambda f: f.stat().st_mtime_ns)
        body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def code() -> str:
        found = CODE.search(newest())
        assert found is not None, newest()
        return found[1]

    return SimpleNamespace(newest=newest, code=code)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_a_code_by_mail_signs_in_and_is_gone_from_the_database(
    mails: SimpleNamespace, people: People
) -> None:
    browser = Client()
    asked = browser.post("/account/login/", {"login": "mo@partner.example", "password": ""})
    assert asked["Location"] == "/account/login/code/confirm/"
    assert not is_in(browser)
    text = mails.newest()
    assert "Headway · Hennepin County" in text
    assert "please" not in text.lower()
    assert mails.code() not in str(list(OutboxMessage.objects.values_list("text", "html")))

    wrong = browser.post(asked["Location"], {"code": "WRONG"})
    assert "Enter the code from the newest mail" in wrong.content.decode()
    done = browser.post(asked["Location"], {"code": mails.code()})
    assert done["Location"] == "/home/"
    assert is_in(browser)


def test_three_wrong_codes_end_the_try(mails: SimpleNamespace, people: People) -> None:
    browser = Client()
    browser.post("/account/login/code/", {"email": "mo@partner.example"})
    code = mails.code()
    for _ in range(3):
        browser.post("/account/login/code/confirm/", {"code": "WRONG"})
    browser.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(browser)


def test_nobody_learns_who_has_an_account(mails: SimpleNamespace, people: People) -> None:
    known, unknown = Client(), Client()
    answers = [
        browser.post("/account/login/", {"login": email}, follow=True)
        for browser, email in ((known, "mo@partner.example"), (unknown, "no@partner.example"))
    ]
    pages = [
        re.sub(
            r'(value|nonce)="[^"]{20,}"|"X-CSRFToken": "\w+"', "", answer.content.decode()
        ).replace("no@partner", "mo@partner")
        for answer in answers
    ]
    assert pages[0] == pages[1]
    assert (
        "No account has this address"
        in OutboxMessage.objects.get(recipient="no@partner.example").subject
    )


def test_anyone_makes_an_account_which_grants_nothing(
    mails: SimpleNamespace, county: Authority
) -> None:
    browser = Client()
    sent = browser.post("/account/signup/", {"email": "New@Partner.example"})
    assert sent["Location"] == "/account/confirm-email/"
    assert not is_in(browser)
    browser.post("/account/confirm-email/", {"code": mails.code()})
    assert is_in(browser)
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == ("new@partner.example", False)
    assert EmailAddress.objects.get(user=user).verified
    assert browser.get("/account/").status_code == 200
    assert browser.get("/settings/").status_code == 403


def test_a_second_account_for_an_address_is_not_made(
    mails: SimpleNamespace, people: People
) -> None:
    before = User.objects.count()
    Client().post("/account/signup/", {"email": "MO@partner.example"})
    assert User.objects.count() == before
    assert "There is one already" in mails.newest()


def test_a_stranger_cannot_leave_a_password_on_an_address(county: Authority) -> None:
    wish = {"email": "mo@partner.example", "password1": PASSWORD}
    Client().post("/account/signup/", wish)
    assert not User.objects.get(email="mo@partner.example").has_usable_password()


def test_a_password_is_set_by_mail_and_signs_in(mails: SimpleNamespace, people: People) -> None:
    browser = Client()
    browser.post("/account/password/reset/", {"email": "mo@partner.example"})
    link = re.search(r"http://\S+?(/account/password/reset/key/\S+)", mails.newest())
    assert link is not None
    page = browser.get(link[1])
    wish = {"password1": PASSWORD, "password2": PASSWORD}
    browser.post(page["Location"], wish)
    assert "Your password has been" in mails.newest()

    fresh = Client()
    fresh.post("/account/login/", {"login": "MO@partner.example", "password": PASSWORD})
    assert is_in(fresh)


def totp_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def test_an_authenticator_app_is_set_up_and_asked_for(
    mails: SimpleNamespace, people: People
) -> None:
    mo = people.member
    mo.set_password(PASSWORD)
    mo.save()
    browser = Client()
    browser.post("/account/login/", {"login": mo.email, "password": PASSWORD})
    again = browser.get("/account/2fa/totp/activate/")
    assert again["Location"].startswith("/account/reauthenticate/")
    page = browser.post(again["Location"], {"password": PASSWORD}, follow=True)
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    answer = browser.post("/account/2fa/totp/activate/", {"code": totp_code(secret)})
    assert answer.status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert "If this was not you" in mails.newest()

    fresh = Client()
    asked = fresh.post("/account/login/", {"login": mo.email, "password": PASSWORD})
    assert asked["Location"] == "/account/2fa/authenticate/"
    assert not is_in(fresh)
    recovery = Authenticator.objects.get(type="recovery_codes").wrap()
    assert isinstance(recovery, RecoveryCodes)
    one = recovery.get_unused_codes()[0]
    fresh.post("/account/2fa/authenticate/", {"code": one})
    assert is_in(fresh)
    left = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert one not in left


def test_a_code_by_mail_does_not_replace_the_second_factor(
    mails: SimpleNamespace, people: People
) -> None:
    give_second_factor(people.administrator)
    browser = Client()
    browser.post("/account/login/", {"login": people.administrator.email})
    answer = browser.post("/account/login/code/confirm/", {"code": mails.code()})
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert not is_in(browser)


def test_a_passkey_is_asked_for_with_a_challenge(people: People) -> None:
    browser = Client()
    asked = browser.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert asked.status_code == 200
    assert asked.json()["request_options"]["publicKey"]["challenge"]


@pytest.mark.parametrize(
    ("types", "first"),
    [
        (["webauthn", "recovery_codes"], "mfa_reauthenticate:webauthn"),
        (["totp", "recovery_codes"], "mfa_reauthenticate"),
    ],
)
def test_one_is_asked_first_for_what_one_surely_has(
    people: People, types: list[str], first: str
) -> None:
    for kind in types:
        Authenticator.objects.create(user=people.member, type=kind, data={})
    methods = AccountAdapter().get_reauthentication_methods(people.member)
    assert methods[0]["id"] == first


def test_a_session_list_signs_the_others_out(people: People) -> None:
    mo = people.member
    mo.set_password(PASSWORD)
    mo.save()
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/account/login/", {"login": mo.email, "password": PASSWORD})
    page = browsers[0].get("/account/sessions/")
    assert page.context["session_count"] == 2
    browsers[0].post("/account/sessions/")
    assert browsers[0].get("/account/").status_code == 200
    assert browsers[1].get("/account/").status_code == 302


def test_a_closed_account_does_not_open(people: People) -> None:
    mo = people.member
    mo.set_password(PASSWORD)
    mo.save()
    mo.change(is_active=False)
    browser = Client()
    browser.post("/account/login/", {"login": mo.email, "password": PASSWORD})
    assert not is_in(browser)


def test_every_page_of_allauth_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {pattern.name for pattern in mounted()} == set(ALLAUTH_VIEWS)
    assert all(declared(pattern.callback) is not None for pattern in mounted())


@pytest.mark.parametrize("name", sorted(ALLAUTH_VIEWS))
def test_each_page_of_allauth_is_open_as_the_table_says(people: People, name: str) -> None:
    special: dict[str, list[object]] = {
        "mfa_remove_webauthn": [1],
        "mfa_edit_webauthn": [1],
        "account_reset_password_from_key": ["1", "x-y"],
    }
    path = reverse(name, args=special.get(name, []))
    for answer in (Client().get(path), Client().post(path, {})):
        assert answer.status_code < 500
        if ALLAUTH_VIEWS[name] == OWN:
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/account/login/")
    own = signed_in(people.member).get(path)
    nothing_to_ask = "reauthenticate" in name  # Mo has neither a password nor a factor
    assert own.status_code in ({403} if nothing_to_ask else {200, 302, 404})


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/login/code/"])
@pytest.mark.parametrize("value", ["a\x00b@c.example", "x" * 100_000, "é@ü.example", "\ufffd"])
def test_bad_input_at_the_entrance_is_no_failure(county: Authority, path: str, value: str) -> None:
    answer = Client().post(path, {"login": value, "email": value, "password": value})
    assert answer.status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/account/login/", "login"),
        ("/account/signup/", "email"),
        ("/account/login/code/", "email"),
        ("/account/password/reset/", "email"),
    ],
)
def test_the_entrance_refuses_in_our_words(county: Authority, path: str, field: str) -> None:
    answers = {said: Client().post(path, {field: said}) for said in ("", "ada")}
    assert "Fill this in." in answers[""].content.decode()
    assert "Enter an email address, like name@county.example." in answers["ada"].content.decode()


def test_a_further_address_is_refused_in_our_words(people: People) -> None:
    answer = signed_in(people.member).post("/account/email/", {"email": "ada", "action_add": ""})
    assert "Enter an email address, like name@county.example." in answer.content.decode()
