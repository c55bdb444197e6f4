"""Words that were hidden, and conversations in preparation, stand in no log that members read."""

from importlib import import_module

import pytest
from django.apps import apps

from headway.accounts.models import Event, EventValue
from headway.accounts.models.authority import Visibility
from headway.forums import actions
from headway.forums.models import Conversation, Statement
from headway.initiatives import kinds
from headway.initiatives.actions import link_records, translate_text
from headway.initiatives.models import Record, Wording
from tests.forums.making_talk import a_conversation, says, statements_of
from tests.world import World, a_happening

MIGRATIONS = "headway.forums.migrations"
READ = ("", "partner", "observer", "convener")


def told(words: str) -> list[str]:
    """The fields of the log that say these words to anybody but the office."""
    values = EventValue.objects.exclude(visibility=Visibility.OFFICE)
    found = values.filter(new__contains=words) | values.filter(old__contains=words)
    return list(found.values_list("field", flat=True))


def shown_to(world: World, role: str, name: str, *args: object) -> str:
    """A page as somebody reads it; empty where it does not open."""
    answer = world.client(role).get(world.address(name, *args))
    return answer.content.decode() if answer.status_code == 200 else ""


def worded_and_published(world: World, text: str = "Dogs may come in.") -> Statement:
    """A statement that was read, published, worded anew, linked and translated."""
    said = says(a_conversation(world), text)
    actions.decide_statement(by=world.actor(), statement=said, decision="published")
    actions.revise_statement(by=world.actor(), statement=said, text=f"{text} Cats too.")
    record = Record.objects.get(pk=said.pk)
    other = a_happening(world).record
    link_records(by=world.actor(), origin=other, target=record, kind="came_from")
    for text_now in ("Hunde willkommen.", "Hunde und Katzen."):
        translate_text(
            by=world.actor(),
            record=record,
            field="text",
            original=record.title,
            language="de",
            text=text_now,
        )
    return Statement.objects.get(pk=said.pk)


def test_nothing_that_happens_to_a_statement_writes_its_words_into_the_log(world: World) -> None:
    first = statements_of(a_conversation(world))[0]
    actions.revise_statement(by=world.actor(), statement=first, text="Shelters open at one.")
    new = actions.replace_statement(by=world.actor(), statement=first, text="Shelters open at two.")
    actions.decide_statement(by=world.actor(), statement=new, decision="hidden", rule="several")
    assert told("Shelters open") == []
    wordings = Wording.objects.filter(record=first.record).order_by("number")
    assert [each.text for each in wordings][-1] == "Shelters open at one."
    assert "Statement 1" in shown_to(world, "convener", "initiatives:history")


def test_hidden_words_leave_the_log_whatever_brought_them_there(world: World) -> None:
    said = worded_and_published(world)
    assert told("Dogs may come in")
    actions.decide_statement(
        by=world.actor(),
        statement=said,
        decision="hidden",
        rule="private",
        because="Says too much.",
    )
    assert told("Dogs may come in") == told("Hunde") == []
    for role in READ:
        assert "Dogs may" not in shown_to(world, role, "initiatives:history")
    log = shown_to(world, "", "forums:moderation_log")
    assert "Says too much." in log
    assert "Dogs may" not in log


def test_hidden_words_are_read_by_those_who_moderate(world: World) -> None:
    said = worded_and_published(world)
    actions.decide_statement(by=world.actor(), statement=said, decision="hidden", rule="private")
    href = kinds.href(said.record)
    assert world.client("partner").get(href).status_code == 404
    assert "Dogs may come in" in world.client("facilitator").get(href).content.decode()


def test_words_shown_again_are_read_as_before(world: World) -> None:
    said = worded_and_published(world)
    for decision in ("hidden", "restored"):
        actions.decide_statement(
            by=world.actor(), statement=said, decision=decision, rule="private"
        )
    assert "Cats too" in world.client().get(kinds.href(said.record)).content.decode()


@pytest.mark.parametrize("page", ["initiatives:history", "forums:conversations"])
def test_a_conversation_in_preparation_is_named_nowhere_but_to_those_who_lead(
    world: World, page: str
) -> None:
    draft = a_conversation(world, opened=False, title="Shall we close the old shelter?")
    actions.revise_conversation(
        by=world.actor(), conversation=draft, title="Shall we close the old shelter now?"
    )
    for role in ("", "partner", "observer"):
        assert "old shelter" not in shown_to(world, role, page)
    assert told("old shelter") == []
    assert "old shelter" in shown_to(world, "facilitator", "forums:conversations")


def test_nothing_leads_to_a_conversation_in_preparation(world: World) -> None:
    draft = a_conversation(world, opened=False)
    first = statements_of(draft)[0]
    for record in (draft.record, first.record):
        for name in ("site:trace", "forums:discussion", "initiatives:link"):
            for role in ("", "partner", "facilitator"):
                answer = world.client(role).get(world.address(name, record.pk))
                # Whoever would link records is asked to sign in before anything is looked for.
                asked = name == "initiatives:link" and not role
                assert answer.status_code == (302 if asked else 404), (name, role)


def test_opening_shows_a_conversation_to_all_who_read_its_group(world: World) -> None:
    draft = a_conversation(world, opened=False, title="What helps in winter?")
    group = Conversation.objects.get(pk=draft.pk).forum.record
    assert draft.record.visibility == Visibility.OFFICE
    actions.open_conversation(by=world.actor(), conversation=draft)
    records = [draft.record, *(each.record for each in statements_of(draft))]
    for record in Record.objects.filter(pk__in=[each.pk for each in records]):
        assert record.visibility == group.visibility
    assert "What helps in winter?" in shown_to(world, "", "forums:conversation", draft.pk)
    assert told("What helps in winter?")


def test_who_leads_changes_and_withdraws_what_is_in_preparation(world: World) -> None:
    draft = a_conversation(world, opened=False)
    shown = shown_to(world, "facilitator", "forums:conversation", draft.pk)
    assert "Only those who lead see this until it is opened." in shown
    withdraw = world.address("forums:withdraw_conversation", draft.pk)
    assert withdraw in shown
    assert withdraw in shown_to(world, "convener", "forums:conversation", draft.pk)
    browser = world.client("facilitator")
    edit = world.address("forums:edit_conversation", draft.pk)
    seen = Record.objects.get(pk=draft.pk).revision
    sent = {"title": "What now?", "open_to": "anyone", "statements_each": "2", "seen": seen}
    assert browser.post(edit, sent).status_code == 302
    assert Record.objects.get(pk=draft.pk).title == "What now?"
    assert browser.post(withdraw, {"because": "Asked elsewhere."}).status_code == 302
    assert Record.objects.get(pk=draft.pk).withdrawn


def test_the_words_of_what_was_hidden_before_leave_the_log_of_an_older_database(
    world: World,
) -> None:
    said = says(a_conversation(world), "Dogs may come in.")
    actions.decide_statement(by=world.actor(), statement=said, decision="published")
    actions.decide_statement(by=world.actor(), statement=said, decision="hidden", rule="private")
    stated = Event.objects.about(said.pk).get(verb="stated")
    EventValue(event=stated, field="text", new="Dogs may come in.").save(force_insert=True)
    assert told("Dogs may come in")
    import_module(f"{MIGRATIONS}.0007_hidden_words_leave_the_log").empty_log(apps, None)
    assert told("Dogs may come in") == []


def test_what_was_in_preparation_in_an_older_database_is_closed(world: World) -> None:
    draft = a_conversation(world, opened=False)
    first = statements_of(draft)[0]
    both = Record.objects.filter(pk__in=[draft.pk, first.pk])
    both.update(visibility=Visibility.PUBLIC)
    import_module(f"{MIGRATIONS}.0006_drafts_are_closed").close_drafts(apps, None)
    assert set(both.values_list("visibility", flat=True)) == {Visibility.OFFICE}
