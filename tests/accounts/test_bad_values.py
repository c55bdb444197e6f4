"""The same bad values are refused in the same words on both engines."""

import pytest
from django.test import Client

from headway.accounts import actions
from headway.accounts.actor import Actor
from headway.accounts.models import Authority, Event, OutboxMessage, User
from headway.core.errors import RuleError
from tests.accounts.conftest import NOON

BAD = {
    "NUL": "a\x00b",
    "half an emoji": "a\ud83db",
    "a megabyte": "x" * 1_000_000,
}


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_bad_text_is_refused_by_the_action_and_nothing_is_kept(
    county: Authority, ada: Actor, value: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(RuleError):
        actions.change_authority(
            by=ada, authority=county, name=value, zone="America/Chicago", language="en"
        )
    county.refresh_from_db()
    assert county.name == "Hennepin County"
    assert Event.objects.count() == before


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
@pytest.mark.parametrize(
    ("page", "wish"),
    [
        ("/account/", {"name": "", "language": "en"}),
        ("/settings/", {"name": "", "zone": "America/Chicago", "language": "en"}),
        ("/settings/retention/", {"name": "", "keep_years": "3"}),
        ("/account/tokens/", {"name": "", "scopes": ["accounts.own_account"]}),
    ],
    ids=["account", "settings", "retention", "tokens"],
)
def test_bad_text_in_a_form_is_refused_at_its_field(
    as_ada: Client, page: str, wish: dict[str, object], value: str
) -> None:
    sent = value.encode("utf-8", "replace").decode() if "\ud83d" in value else value
    answer = as_ada.post(page, {**wish, "name": sent})
    # A browser sends half an emoji as a question mark, which every name may hold; a token without
    # its last day is refused whatever it is called.
    fine = sent != value and page != "/account/tokens/"
    assert answer.status_code == (302 if fine else 422)


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", '"><img src=x onerror=a()>'])
def test_script_in_a_name_is_shown_as_text(as_ada: Client, script: str) -> None:
    as_ada.post("/account/", {"name": script, "language": "en"})
    for page in ("/account/", "/settings/people/", "/settings/log/"):
        assert script not in as_ada.get(page).content.decode()


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_a_bad_mail_is_refused_before_it_is_kept(db: None, value: str) -> None:
    with pytest.raises(RuleError):
        actions.post_mail(at=NOON, recipient="mo@partner.example", subject="x", text=value)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "email", ["mo", "mo@", "mo@a b", "a\x00@b.example", "x" * 300 + "@b.example"]
)
def test_an_address_that_cannot_be_one_makes_no_account(county: Authority, email: str) -> None:
    by = Actor(kind="worker", at=NOON)
    with pytest.raises(RuleError):
        actions.make_person(by=by, authority=county, email=email)
    assert not User.objects.exists()


@pytest.mark.parametrize("years", [-1, 201, 10**30])
def test_years_out_of_range_are_refused_by_the_action(
    county: Authority, ada: Actor, years: int
) -> None:
    with pytest.raises(RuleError):
        actions.add_retention_class(by=ada, authority=county, name="Grants", keep_years=years)
