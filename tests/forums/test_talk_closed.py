"""What is not, or no longer, for everybody: unpublished statements, words taken back, drafts."""

import pytest
from django.urls import reverse

from headway.accounts.models import EventValue
from headway.core.errors import RuleError
from headway.forums import actions
from headway.forums.models import Choice, Conversation, Statement
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Record
from tests.forums.making_meetings import a_forum
from tests.forums.making_talk import BARE, a_comment, a_conversation, says, statements_of
from tests.world import NOON, World, a_happening


def a_waiting_one(conversation: Conversation) -> Statement:
    """What a participant said and nobody has read yet."""
    return says(conversation, "Dogs may stay with their people.")


@pytest.mark.parametrize("decision", ["", "refused"])
def test_what_is_not_published_shows_nowhere_but_to_those_who_decide(
    world: World, decision: str
) -> None:
    said = a_waiting_one(a_conversation(world))
    if decision:
        actions.decide_statement(
            by=world.actor(), statement=said, decision=decision, rule="duplicate"
        )
    assert not Record.objects.visible_to({"public", "members"}).filter(pk=said.pk).exists()
    told = EventValue.objects.filter(event__subject_id=said.pk)
    assert set(told.values_list("visibility", flat=True)) == {"office"}
    assert not told.filter(new__contains="Dogs").exists()
    address = world.address("forums:statement", said.pk)
    for role in ("", "partner"):
        assert world.client(role).get(address).status_code == 404
        talk = world.address("forums:discussion", said.pk)
        assert world.client(role).get(talk).status_code == 404
    assert "Dogs may stay" in world.client("facilitator").get(address).content.decode()


def test_a_published_statement_opens_to_all_and_a_hidden_one_closes_again(world: World) -> None:
    said = a_waiting_one(a_conversation(world))
    address = world.address("forums:statement", said.pk)
    for decision, rule, status in (
        ("published", "", 200),
        ("hidden", "several", 404),
        ("restored", "", 200),
    ):
        actions.decide_statement(by=world.actor(), statement=said, decision=decision, rule=rule)
        assert world.client().get(address).status_code == status


def test_a_refused_statement_stands_in_the_public_log_without_its_words(world: World) -> None:
    said = a_waiting_one(a_conversation(world))
    actions.decide_statement(by=world.actor(), statement=said, decision="refused", rule="duplicate")
    log = world.client().get(world.address("forums:moderation_log")).content.decode()
    assert "says what another one says" in log
    assert "Dogs" not in log


def test_a_conversation_in_preparation_opens_only_for_those_who_lead(world: World) -> None:
    draft = a_conversation(world, opened=False)
    first = statements_of(draft)[0]
    pages = [
        world.address("forums:conversation", draft.pk),
        world.address("forums:statement", first.pk),
    ]
    for page in pages:
        assert world.client().get(page).status_code == 404
        assert world.client("partner").get(page).status_code == 404
        assert world.client("facilitator").get(page).status_code == 200


def test_nobody_votes_on_a_statement_that_was_withdrawn(world: World) -> None:
    conversation = a_conversation(world)
    first = statements_of(conversation)[0]
    withdraw_record(by=world.actor(), record=first.record, because="Entered twice.")
    address = reverse("forums:take_part", args=[conversation.pk])
    sent = {"statement": first.pk, "choice": "agree", "wording": 1}
    answer = world.client().post(address, sent)
    assert answer.status_code == 422
    assert not Choice.objects.exists()


def test_a_conversation_without_its_key_keeps_no_vote_of_all_as_one(world: World) -> None:
    conversation = a_conversation(world)
    with pytest.raises(RuleError, match="cannot be kept now"):
        actions.choose(
            by=BARE,
            conversation=conversation,
            resume="",
            statement=statements_of(conversation)[0],
            choice="agree",
        )


def test_a_withdrawn_conversation_is_closed_so_that_its_key_goes(world: World) -> None:
    conversation = a_conversation(world, closes_at=None)
    withdraw_record(by=world.actor(), record=conversation.record, because="Asked elsewhere.")
    assert actions.close_what_is_over(now=NOON) == 1
    conversation.refresh_from_db()
    assert conversation.closed_at == NOON


def test_visitors_read_the_wordings_of_a_comment_without_names(world: World) -> None:
    comment = a_comment(world, a_happening(world).record, "Who counts, @The evaluator?")
    actions.edit_comment(by=world.actor("partner"), comment=comment, text="Who counts the beds?")
    address = world.address("forums:wordings", comment.pk)
    assert "The evaluator" in world.client("observer").get(address).content.decode()
    shown = world.client().get(address).content.decode()
    assert "@a member" in shown
    assert "The evaluator" not in shown


def test_what_was_taken_back_is_read_by_no_moderator(world: World) -> None:
    comment = a_comment(world, a_happening(world).record, "Words to be taken back")
    actions.report_comment(by=world.actor("observer"), comment=comment, because="It is rude.")
    facilitator = world.client("facilitator")
    queue = world.address("forums:moderation")
    assert "Words to be taken back" in facilitator.get(queue).content.decode()
    actions.take_back_comment(by=world.actor("partner"), comment=comment)
    assert "Words to be taken back" not in facilitator.get(queue).content.decode()
    for name in ("forums:hide_comment", "forums:restore_comment", "forums:wordings"):
        assert facilitator.get(world.address(name, comment.pk)).status_code == 404


def test_the_public_log_names_no_record_that_was_withdrawn(world: World) -> None:
    forum = a_forum(world, "Night team")
    comment = a_comment(world, forum.record)
    actions.hide_comment(by=world.actor(), comment=comment, rule="off_topic")
    withdraw_record(by=world.actor(), record=forum.record, because="Entered twice.")
    for name in ("forums:moderation_log", "forums:moderation_csv"):
        answer = world.client().get(world.address(name))
        log = b"".join(answer) if answer.streaming else answer.content
        assert b"not about the question" in log
        assert b"Night team" not in log


def test_what_a_closed_conversation_asked_is_not_worded_anew(world: World) -> None:
    conversation = a_conversation(world)
    first = statements_of(conversation)[0]
    actions.close_conversation(by=world.actor(), conversation=conversation)
    with pytest.raises(RuleError, match="stays as it is"):
        actions.revise_statement(by=world.actor(), statement=first, text="Shelters never close.")
