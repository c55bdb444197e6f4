import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from headway.accounts import limits
from headway.accounts.limits import client_address, count
from headway.accounts.models import Authority
from tests.accounts.conftest import People, signed_in


def try_password(email: str, typed: str = "wrong", address: str = "192.0.2.1") -> int:
    wish = {"login": email, "password": typed}
    return Client(REMOTE_ADDR=address).post("/account/login/", wish).status_code


def test_the_eleventh_wrong_password_is_one_too_many_and_others_go_on(people: People) -> None:
    """Row 78."""
    people.registrar.set_password("correct horse battery")
    people.registrar.save()
    answers = [try_password("mo@partner.example") for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert try_password("mo@partner.example", address="198.51.100.7") == 429
    assert try_password("rae@county.example", "correct horse battery") == 302
    assert try_password("rae@county.example", "correct horse battery", "198.51.100.8") == 302


def test_the_eleventh_code_asked_for_is_one_too_many_and_others_go_on(people: People) -> None:
    def ask(email: str) -> int:
        return Client().post("/account/login/code/", {"email": email}).status_code

    answers = [ask("mo@partner.example") for _ in range(11)]
    assert answers == [302] * 10 + [429]
    assert ask("rae@county.example") == 302


def test_the_page_says_when_to_try_again(people: People) -> None:
    for _ in range(10):
        try_password("mo@partner.example")
    wish = {"login": "mo@partner.example", "password": "wrong"}
    answer = Client(REMOTE_ADDR="192.0.2.1").post("/account/login/", wish)
    assert int(answer["Retry-After"]) > 0
    assert "Wait 300 seconds" in answer.content.decode()


def test_one_account_is_stopped_and_another_at_the_same_address_goes_on(people: People) -> None:
    mo, rae = signed_in(people.member), signed_in(people.registrar)
    assert [mo.get("/limited/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert rae.get("/limited/").status_code == 200


def test_strangers_are_counted_by_address(county: Authority) -> None:
    here, there = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    assert [here.get("/limited/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert there.get("/limited/").status_code == 200


def test_many_accounts_behind_one_address_are_stopped_at_last(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [signed_in(people.by_role(role)) for role in ("member", "registrar")]
    spent = [client.get("/limited/").status_code for client in clients * 3]
    assert set(spent) == {200}
    request = RequestFactory().get("/limited/")
    request.user = people.administrator
    assert limits.limit_of(request, "limited_page", 3, per_address=6) is not None


def test_a_new_minute_begins_with_nothing_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000_020.0]
    monkeypatch.setattr("headway.accounts.limits.time.time", lambda: now[0])
    assert [count("x", "mo", 2) is None for _ in range(3)] == [True, True, False]
    spent = count("x", "mo", 2)
    assert spent is not None
    now[0] += spent.seconds_left
    assert count("x", "mo", 2) is None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "nonsense", "unknown"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
    ],
)
def test_the_address_is_what_the_trusted_proxies_say(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == expected
