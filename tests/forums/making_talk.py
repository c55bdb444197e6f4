"""Comments, conversations, statements and votes, made through actions."""

from datetime import timedelta

from headway.accounts.actor import Actor
from headway.forums import actions
from headway.forums.models import Comment, Conversation, Forum, Statement
from headway.forums.queries.resuming import browser_holder, resume_digest
from headway.initiatives.models import Record
from tests.forums.making_meetings import a_forum
from tests.world import NOON, World

SEEDS = (
    "Shelters open at noon in winter.",
    "Each shelter takes in couples together.",
    "The county pays for a second night team.",
)
BARE = Actor(kind="participant", at=NOON)


def a_comment(
    world: World, record: Record, text: str = "Who counts the beds?", role: str = "partner"
) -> Comment:
    """Something said about a record."""
    return actions.comment_on(by=world.actor(role), record=record, text=text)


def a_conversation(
    world: World, forum: Forum | None = None, *, opened: bool = True, **given: object
) -> Conversation:
    """A question with three statements, open to anyone for two weeks."""
    values: dict[str, object] = {
        "title": "What makes a shelter good?",
        "introduction": "Vote on short statements; add your own.",
        "open_to": "anyone",
        "closes_at": NOON + timedelta(days=14),
        "statements": SEEDS,
        **given,
    }
    conversation = actions.start_conversation(
        by=world.actor(),
        forum=forum or a_forum(world),
        **values,
    )
    if not opened:
        return conversation
    return actions.open_conversation(by=world.actor(), conversation=conversation)


def statements_of(conversation: Conversation) -> list[Statement]:
    """Its published statements in their order."""
    return list(Statement.objects.filter(conversation=conversation).published())


def digest(conversation: Conversation, name: str) -> str:
    """How a made-up browser is known again."""
    return resume_digest(conversation, browser_holder(name))


def says(conversation: Conversation, text: str, name: str = "one", address: str = "") -> Statement:
    """One participant adds a statement, and the worker stores what waits on the day after."""
    actions.say_something(
        by=BARE,
        conversation=conversation,
        resume=digest(conversation, name),
        text=text,
        address=address,
    )
    actions.store_statements(now=NOON + timedelta(days=1))
    return Statement.objects.filter(conversation=conversation).latest("number")


def votes(conversation: Conversation, name: str, *said: str, sector: str = "") -> None:
    """One participant votes on the statements in their order."""
    resume = digest(conversation, name)
    for statement, choice in zip(statements_of(conversation), said, strict=False):
        actions.choose(
            by=BARE, conversation=conversation, resume=resume, statement=statement, choice=choice
        )
    if sector:
        actions.tell_sector(by=BARE, conversation=conversation, resume=resume, sector=sector)


def fill_talk(world: World) -> None:
    """At least one of everything that is said and voted on, in every state with its own page."""
    forum = a_forum(world, "Everybody who talks")
    said = a_comment(world, forum.record, "Who counts the beds, @The evaluator?")
    actions.comment_on(
        by=world.actor("evaluator"), record=forum.record, text="We do.", answers=said
    )
    actions.edit_comment(by=world.actor("partner"), comment=said, text="Who counts the beds?")
    actions.report_comment(by=world.actor("observer"), comment=said, because="It names a guest.")
    hidden = a_comment(world, forum.record, "Rude words", "liaison")
    actions.hide_comment(by=world.actor(), comment=hidden, rule="personal")
    actions.follow(by=world.actor("observer"), record=forum.record)
    a_conversation(world, forum, opened=False, title="What is still being prepared?")
    conversation = a_conversation(world, forum, closes_at=None)
    votes(conversation, "one", "agree", "pass", "disagree", sector="health")
    says(conversation, "Dogs may stay with their people.")
    first, second, _third = statements_of(conversation)
    actions.replace_statement(by=world.actor(), statement=first, text="Shelters open at ten.")
    actions.decide_statement(by=world.actor(), statement=second, decision="hidden", rule="several")
    (alike,) = actions.add_seeds(
        by=world.actor(), conversation=conversation, texts=["Shelters open at ten o'clock."]
    )
    votes(conversation, "two", "agree", "agree", "agree")
    kept = Statement.objects.get(replaces=first)
    actions.merge_statements(by=world.actor(), statement=alike, into=kept)
    closed = a_conversation(world, forum, title="What helped last winter?")
    votes(closed, "one", "agree", "pass", "disagree")
    actions.close_conversation(by=world.actor(), conversation=closed)
