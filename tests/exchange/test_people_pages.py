"""The records officer erases a person; everybody reads what is kept about them."""

import json
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries as Counts

from headway.accounts import actions as accounts
from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.exchange.formats.person import write_tables
from headway.forums.actions.comments import comment_on
from headway.initiatives import actions
from headway_analysis.partial_date import parse
from tests.exchange.everything import texts_with
from tests.exchange.test_pages import text_of
from tests.world import INITIATIVE_ROLES, NOON, World, a_happening

PEOPLE = "exchange:people"


def erase_address(world: World, role: str) -> str:
    return reverse("exchange:erase_person", args=[world.people[role].pk])


def test_only_the_records_officer_finds_people_and_erases_them(world: World) -> None:
    for address in (reverse(PEOPLE), erase_address(world, "observer")):
        for role in (*INITIATIVE_ROLES, "administrator", "registrar", "stranger"):
            assert world.client(role).get(address).status_code == 403, (role, address)
        assert Client().get(address)["Location"].startswith("/account/login/")
        assert world.client("records_officer").get(address).status_code == 200


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("the OBSERVER", True), ("observer@county", True), ("zebra", False)],
)
def test_people_are_found_by_name_or_address(
    world: World, elsewhere: World, words: str, *, found: bool
) -> None:
    shown = text_of(world.client("records_officer").get(reverse(PEOPLE), {"words": words}))
    assert ("observer@county.example" in shown) is found
    assert "rita@ramsey.example" not in shown
    assert ("Nobody fits" in shown) is not found


def test_a_person_is_erased_after_reading_what_goes_and_what_stays(world: World) -> None:
    browser, address = world.client("records_officer"), erase_address(world, "observer")
    EmailAddress.objects.create(user=world.people["observer"], email="obs@home.example")
    page = text_of(browser.get(address))
    assert "Name and addresses: The observer, obs@home.example, observer@county.example." in page
    assert "What stays" in page
    assert "cannot be done yet" not in page
    assert browser.post(address, {"because": " "}).status_code == 422
    answer = browser.post(address, {"because": "request of May 4"}, follow=True)
    assert "The person was erased." in text_of(answer)
    assert texts_with("observer@county.example") == []
    assert texts_with("obs@home.example") == []
    assert "request of May 4" in text_of(browser.get(reverse("exchange:log")))
    assert browser.post(address, {"because": "again"}).status_code == 422
    assert "Erased person" in text_of(browser.get(reverse(PEOPLE)))


def test_texts_of_others_that_name_the_person_are_listed_to_be_blackened(
    world: World, django_assert_max_num_queries: Counts
) -> None:
    browser, address = world.client("records_officer"), erase_address(world, "observer")
    assert "Texts that name the person</h2>" not in browser.get(address).content.decode()
    named = a_happening(world, "Asked by The observer at noon")
    a_happening(world, "Nobody asked")
    said = a_happening(world, "A quiet day")
    comment_on(by=world.actor(), record=said.record, text="observer@county.example was there")
    with django_assert_max_num_queries(20):
        page = browser.get(address).content.decode()
    assert "Nobody asked" not in page
    assert "A quiet day" in page
    step = f"{reverse('exchange:redact', args=[named.pk])}?passage=The+observer"
    assert step in page
    assert 'value="The observer"' in browser.get(step).content.decode()
    browser.post(step, {"passage": "The observer", "because": "erased"})
    assert step not in browser.get(address).content.decode()


def test_a_hold_and_an_open_duty_are_named_before_and_when_erasing(world: World) -> None:
    actions.place_hold(
        by=world.actor("records_officer"),
        authority=world.authority,
        name="Smith v. County",
        reason="litigation",
        initiative=world.hennepin,
    )
    browser = world.client("records_officer")
    for role, message in (("observer", "Smith v. County"), ("registrar", "role in the settings")):
        address = erase_address(world, role)
        assert message in text_of(browser.get(address))
        refused = browser.post(address, {"because": "asked for it"})
        assert refused.status_code == 422
        assert message in text_of(refused)
        world.people[role].refresh_from_db()
        assert world.people[role].is_active


def test_people_of_another_authority_and_nobody_are_not_found(
    world: World, elsewhere: World
) -> None:
    browser = world.client("records_officer")
    for key in (elsewhere.people["convener"].pk, uuid4()):
        assert browser.get(reverse("exchange:erase_person", args=[key])).status_code == 404


def test_a_long_list_of_people_asks_no_more_than_a_short_one(
    world: World, django_assert_max_num_queries: Counts
) -> None:
    worker = Actor(kind="worker", at=NOON)
    for number in range(60):
        accounts.make_person(
            by=worker, authority=world.authority, email=f"p{number}@county.example"
        )
    browser = world.client("records_officer")
    with django_assert_max_num_queries(12):
        answer = browser.get(reverse(PEOPLE))
    assert answer.content.decode().count("<tr") == 51


def test_the_account_page_leads_to_what_is_kept_and_whom_to_ask(world: World) -> None:
    browser = world.client("partner")
    assert reverse("exchange:about_me") in browser.get(reverse("accounts:account")).content.decode()
    page = text_of(browser.get(reverse("exchange:about_me")))
    assert "Write to the records office of Hennepin County from partner@county.example" in page
    assert "The records officer, records-officer@county.example" in page
    assert Client().get(reverse("exchange:about_me"))["Location"].startswith("/account/login/")


def test_what_is_kept_about_me_is_downloaded_whole_and_without_secrets(world: World) -> None:
    by = world.actor("partner")
    made = make_token(
        by=by,
        authority=world.authority,
        name="nightly copy",
        scopes=["problems.view"],
        offered=["problems.view"],
        expires_at=NOON.replace(day=28),
    )
    accounts.post_mail(
        at=NOON, recipient="Partner@county.example", subject="Your promises", text="hidden words"
    )
    a_happening(world, "Written by the convener")
    actions.record_happening(
        by=by,
        initiative=world.hennepin,
        category="meeting",
        text="Written by me",
        when=parse("2026"),
    )
    answer = world.client("partner").get(reverse("exchange:download_about_me"))
    text = answer.getvalue().decode()
    kept = json.loads(text)
    assert answer["Content-Disposition"] == 'attachment; filename="kept-about-me.json"'
    assert kept["accounts.user"][0]["email"] == "partner@county.example"
    assert {row["name"] for row in kept["initiatives.member"]} == {"The partner"}
    assert len(kept["initiatives.rolegrant"]) == 2
    assert [row["title"] for row in kept["initiatives.record"]] == ["Written by me"]
    assert [row["text"] for row in kept["initiatives.wording"]] == ["Written by me"]
    assert kept["accounts.outboxmessage"][-1]["subject"] == "Your promises"
    assert kept["accounts.apitoken"][0]["name"] == "nightly copy"
    assert kept["account.emailaddress"] is not None
    for secret in (made.token.digest, world.people["partner"].password, "hidden words"):
        assert secret not in text
    for other in ("Written by the convener", "observer@county.example"):
        assert other not in text


def test_tables_are_written_as_json_whatever_they_hold() -> None:
    rows = [{"name": 'Ana "A" Ruiz', "left": None}, {"name": "█"}]
    said = json.loads("".join(write_tables([("people", rows), ("none", []), ("mails", [{}])])))
    assert said == {"people": rows, "none": [], "mails": [{}]}
