"""A vote is on the words that were read, and what stands on the way is said where it is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from headway.core.errors import RuleError
from headway.forums import actions
from headway.forums.models import Choice, Conversation, OrganisationChoice, Statement
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Mandate
from tests.forums.making_talk import BARE, a_conversation, digest, statements_of, votes
from tests.world import World


def an_open_one(world: World, **given: object) -> Conversation:
    """A conversation without a last day, as pages read the real clock."""
    return a_conversation(world, closes_at=None, **given)


def shown(browser: Client, address: str) -> str:
    """The page of the vote."""
    return browser.get(address).content.decode()


def asked_in(page: str) -> dict[str, str]:
    """What the form of the vote sends back by itself."""
    return dict(re.findall(r'type="hidden" name="(statement|wording)" value="([^"]+)"', page))


def test_a_vote_on_an_older_wording_is_refused_and_shows_the_new_words(world: World) -> None:
    conversation = an_open_one(world, statements=["Shelters open at noon.", "Dogs may come in."])
    browser, address = world.client(), reverse("forums:take_part", args=[conversation.pk])
    read = asked_in(shown(browser, address))
    statement = Statement.objects.get(pk=read["statement"])
    actions.revise_statement(by=world.actor(), statement=statement, text="Nobody sleeps outside.")
    answer = browser.post(address, {**read, "choice": "agree"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The words of this statement were changed while you read them" in page
    assert "Nobody sleeps outside." in page
    assert not Choice.objects.exists()
    assert browser.post(address, {**asked_in(page), "choice": "agree"}).status_code == 302
    assert Choice.objects.get().statement_id == statement.pk


@pytest.mark.parametrize("sent", [{}, {"wording": ""}, {"wording": "0"}, {"wording": "nine"}])
def test_a_vote_that_does_not_say_which_words_it_is_on_counts_nothing(
    world: World, sent: dict[str, str]
) -> None:
    conversation = an_open_one(world)
    address = reverse("forums:take_part", args=[conversation.pk])
    first = statements_of(conversation)[0]
    answer = world.client().post(address, {"statement": first.pk, "choice": "agree", **sent})
    assert answer.status_code == 422
    assert not Choice.objects.exists()


def test_the_action_knows_which_wording_was_read(world: World) -> None:
    conversation = a_conversation(world)
    first = statements_of(conversation)[0]
    actions.revise_statement(by=world.actor(), statement=first, text="Shelters open at one.")
    resume = digest(conversation, "one")
    given = {"conversation": conversation, "resume": resume, "statement": first, "choice": "agree"}
    with pytest.raises(RuleError, match="were changed"):
        actions.choose(by=BARE, wording=1, **given)
    actions.choose(by=BARE, wording=2, **given)
    with pytest.raises(RuleError, match="so they stay"):
        actions.revise_statement(by=world.actor(), statement=first, text="Shelters open at two.")


def test_an_organization_speaks_to_the_words_that_were_read(world: World) -> None:
    conversation = an_open_one(world)
    first = statements_of(conversation)[0]
    give_mandate(
        by=world.actor(),
        organisation=world.shelter,
        member=world.members["partner"],
        scope=Mandate.Scope.DECISIONS,
        given_by="Its director",
    )
    browser, address = world.client("partner"), world.address("forums:speak_for", first.pk)
    assert 'name="wording" value="1"' in shown(browser, address)
    actions.revise_statement(by=world.actor(), statement=first, text="Nobody sleeps outside.")
    said = {"organisation": world.shelter.pk, "choice": "agree", "wording": "1"}
    refused = browser.post(address, said)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Nobody sleeps outside." in page
    assert 'name="wording" value="2"' in page
    assert not OrganisationChoice.objects.exists()
    assert browser.post(address, {**said, "wording": "2"}).status_code == 302


@pytest.mark.parametrize("public", [True, False])
def test_who_has_a_code_reaches_the_results_after_the_close(world: World, *, public: bool) -> None:
    conversation = an_open_one(world, open_to="codes")
    (code,) = actions.make_codes(by=world.actor(), conversation=conversation, count=1)
    votes(conversation, "one", "agree")
    actions.close_conversation(by=world.actor(), conversation=conversation)
    if not public:
        conversation.record.change(visibility="members")
    address = reverse("forums:take_part", args=[conversation.pk])
    browser = world.client()
    page = shown(browser, address)
    results = world.address("forums:results", conversation.pk)
    assert (results in page) is public
    assert ("Type in your code to see them." in page) is not public
    if public:
        assert browser.get(results).status_code == 200
    entered = browser.post(
        reverse("forums:enter_code", args=[conversation.pk]), {"code": code}, follow=True
    ).content.decode()
    own = reverse("forums:your_results", args=[conversation.pk])
    assert own in entered
    answer = browser.get(own)
    assert answer.status_code == 200
    assert "1 person took part." in answer.content.decode()


@pytest.mark.parametrize(("open_to", "twice"), [("anyone", True), ("codes", False)])
def test_where_two_browsers_count_twice_the_page_says_so(
    world: World, open_to: str, *, twice: bool
) -> None:
    conversation = an_open_one(world, open_to=open_to)
    address, browser = reverse("forums:take_part", args=[conversation.pk]), world.client()
    if open_to == "codes":
        (code,) = actions.make_codes(by=world.actor(), conversation=conversation, count=1)
        browser.post(reverse("forums:enter_code", args=[conversation.pk]), {"code": code})
    warning = "somebody who votes in two browsers counts twice"
    assert (warning in shown(browser, address)) is twice
    actions.close_conversation(by=world.actor(), conversation=conversation)
    results = world.address("forums:results", conversation.pk)
    assert (warning in shown(browser, results)) is twice
