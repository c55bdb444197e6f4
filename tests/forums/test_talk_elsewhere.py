"""Where talk meets the rest: record pages, programs, removal and the worker."""

from datetime import timedelta

from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.exchange.actions import expunge_record
from headway.forums import actions, tasks
from headway.forums.models import Choice, Comment, Conversation, Statement
from headway.initiatives import kinds
from tests.forums.making_meetings import a_forum
from tests.forums.making_talk import a_comment, a_conversation, fill_talk, votes
from tests.world import NOON, World, a_happening


def test_every_record_leads_to_its_discussion_but_of_a_public_body(world: World) -> None:
    record = a_happening(world).record
    a_comment(world, record)
    shown = world.client("partner").get(kinds.href(record)).content.decode()
    assert "Discussion (1)" in shown
    body = a_forum(world, "Commission", "yes")
    quiet = world.client("partner").get(kinds.href(body.record)).content.decode()
    assert "Discussion (" not in quiet


def test_a_program_reads_votes_only_after_the_close(world: World) -> None:
    conversation = a_conversation(world)
    votes(conversation, "one", "agree", "pass", "disagree")
    secret = token_of(world)
    base = f"/api/v1/initiatives/{world.hennepin.slug}/conversations"
    headers = {"Authorization": f"Bearer {secret}"}
    (item,) = world.client().get(base, headers=headers).json()["items"]
    assert (item["statements"], item["people"], item["state"]) == (3, 1, "open")
    address = f"{base}/{conversation.pk}/statements"
    assert [each["agree"] for each in world.client().get(address, headers=headers).json()] == [
        None,
        None,
        None,
    ]
    actions.close_conversation(by=world.actor(), conversation=conversation)
    assert [each["agree"] for each in world.client().get(address, headers=headers).json()] == [
        1,
        0,
        0,
    ]


def token_of(world: World) -> str:
    """The secret of a token that reads what the evaluator may read."""
    now = timezone.now()
    made = make_token(
        by=Actor(kind="user", at=now, user=world.people["evaluator"]),
        authority=world.authority,
        name="nightly copy",
        scopes=["forums.view"],
        offered=["forums.view"],
        expires_at=now + timedelta(days=1),
    )
    return made.secret


def test_what_was_said_about_an_expunged_record_goes_with_it(world: World) -> None:
    record = a_happening(world).record
    first = a_comment(world, record, "Bob from bed nine, says @The evaluator")
    actions.comment_on(
        by=world.actor("evaluator"), record=record, text="He is not Bob.", answers=first
    )
    actions.report_comment(by=world.actor("observer"), comment=first, because="It names Bob.")
    actions.hide_comment(by=world.actor(), comment=first, rule="private")
    expunge_record(by=world.actor("records_officer"), record=record, because="A guest asked.")
    assert not Comment.objects.exists()


def test_an_expunged_conversation_keeps_no_votes(world: World) -> None:
    conversation = a_conversation(world)
    votes(conversation, "one", "agree", "pass", "disagree")
    expunge_record(
        by=world.actor("records_officer"), record=conversation.record, because="Wrongly held."
    )
    assert not Choice.objects.exists()


def test_the_worker_closes_what_is_over(world: World) -> None:
    conversation = a_conversation(world, closes_at=NOON + timedelta(days=1))
    tasks.close_conversations.call()
    conversation.refresh_from_db()
    assert conversation.state == Conversation.State.CLOSED
    assert tasks.destroy_keys.call() == 0


def test_lists_ask_few_questions_whatever_the_rows(
    world: World, django_assert_max_num_queries: object
) -> None:
    forum = a_forum(world)
    for number in range(6):
        a_conversation(world, forum, title=f"Question {number}?")
    statement = Statement.objects.all()[0]
    for decision in ("hidden", "restored", "hidden"):
        actions.decide_statement(
            by=world.actor(), statement=statement, decision=decision, rule="off_topic"
        )
    browser = world.client("convener")
    for name in ("conversations", "moderation", "moderation_log"):
        with django_assert_max_num_queries(15):
            assert browser.get(world.address(f"forums:{name}")).status_code == 200


def test_the_shared_crawl_finds_every_state(world: World) -> None:
    fill_talk(world)
    assert set(Conversation.objects.values_list("state", flat=True)) == {"draft", "open", "closed"}
    states = set(Statement.objects.values_list("state", flat=True))
    assert {"waiting", "published", "hidden", "replaced"} <= states
    for statement in Statement.objects.all():
        page = world.client("convener").get(kinds.href(statement.record))
        assert page.status_code == 200
    for conversation in Conversation.objects.all():
        page = world.client("convener").get(kinds.href(conversation.record))
        assert page.status_code == 200
