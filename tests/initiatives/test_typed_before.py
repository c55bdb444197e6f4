"""What somebody typed when their sign-in had ended stands again after they have signed in."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headway.accounts.kept import KEY_COOKIE, SEALED
from headway.core.forms import PageForm
from headway.core.typed import TypedBefore
from headway.initiatives.models import File
from headway.problems.models import AffectedGroup
from tests.forums.making_talk import a_conversation
from tests.initiatives.test_sent_forms import GROUP, key_in
from tests.world import NOON, World

SECRET = "People who sleep in the old brewery"
TYPED = GROUP | {"name": SECRET}
SAYS_SO = "What you typed is kept for an hour"
AGAIN = "Here is what you typed before your sign-in ended."


@pytest.fixture
def address(world: World) -> str:
    return world.address("problems:add_group")


def signed_out_while_writing(world: World, address: str, role: str = "partner") -> Client:
    """Somebody's browser, with a form open, whose session is over."""
    browser = world.client(role)
    browser.get(address)
    browser.session.delete()
    return browser


def typed_and_sent(world: World, address: str, **said: Any) -> Client:
    """The same browser once the form was sent."""
    browser = signed_out_while_writing(world, address)
    answer = browser.post(address, {**TYPED, **said})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    return browser


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_after_signing_in_again_the_form_holds_everything_and_one_press_sends_it(
    world: World, address: str
) -> None:
    browser = world.client("partner")
    typed = TYPED | {"form_key": key_in(browser.get(address))}
    browser.session.delete()
    sign_in = browser.post(address, typed)
    assert SAYS_SO in text_of(browser.get(sign_in["Location"]))
    browser.force_login(world.people["partner"])
    page = browser.get(address)
    assert page.status_code == 200
    assert AGAIN in text_of(page)
    assert page.context["form"]["name"].value() == SECRET
    assert page.context["form"]["how_many"].value() == "400"
    assert not AffectedGroup.objects.exists()
    assert key_in(page) == typed["form_key"]
    sent = browser.post(address, typed)
    assert sent.status_code == 302
    assert AffectedGroup.objects.get().name == SECRET


def test_what_was_sent_is_not_shown_a_second_time(world: World, address: str) -> None:
    browser = typed_and_sent(world, address)
    browser.force_login(world.people["partner"])
    browser.post(address, TYPED)
    assert KEY_COOKIE not in {name for name, kept in browser.cookies.items() if kept.value}
    assert SEALED not in browser.session
    assert SECRET not in text_of(browser.get(address))


def test_nobody_else_on_the_same_computer_sees_it_and_then_it_is_gone(
    world: World, address: str
) -> None:
    browser = typed_and_sent(world, address)
    browser.force_login(world.people["convener"])
    page = browser.get(address)
    assert page.status_code == 200
    assert SECRET not in text_of(page)
    assert AGAIN not in text_of(page)
    assert SEALED not in browser.session


def test_it_is_shown_in_no_other_browser(world: World, address: str) -> None:
    typed_and_sent(world, address)
    assert SECRET not in text_of(world.client("partner").get(address))


def test_it_is_shown_in_no_other_form(world: World, address: str) -> None:
    browser = typed_and_sent(world, address)
    browser.force_login(world.people["partner"])
    other = browser.get(world.address("problems:add_baseline"))
    assert other.status_code == 200
    assert AGAIN not in text_of(other)
    assert AGAIN in text_of(browser.get(address))


def test_after_an_hour_it_is_gone(world: World, address: str) -> None:
    browser = typed_and_sent(world, address)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        browser.force_login(world.people["partner"])
        assert SECRET not in text_of(browser.get(address))


def test_the_database_cannot_tell_what_was_typed_nor_where(world: World, address: str) -> None:
    short = typed_and_sent(world, address).session
    long = typed_and_sent(world, address, name="x" * 200).session
    for row in Session.objects.all():
        assert not re.search(f"brewery|{address}", str(row.get_decoded()))
    assert len(short[SEALED]) == len(long[SEALED])


def test_nothing_is_kept_for_a_stranger(world: World, address: str) -> None:
    browser = Client()
    answer = browser.post(address, TYPED)
    assert answer.status_code == 302
    assert not Session.objects.exists()
    assert KEY_COOKIE not in browser.cookies


def test_nothing_is_kept_of_what_another_site_sent(world: World, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.people["partner"])
    browser.get(address)
    browser.session.delete()
    assert browser.post(address, TYPED).status_code == 403
    assert KEY_COOKIE not in browser.cookies


def test_a_made_up_key_or_account_opens_nothing(world: World, address: str) -> None:
    browser = typed_and_sent(world, address)
    for key in ("", "made-up", "é", "A" * 44):
        browser.cookies[KEY_COOKIE] = key
        browser.force_login(world.people["partner"])
        page = browser.get(address)
        assert page.status_code == 200
        assert SECRET not in text_of(page)


def test_what_is_too_long_is_not_kept_and_the_page_says_so(world: World, address: str) -> None:
    browser = signed_out_while_writing(world, address)
    sign_in = browser.post(address, TYPED | {"name": "x" * 1_100_000})
    page = text_of(browser.get(sign_in["Location"]))
    assert "too long to be kept" in page
    assert SAYS_SO not in page


def test_a_file_has_to_be_chosen_again_and_the_page_names_it(world: World) -> None:
    world.client("convener").post(world.address("problems:add_group"), GROUP)
    record = AffectedGroup.objects.get().pk
    address = world.address("initiatives:add_file", record)
    browser = signed_out_while_writing(world, address, "convener")
    file = SimpleUploadedFile("beds.txt", b"forty beds", "text/plain")
    browser.post(address, {"title": "Beds counted", "file": file})
    browser.force_login(world.people["convener"])
    page = browser.get(address)
    assert "Choose the file again: “beds.txt”." in text_of(page)
    assert not File.objects.exists()


def test_what_the_browser_asks_for_while_somebody_types_does_not_lead_them_away(
    world: World, address: str
) -> None:
    browser = signed_out_while_writing(world, address)
    similar = world.address("problems:similar", "affected_group")
    asked = browser.get(similar, {"name": "People"}, headers={"HX-Request": "true"})
    assert asked.status_code == 401
    assert not asked.content
    browser.post(address, TYPED)
    browser.force_login(world.people["partner"])
    assert SECRET in text_of(browser.get(address))


def test_a_page_of_the_authority_keeps_it_too(world: World) -> None:
    address = reverse("directory:add_organisation")
    browser = signed_out_while_writing(world, address, "registrar")
    browser.post(address, {"name": "The old brewery"})
    browser.force_login(world.people["registrar"])
    assert "The old brewery" in text_of(browser.get(address))


def test_a_statement_is_kept_and_a_vote_is_not(world: World) -> None:
    talk = a_conversation(world, open_to="members", closes_at=NOON + timedelta(days=9_000))
    address = reverse("forums:say", args=[talk.pk])
    browser = signed_out_while_writing(world, address)
    browser.post(address, {"text": "Doors should stay open at night."})
    browser.force_login(world.people["partner"])
    assert "Doors should stay open at night." in text_of(browser.get(address))

    vote = reverse("forums:take_part", args=[talk.pk])
    browser = signed_out_while_writing(world, vote)
    assert browser.post(vote, {"choice": "agree"}).status_code == 302
    assert KEY_COOKIE not in browser.cookies


def test_a_form_that_shows_what_was_typed_before_carries_nothing_out() -> None:
    form = PageForm(TypedBefore("a=1"))
    assert form.is_valid()
    assert not form.carry_out(lambda _said: pytest.fail("it was carried out"))
    assert PageForm(QueryDict("a=1")).carry_out(lambda _said: "done")
