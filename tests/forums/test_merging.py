"""Statements that say the same are merged; votes are never moved, and everybody is told."""

import pytest
from django.test import Client
from django.urls import reverse

from headway.accounts.models import Event, OutboxMessage
from headway.core.errors import RuleError
from headway.forums import actions
from headway.forums.models import Choice, Conversation, Moderation, Statement
from headway.forums.queries.results import tallies
from tests.forums.making_meetings import a_forum
from tests.forums.making_talk import a_conversation, says, statements_of, votes
from tests.world import World

NOONS = ("Shelters open at noon.", "Shelters open at twelve o'clock.", "Dogs may come in.")


def an_open_one(world: World, **given: object) -> Conversation:
    """A conversation in which two statements say the same."""
    return a_conversation(world, closes_at=None, statements=NOONS, **given)


def merged(world: World, conversation: Conversation) -> tuple[Statement, Statement]:
    """The second statement merged into the first; both as they stand now."""
    kept, alike, _dogs = statements_of(conversation)
    actions.merge_statements(
        by=world.actor("facilitator"), statement=alike, into=kept, because="Noon is twelve."
    )
    found = Statement.objects.in_bulk([alike.pk, kept.pk])
    return found[alike.pk], found[kept.pk]


def test_the_votes_on_both_stay_where_they_are(world: World) -> None:
    conversation = an_open_one(world)
    votes(conversation, "one", "agree", "disagree", "pass")
    votes(conversation, "two", "agree")
    before = set(Choice.objects.values_list("pk", "statement", "choice"))
    alike, kept = merged(world, conversation)
    assert (alike.state, alike.merged_into_id) == (Statement.State.MERGED, kept.pk)
    assert set(Choice.objects.values_list("pk", "statement", "choice")) == before
    counted = {
        tally.number: (tally.agree, tally.disagree, tally.merged_with)
        for tally in tallies(conversation)
    }
    assert counted[1] == (2, 0, None)
    assert counted[2] == (0, 1, 1)


def test_who_voted_on_the_merged_one_alone_is_asked_the_kept_one_and_told_why(
    world: World,
) -> None:
    conversation = an_open_one(world)
    kept, alike, dogs = statements_of(conversation)
    browser, address = Client(), reverse("forums:take_part", args=[conversation.pk])
    for statement in (alike, dogs):
        browser.post(address, {"statement": statement.pk, "choice": "agree", "wording": 1})
    merged(world, conversation)
    page = browser.get(address).content.decode()
    assert f'name="statement" value="{kept.pk}"' in page
    assert "You voted on “Shelters open at twelve o&#x27;clock.”" in page
    assert "Your vote stays with the old words" in page
    browser.post(address, {"statement": kept.pk, "choice": "pass", "wording": 1})
    results = browser.get(address, follow=True).content.decode()
    assert "merged with statement 1, whose votes stand apart" in results
    assert Choice.objects.count() == 3


def test_who_voted_on_neither_is_asked_the_kept_one_only(world: World) -> None:
    conversation = an_open_one(world)
    alike, _kept = merged(world, conversation)
    address = reverse("forums:take_part", args=[conversation.pk])
    page = Client().get(address).content.decode()
    assert "2 left" in page
    assert "You voted on" not in page
    sent = {"statement": alike.pk, "choice": "agree", "wording": 1}
    assert Client().post(address, sent).status_code == 422


def test_a_chain_of_merges_leads_to_the_one_that_is_kept_at_last(world: World) -> None:
    conversation = an_open_one(world)
    kept, alike, dogs = statements_of(conversation)
    browser, address = Client(), reverse("forums:take_part", args=[conversation.pk])
    browser.post(address, {"statement": alike.pk, "choice": "agree", "wording": 1})
    for statement, into in ((alike, kept), (kept, dogs)):
        actions.merge_statements(by=world.actor(), statement=statement, into=into)
    page = browser.get(address).content.decode()
    assert f'name="statement" value="{dogs.pk}"' in page
    assert "You voted on “Shelters open at twelve" in page


def test_a_merge_stands_in_the_public_log_and_its_author_is_told(world: World) -> None:
    conversation = an_open_one(world)
    said = says(conversation, "Shelters open at midday.", address="guest@home.example")
    actions.decide_statement(by=world.actor(), statement=said, decision="published")
    kept = statements_of(conversation)[0]
    actions.merge_statements(by=world.actor(), statement=said, into=kept, because="Same hour.")
    row = Moderation.objects.get(decision="merged")
    assert (row.statement_id, row.rule) == (said.pk, "duplicate")
    log = world.client().get(world.address("forums:moderation_log")).content.decode()
    assert "merged with another one" in log
    assert "Same hour." in log
    mail = OutboxMessage.objects.filter(recipient="guest@home.example").latest("pk")
    told = [each.text for each in OutboxMessage.objects.filter(recipient=mail.recipient)]
    assert any("Same hour." in text and kept.text in text for text in told)
    event = Event.objects.about(said.pk).get(verb="statement_merged")
    assert event.values.get(field="merged_into").new == "Statement 1"


def test_the_pages_of_both_lead_to_each_other(world: World) -> None:
    alike, kept = merged(world, an_open_one(world))
    for one, other in ((alike, kept), (kept, alike)):
        page = world.client().get(world.address("forums:statement", one.pk)).content.decode()
        assert world.address("forums:statement", other.pk) in page
    page = world.client().get(world.address("forums:statement", alike.pk)).content.decode()
    assert "are not added to those of the other one" in page


def test_the_form_explains_the_votes_and_offers_the_most_alike_first(world: World) -> None:
    conversation = an_open_one(world)
    kept, alike, dogs = statements_of(conversation)
    votes(conversation, "one", "agree", "disagree")
    votes(conversation, "two", "agree", "pass", "agree")
    browser, address = (
        world.client("facilitator"),
        world.address("forums:merge_statement", alike.pk),
    )
    page = browser.get(address).content.decode()
    assert "2 people voted on this one." in page
    assert "Votes are never moved" in page
    assert "(2 votes, 2 of them by people who voted on both)" in page
    assert page.index(f'value="{kept.pk}"') < page.index(f'value="{dogs.pk}"')
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"into": str(alike.pk)}).status_code == 422
    assert browser.post(address, {"into": str(kept.pk)}).status_code == 302
    alike.refresh_from_db()
    assert alike.merged_into_id == kept.pk
    assert world.client("partner").get(address).status_code == 403


def test_only_two_published_statements_of_an_open_conversation_are_merged(world: World) -> None:
    conversation = an_open_one(world)
    kept, alike, _dogs = statements_of(conversation)
    other = statements_of(a_conversation(world, a_forum(world, "Others")))[0]
    waiting = says(conversation, "Something else.")
    for into, words in (
        (alike, "with itself"),
        (other, "same conversation"),
        (waiting, "published"),
    ):
        with pytest.raises(RuleError, match=words):
            actions.merge_statements(by=world.actor(), statement=alike, into=into)
    actions.close_conversation(by=world.actor(), conversation=conversation)
    with pytest.raises(RuleError, match="stays as it is"):
        actions.merge_statements(by=world.actor(), statement=alike, into=kept)


@pytest.mark.parametrize("how", ["merged", "replaced"])
def test_what_is_hidden_and_shown_again_is_merged_or_replaced_as_before(
    world: World, how: str
) -> None:
    conversation = an_open_one(world)
    statement = statements_of(conversation)[1]
    if how == "merged":
        merged(world, conversation)
    else:
        actions.replace_statement(by=world.actor(), statement=statement, text="At noon sharp.")
    for decision, state in (("hidden", "hidden"), ("restored", how)):
        actions.decide_statement(
            by=world.actor(), statement=statement, decision=decision, rule="private"
        )
        statement.refresh_from_db()
        assert statement.state == state
