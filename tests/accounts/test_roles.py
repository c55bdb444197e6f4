from datetime import timedelta
from typing import Any

import pytest

from headway.accounts import actions
from headway.accounts.actor import Actor
from headway.accounts.models import Authority, AuthorityRole, Event
from headway.core.errors import RuleError
from tests.accounts.conftest import DAY, NOON, ROLES, People, give_role, make_person, signed_in


def role_of(people: People, role: str) -> AuthorityRole:
    return AuthorityRole.objects.get(user=people.by_role(role), role=role)


def test_a_role_is_given_with_one_event_that_shows_it(
    ada: Actor, county: Authority, people: People
) -> None:
    before = Event.objects.count()
    actions.grant_role(
        by=ada, authority=county, email="MO@partner.example", role="registrar", starts_on=DAY
    )
    event = Event.objects.get(verb="role_granted", subject_id=people.member.pk)
    assert Event.objects.count() == before + 1
    assert event.user == people.administrator
    assert event.values.get(field="role").new == "registrar"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "nobody@county.example"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"email": "rae@county.example"}, "role"),
        ({"ends_on": DAY - timedelta(days=1)}, "ends_on"),
    ],
    ids=["without an account", "unknown role", "held already", "ends before it starts"],
)
def test_a_role_is_refused(
    ada: Actor, county: Authority, values: dict[str, object], field: str
) -> None:
    wish: dict[str, Any] = {
        "email": "mo@partner.example",
        "role": "registrar",
        "starts_on": DAY,
        **values,
    }
    with pytest.raises(RuleError) as refusal:
        actions.grant_role(by=ada, authority=county, **wish)
    assert refusal.value.field == field


def test_the_last_administrator_stays(ada: Actor, people: People, county: Authority) -> None:
    only = role_of(people, "administrator")
    with pytest.raises(RuleError, match="somebody else administrator first"):
        actions.end_role(by=ada, role=only, because="leaving")

    give_role(county, people.member, "administrator")
    actions.end_role(by=ada, role=only, because="leaving")
    assert not AuthorityRole.objects.holding(DAY).filter(pk=only.pk).exists()


def test_an_administrator_with_a_last_day_does_not_count_as_the_one_who_remains(
    ada: Actor, people: People, county: Authority
) -> None:
    other = give_role(county, people.member, "administrator")
    actions.end_role(by=ada, role=other, because="interim", last_day=DAY + timedelta(days=30))
    with pytest.raises(RuleError):
        actions.end_role(by=ada, role=role_of(people, "administrator"), because="leaving")


def test_a_role_holds_through_its_last_day(ada: Actor, people: People) -> None:
    role = role_of(people, "registrar")
    actions.end_role(by=ada, role=role, because="moves on", last_day=DAY)
    assert AuthorityRole.objects.holding(DAY).filter(pk=role.pk).exists()
    assert not AuthorityRole.objects.holding(DAY + timedelta(days=1)).filter(pk=role.pk).exists()


def test_a_role_given_today_can_be_taken_away_today_and_given_again(
    ada: Actor, people: People, county: Authority
) -> None:
    role = role_of(people, "registrar")
    actions.end_role(by=ada, role=role, because="wrong person")
    assert not AuthorityRole.objects.holding(DAY).filter(pk=role.pk).exists()
    assert give_role(county, people.registrar, "registrar").pk != role.pk


@pytest.mark.parametrize(
    ("because", "days"), [("", 0), ("moves on", -1)], ids=["no reason", "in the past"]
)
def test_an_end_is_refused(ada: Actor, people: People, because: str, days: int) -> None:
    role = role_of(people, "registrar")
    with pytest.raises(RuleError):
        actions.end_role(by=ada, role=role, because=because, last_day=DAY + timedelta(days=days))


def test_a_role_that_is_over_is_not_brought_back_by_a_later_last_day(
    ada: Actor, people: People
) -> None:
    role = role_of(people, "registrar")
    actions.end_role(by=ada, role=role, because="moves on")
    with pytest.raises(RuleError, match="over already"):
        actions.end_role(by=ada, role=role, because="moves on", last_day=DAY + timedelta(days=900))


def test_roles_of_one_authority_count_nowhere_else(people: People, county: Authority) -> None:
    ramsey = actions.make_authority(at=NOON, name="Ramsey County", host_name="ramsey.example")
    assert not AuthorityRole.objects.in_authority(ramsey).exists()
    assert AuthorityRole.objects.in_authority(county).count() == len(ROLES)


@pytest.mark.parametrize("lower", ["registrar", "records_officer", "member"])
def test_a_lower_role_cannot_take_over_a_higher(people: People, lower: str) -> None:
    """Row 75: neither end an administrator's role, nor give oneself one."""
    client = signed_in(people.by_role(lower))
    target = role_of(people, "administrator")
    end = client.post(f"/settings/people/{target.pk}/end/", {"because": "mine now"})
    grant = client.post(
        "/settings/people/", {"email": people.by_role(lower).email, "role": "administrator"}
    )
    assert (end.status_code, grant.status_code) == (403, 403)
    target.refresh_from_db()
    assert target.ends_on is None
    assert not AuthorityRole.objects.filter(
        user=people.by_role(lower), role="administrator"
    ).exists()


def test_an_account_is_made_once_and_grants_nothing(county: Authority) -> None:
    first = make_person(county, "new@partner.example")
    again = actions.make_person(
        by=Actor(kind="worker", at=NOON), authority=county, email="New@Partner.example"
    )
    assert first == again
    assert not AuthorityRole.objects.filter(user=first).exists()
