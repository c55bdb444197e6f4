import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from headway.accounts.access import permission_table
from headway.accounts.models import Authority, AuthorityRole, Event, RetentionClass
from tests.accounts.conftest import (
    ROLES,
    People,
    give_role,
    give_second_factor,
    make_person,
    signed_in,
)

PAGES = {
    "/account/": "accounts.own_account",
    "/account/tokens/": "accounts.own_tokens",
    "/account/mail/": "accounts.mail_folder",
    "/settings/": "accounts.settings",
    "/settings/people/": "accounts.people",
    "/settings/retention/": "accounts.retention",
    "/settings/retention/name/": "accounts.retention",
    "/settings/retention/default/": "accounts.retention",
    "/settings/log/": "accounts.log",
    "/settings/log.csv": "accounts.log",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [*ROLES, "member"])
def test_each_page_opens_to_those_whom_the_table_names(
    people: People, role: str, page: str
) -> None:
    cells = {"user@self", f"{role}@authority"}
    expected = 200 if permission_table()[PAGES[page]] & cells else 403
    assert signed_in(people.by_role(role)).get(page).status_code == expected


@pytest.mark.parametrize("page", PAGES)
def test_each_page_sends_strangers_to_sign_in(county: Authority, page: str) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "page", ["/settings/", "/settings/people/", "/settings/log/", "/account/tokens/"]
)
def test_an_administrator_without_second_factor_is_led_to_set_one_up(
    as_ada: Client, people: People, settings: Settings, page: str
) -> None:
    settings.ENFORCE_SECOND_FACTOR = True
    refused = as_ada.get(page)
    assert (refused.status_code, refused["Location"]) == (302, "/account/2fa/")
    posted = as_ada.post(page, {"email": "mo@partner.example", "role": "registrar"})
    assert posted.status_code == 302
    assert not AuthorityRole.objects.filter(user=people.member).exists()

    give_second_factor(people.administrator)
    assert as_ada.get(page).status_code == 200


def test_a_name_and_language_are_changed_with_an_event(as_mo: Client, people: People) -> None:
    answer = as_mo.post("/account/", {"name": "Mo Adams", "language": "en"})
    assert answer.status_code == 302
    people.member.refresh_from_db()
    assert people.member.name == "Mo Adams"
    event = Event.objects.get(verb="account_changed")
    assert (event.values.get(field="name").old, event.user) == ("Mo", people.member)


def test_settings_are_changed_with_old_and_new_values(as_ada: Client, county: Authority) -> None:
    wish = {"name": "Hennepin", "zone": "America/Denver", "language": "en"}
    assert as_ada.post("/settings/", wish).status_code == 302
    county.refresh_from_db()
    assert (county.name, county.zone) == ("Hennepin", "America/Denver")
    values = Event.objects.get(verb="authority_changed").values.get(field="zone")
    assert (values.old, values.new) == ("America/Chicago", "America/Denver")


def test_an_unknown_zone_is_refused_at_its_field(as_ada: Client) -> None:
    wish = {"name": "Hennepin", "zone": "Mars/Olympus", "language": "en"}
    answer = as_ada.post("/settings/", wish)
    assert answer.status_code == 422
    assert "Choose one of the options listed." in answer.content.decode()


def test_people_are_given_a_role_and_lose_it_on_the_pages(as_ada: Client, people: People) -> None:
    as_ada.post("/settings/people/", {"email": "mo@partner.example", "role": "registrar"})
    role = AuthorityRole.objects.get(user=people.member)
    assert "Mo" in as_ada.get("/settings/people/").content.decode()

    page = f"/settings/people/{role.pk}/end/"
    assert as_ada.post(page, {}).status_code == 422
    assert as_ada.post(page, {"because": "moved on"}).status_code == 302
    assert "Taken away" in as_ada.get("/settings/people/").content.decode()


def test_ending_the_last_administrator_says_what_to_do(as_ada: Client, people: People) -> None:
    role = AuthorityRole.objects.get(user=people.administrator)
    answer = as_ada.post(f"/settings/people/{role.pk}/end/", {"because": "leaving"})
    assert answer.status_code == 422
    assert "Make somebody else administrator first" in answer.content.decode()


def test_a_role_of_another_authority_is_not_found(as_ada: Client, people: People) -> None:
    from headway.accounts import actions  # only this test needs a second authority
    from tests.accounts.conftest import NOON

    ramsey = actions.make_authority(at=NOON, name="Ramsey", host_name="ramsey.example")
    role = give_role(ramsey, people.member, "registrar")
    page = f"/settings/people/{role.pk}/end/"
    assert as_ada.post(page, {"because": "not mine"}).status_code == 404


def test_a_new_authority_has_a_retention_schedule(county: Authority) -> None:
    assert county.retention_schedule
    assert RetentionClass.objects.in_authority(county).filter(keep_years=None).count() == 1


def test_a_class_of_records_is_added_and_changed(as_ada: Client, county: Authority) -> None:
    wish = {"name": "Grant files", "keep_years": "6", "basis": "2 CFR 200.334"}
    assert as_ada.post("/settings/retention/", wish).status_code == 302
    row = RetentionClass.objects.get(code="grant-files")
    page = f"/settings/retention/{row.pk}/"
    assert as_ada.post(page, {**wish, "keep_years": ""}).status_code == 302
    row.refresh_from_db()
    assert row.keep_years is None
    value = Event.objects.get(verb="retention_class_changed").values.get(field="keep_years")
    assert (value.old, value.new) == ("6 years", "permanently")


@pytest.mark.parametrize("years", ["-1", "201", "99999999999999999999", "six"])
def test_years_out_of_range_are_refused(as_ada: Client, years: str) -> None:
    answer = as_ada.post("/settings/retention/", {"name": "Grants", "keep_years": years})
    assert answer.status_code == 422


def test_the_list_of_people_asks_the_database_as_often_for_many_as_for_few(
    as_ada: Client, county: Authority, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        person = make_person(county, f"p{number}@county.example")
        give_role(county, person, "registrar")
    with django_assert_max_num_queries(12):
        as_ada.get("/settings/people/")


def test_a_site_without_an_authority_says_so(db: None) -> None:
    answer = Client().get("/account/login/")
    assert answer.status_code == 503
    assert "not set up yet" in answer.content.decode()


def test_the_account_speaks_the_language_chosen_for_it(as_mo: Client) -> None:
    as_mo.post("/account/", {"name": "Mo", "language": "ar-xb"})
    assert 'dir="rtl"' in as_mo.get("/account/").content.decode()
    as_mo.cookies["django_language"] = "en"
    assert 'dir="ltr"' in as_mo.get("/account/").content.decode()


def test_times_are_those_of_the_authority(as_ada: Client, county: Authority) -> None:
    assert "March 27, 2026, noon" in as_ada.get("/settings/log/").content.decode()
