import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pydantic import ValidationError
from pytest_django.fixtures import Settings

from headway.accounts import actions
from headway.accounts.access import permission_table, permission_words
from headway.accounts.actor import Actor
from headway.accounts.api import LONGEST, Paging, listed, operations
from headway.accounts.models import ApiToken, Authority, Event, User
from headway.accounts.queries.account import NEVER_BY_TOKEN, offered_scopes, tokens_page
from headway.core.errors import RuleError
from headway.core.tables import Mark
from headway.site.api import api
from tests.accounts.conftest import NOON, People, give_second_factor, signed_in

SCOPE = "accounts.own_account"
MEMBER_CELLS = frozenset({"user@self"})


def new_token(user: User, county: Authority, **values: Any) -> actions.NewToken:
    by = Actor(kind="user", at=timezone.now(), user=user)
    wish = {
        "name": "nightly copy",
        "scopes": [SCOPE],
        "offered": offered_scopes(MEMBER_CELLS),
        "expires_at": by.at + timedelta(days=30),
        **values,
    }
    return actions.make_token(by=by, authority=county, **wish)


@pytest.fixture
def made(people: People, county: Authority) -> actions.NewToken:
    return new_token(people.member, county)


def ask(secret: str, path: str = "/api/v1/me", client: Client | None = None) -> Any:
    return (client or Client()).get(path, headers={"Authorization": f"Bearer {secret}"})


def test_a_token_acts_for_its_person_and_its_use_is_noted(
    made: actions.NewToken, people: People
) -> None:
    answer = ask(made.secret)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(people.member.pk),
        "email": "mo@partner.example",
        "name": "Mo",
        "authority": "Hennepin County",
        "roles": [],
        "scopes": [SCOPE],
        "expires_at": answer.json()["expires_at"],
    }
    made.token.refresh_from_db()
    assert made.token.last_used_on is not None


def test_only_the_digest_of_a_token_is_kept(made: actions.NewToken) -> None:
    row = ApiToken.objects.values().get()
    assert not any(made.secret in str(value) for value in row.values())
    assert made.secret.startswith("hw_")
    values = Event.objects.get(verb="token_made").values.values_list("old", "new")
    assert made.secret not in str(list(values))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"revoked_at": NOON}, 401),
        ({"made_at": NOON, "expires_at": NOON + timedelta(days=1)}, 401),
        ({"scopes": ["initiatives.view"]}, 403),
    ],
    ids=["revoked", "run out", "made for something else"],
)
def test_a_token_is_refused(made: actions.NewToken, change: dict[str, object], status: int) -> None:
    ApiToken.objects.filter(pk=made.token.pk).update(**change)
    answer = ask(made.secret)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "field", "where"}


@pytest.mark.parametrize("secret", ["", "hw_", "hw_" + "x" * 43, "x" * 5_000, "hw_é" + "x" * 50])
def test_a_made_up_token_is_refused_in_the_one_shape(county: Authority, secret: str) -> None:
    answer = ask(secret)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer hw_" in answer.json()["error"]["message"]


def test_an_administrators_token_opens_their_pages_only_with_a_second_factor(
    people: People, county: Authority, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENFORCE_SECOND_FACTOR = True
    monkeypatch.setitem(permission_table(), SCOPE, MEMBER_CELLS | {"administrator@authority"})
    admins, others = new_token(people.administrator, county), new_token(people.member, county)
    answer = ask(admins.secret)
    assert answer.status_code == 403
    assert "second factor" in answer.json()["error"]["message"]
    assert ask(others.secret).status_code == 200

    give_second_factor(people.administrator)
    assert ask(admins.secret).status_code == 200


def test_a_closed_account_closes_its_tokens(made: actions.NewToken, people: People) -> None:
    people.member.change(is_active=False)
    assert ask(made.secret).status_code == 401


def test_a_token_of_one_authority_opens_no_other(made: actions.NewToken, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    actions.make_authority(at=NOON, name="Ramsey", host_name="ramsey.example")
    here = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {made.secret}"})
    there = Client(headers={"Host": "ramsey.example"}).get(
        "/api/v1/me", headers={"Authorization": f"Bearer {made.secret}"}
    )
    assert (here.status_code, there.status_code) == (200, 401)


def test_a_session_opens_nothing_in_the_json_interface(as_ada: Client) -> None:
    assert as_ada.get("/api/v1/me").status_code == 401


def test_a_token_works_without_any_session_beside_another_persons_session(
    as_ada: Client, made: actions.NewToken
) -> None:
    assert ask(made.secret, client=as_ada).json()["email"] == "mo@partner.example"


def test_an_unknown_address_of_the_interface_is_not_found(made: actions.NewToken) -> None:
    assert ask(made.secret, "/api/v1/nothing").status_code == 404


def test_what_the_interface_offers_is_described(county: Authority) -> None:
    described = Client().get("/api/v1/openapi.json").json()
    answers = described["paths"]["/api/v1/me"]["get"]["responses"]
    assert set(answers) >= {"200", "401", "403", "429"}


def test_every_operation_declares_its_permission() -> None:
    found = list(operations(api))
    assert found
    for method, path, function in found:
        access = getattr(function, "access", None)
        assert access is not None, f"{method} {path} declares nothing"
        assert access.permission in permission_table()


def test_no_operation_answers_without_a_token(county: Authority) -> None:
    for number, (method, path, _function) in enumerate(operations(api)):
        address = "/api/v1/" + re.sub(r"\{(?:\w+:)?\w+\}", str(county.pk), path).strip("/")
        # From many places, since one of them may not ask so often in a minute.
        answer = Client(REMOTE_ADDR=f"192.0.2.{number + 1}").generic(method, address)
        assert answer.status_code == 401, f"{method} {address} answered {answer.status_code}"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["accounts.settings"]}, "scopes"),
        ({"scopes": ["accounts.own_tokens"]}, "scopes"),
        ({"scopes": ["no.such"]}, "scopes"),
        ({"expires_at": NOON - timedelta(days=900)}, "expires_on"),
        ({"expires_at": NOON + timedelta(days=9000)}, "expires_on"),
    ],
    ids=["none", "not held", "tokens by token", "unknown", "past", "beyond a year"],
)
def test_a_token_is_not_made(
    people: People, county: Authority, values: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        new_token(people.member, county, **values)
    assert refusal.value.field == field


def test_nobody_keeps_more_than_twenty_tokens(people: People, county: Authority) -> None:
    for _number in range(20):
        new_token(people.member, county)
    with pytest.raises(RuleError, match="Revoke a token"):
        new_token(people.member, county)


def test_scopes_on_offer_are_those_one_could_hold() -> None:
    member, administrator = (
        offered_scopes(MEMBER_CELLS),
        offered_scopes(MEMBER_CELLS | {"administrator@authority"}),
    )
    assert SCOPE in member
    assert "accounts.settings" in administrator
    assert "accounts.settings" not in member
    assert not NEVER_BY_TOKEN & set(administrator)


def test_the_page_shows_the_secret_once_and_revokes(as_mo: Client) -> None:
    last_day = (timezone.localdate() + timedelta(days=30)).isoformat()
    wish = {"name": "<b>report</b>", "scopes": [SCOPE], "expires_on": last_day}
    shown = as_mo.post("/account/tokens/", wish)
    secret = shown.context["page"].secret
    assert shown.status_code == 200
    assert secret in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert ask(secret).status_code == 200

    listed_page = as_mo.get("/account/tokens/").content.decode()
    assert secret not in listed_page
    assert "&lt;b&gt;report" in listed_page

    token = ApiToken.objects.get()
    page = f"/account/tokens/{token.pk}/revoke/"
    assert "stop working at once" in as_mo.get(page).content.decode()
    assert as_mo.post(page).status_code == 302
    assert ask(secret).status_code == 401
    assert Event.objects.filter(verb="token_revoked").count() == 1


def test_a_refused_form_keeps_what_was_typed(as_mo: Client) -> None:
    answer = as_mo.post("/account/tokens/", {"name": "my script", "expires_on": "2099-01-01"})
    assert answer.status_code == 422
    assert 'value="my script"' in answer.content.decode()


def test_nobody_sees_or_revokes_the_tokens_of_others(
    made: actions.NewToken, people: People
) -> None:
    other = signed_in(people.administrator)
    assert "nightly copy" not in other.get("/account/tokens/").content.decode()
    assert other.post(f"/account/tokens/{made.token.pk}/revoke/").status_code == 404


def test_a_token_asks_too_often(made: actions.NewToken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headway.accounts.api.PER_MINUTE", 2)
    answers = [ask(made.secret) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert "Wait" in answers[2].json()["error"]["message"]


def test_an_address_that_guesses_is_stopped(
    made: actions.NewToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headway.accounts.api.WRONG_PER_MINUTE", 2)
    assert [ask("hw_" + "x" * 43).status_code for _ in range(3)] == [401, 401, 429]
    assert ask(made.secret).status_code == 200


@pytest.mark.parametrize(
    "sent", [{"page": 0}, {"size": 201}, {"page": 10**9}, {"pages": 1}, {"size": "many"}]
)
def test_a_page_out_of_bounds_is_refused(sent: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Paging.model_validate(sent)


def test_a_list_comes_in_pages_and_ends() -> None:
    assert listed(range(5), Paging(page=2, size=3), str) == {
        "items": ["3", "4"],
        "page": 2,
        "size": 3,
        "total": 5,
    }
    assert listed(range(5), Paging(page=9, size=3), str)["items"] == []


def test_tokens_are_shown_with_their_state(made: actions.NewToken, people: People) -> None:
    page = tokens_page(
        user=people.member,
        authority=made.token.authority,
        now=timezone.now() + timedelta(days=60),
        params=QueryDict(),
    )
    state = page.table.rows[0][3].value
    assert isinstance(state, Mark)
    assert str(state.label) == "Run out"
    assert len(made.secret) < LONGEST


def test_what_a_token_may_is_said_in_plain_words(as_mo: Client) -> None:
    page = as_mo.get("/account/tokens/").content.decode()
    assert "Read initiatives and what happened" in page
    shown = re.sub(r"(?s)<[^>]*>", "", page)
    assert not [name for name in permission_table() if name in shown]
    words = [permission_words(name) for name in permission_table()]
    assert len(words) == len(set(words))
    assert permission_words("forums.close_round") == "Close round (forums)"
