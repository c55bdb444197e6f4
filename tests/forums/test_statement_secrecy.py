"""An attacker with every snapshot of the database, but not the key, looks for who wrote what.

Two conversations are held in which the same participants add each other's statements. Everything
that can be seen of the one must be equal to what can be seen of the other, in every step: places
of rows, which were written together, times and all.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import SystemRandom
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from headway.accounts.models import Event, OutboxMessage, Stream
from headway.core.errors import RuleError
from headway.core.keys import UnreadableError, destroy_key
from headway.forums import actions
from headway.forums.actions.sealing import ROOM, Said, seal_said, unseal_said
from headway.forums.models import (
    Conversation,
    Forum,
    Participant,
    SealedStatement,
    Statement,
    StatementContact,
    StatementTurn,
)
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import RecordState, Wording
from tests.forums.making_meetings import a_forum
from tests.forums.making_talk import BARE, a_conversation, digest, says, statements_of, votes
from tests.solutions.test_secrecy import Attacker, Row, snapshot
from tests.world import NOON, World

TOMORROW = NOON + timedelta(days=1)
DOGS, LIGHTS = "Dogs may come in.", "Lights go out at ten, every day of the week."
own_transactions = pytest.mark.django_db(transaction=True)


class Onlooker(Attacker):
    """Puts rows into the order in which they were written, as the marks of transactions tell.

    PostgreSQL puts a row into any hole that earlier ones left, so that its place alone differs
    from run to run. Rows of one transaction stay in the order of their running numbers, which are
    given as they are written, or where a table has none, in the order of their places.
    """

    def ranked(self, rows: list[Row], *, numbered: bool) -> list[object]:
        """Rows in the order in which they were written."""

        def written(row: Row) -> tuple[int, int]:
            return int(str(row[1])), row[2] if isinstance(row[2], int) else 0

        return super().ranked(sorted(rows, key=written), numbered=numbered)


@dataclass
class Run:
    """One conversation, seen from outside."""

    attacker: Attacker
    changed: list[list[str]]


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    """A folder of its own for keys."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def same_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shuffle gives both runs the same order, as chance could."""
    monkeypatch.setattr(SystemRandom, "shuffle", lambda _self, said: said.sort())


def voted(browsers: list[Client], conversation: Conversation, attacker: Attacker) -> None:
    """Each votes first, each in another way, so that the attacker can tell them apart."""
    address = reverse("forums:take_part", args=[conversation.pk])
    statements = statements_of(conversation)
    for number, (browser, choice) in enumerate(zip(browsers, ("agree", "pass"), strict=True)):
        for statement in statements:
            attacker.name(statement.pk, f"statement {statement.number}")
        seen = set(Participant.objects.values_list("pk", flat=True))
        sent = {"statement": statements[0].pk, "choice": choice, "wording": 1}
        assert browser.post(address, sent).status_code == 302
        (new,) = set(Participant.objects.values_list("pk", flat=True)) - seen
        attacker.name(new, f"participant {number}")


def hold(world: World, forum: Forum, said: list[str]) -> Run:
    """Two people vote and add a statement each; the worker stores them on the day after."""
    conversation = a_conversation(world, forum, closes_at=None, statements=["One.", "Two."])
    attacker = Onlooker(first=Stream.objects.get(pk=world.hennepin.stream_id).last_position)
    attacker.name(conversation.pk, "conversation")
    browsers = [Client(), Client()]
    voted(browsers, conversation, attacker)
    before, changed = snapshot(), []
    for browser, text in zip(browsers, said, strict=True):
        address = f"{'dogs' if text == DOGS else 'lights'}@home.example"
        sent = {"text": text, "address": address}
        answer = browser.post(reverse("forums:say", args=[conversation.pk]), sent)
        assert answer.status_code == 302
        after = snapshot()
        changed.append(attacker.look(before, after))
        before = after
    assert actions.store_statements(now=TOMORROW) == 2
    changed.append(attacker.look(before, snapshot()))
    return Run(attacker, changed)


@own_transactions
@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("same_chance", "keys")
def test_swapped_statements_look_the_same_to_who_sees_every_snapshot(world: World) -> None:
    forum = a_forum(world)
    one, other = hold(world, forum, [DOGS, LIGHTS]), hold(world, forum, [LIGHTS, DOGS])
    assert one.attacker.seen == other.attacker.seen
    assert len(one.attacker.seen) > len(one.changed)


@own_transactions
@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("keys")
def test_adding_a_statement_touches_no_participant_and_no_vote(world: World) -> None:
    run = hold(world, a_forum(world), [DOGS, LIGHTS])
    two = ["forums_sealedstatement", "forums_statementturn"]
    assert [sorted(tables) for tables in run.changed[:-1]] == [two, two]
    stored = set(run.changed[-1])
    assert "forums_statement" in stored
    assert not stored & {"forums_participant", "forums_choice", "forums_statementturn"}


def said_in(conversation: Conversation, *texts: str) -> None:
    """Each text by a participant of its own; the worker has not come by yet."""
    for number, text in enumerate(texts):
        resume = digest(conversation, f"voice {number}")
        actions.say_something(by=BARE, conversation=conversation, resume=resume, text=text)


def test_several_are_stored_at_once_and_fewer_wait_until_their_day_is_over(world: World) -> None:
    conversation = a_conversation(world)
    said_in(conversation, "One more.", "Two more.", "Three more.", "Four more.")
    assert actions.store_statements(now=NOON) == 0
    said_in(conversation, "Five more.")
    assert actions.store_statements(now=NOON) == 5
    said_in(conversation, "Six more.")
    assert actions.store_statements(now=NOON) == 0
    assert actions.store_statements(now=TOMORROW) == 1
    assert not SealedStatement.objects.exists()
    assert Statement.objects.filter(conversation=conversation, state="waiting").count() == 6


def test_of_the_time_of_a_statement_only_the_day_is_kept(world: World) -> None:
    statement = says(a_conversation(world), DOGS)
    day = datetime(2026, 3, 27, 5, tzinfo=UTC)
    assert statement.record.recorded_at == day
    for rows in (
        Event.objects.about(statement.pk),
        RecordState.objects.filter(record=statement.record),
        Wording.objects.filter(record=statement.record),
    ):
        assert set(rows.values_list("recorded_at", flat=True)) == {day}


def test_the_order_in_which_statements_were_added_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemRandom, "shuffle", lambda _self, said: said.sort(reverse=True))
    conversation = a_conversation(world, statements=["First."])
    said_in(conversation, "B", "C", "A")
    actions.store_statements(now=TOMORROW)
    stored = Statement.objects.filter(conversation=conversation).order_by("number")
    assert list(stored.values_list("text", flat=True)) == ["First.", "C", "B", "A"]


def test_a_close_stores_what_waits_and_forgetting_leaves_no_turn(world: World) -> None:
    conversation = a_conversation(world)
    said_in(conversation, DOGS)
    actions.close_conversation(by=world.actor(), conversation=conversation)
    assert Statement.objects.filter(text=DOGS).exists()
    assert StatementTurn.objects.count() == 1
    actions.destroy_old_keys(now=NOON + timedelta(days=30))
    assert not StatementTurn.objects.exists()


def test_what_two_added_alike_stands_once_and_both_hear_of_it(world: World) -> None:
    conversation = a_conversation(world)
    for name in ("one", "two"):
        actions.say_something(
            by=BARE,
            conversation=conversation,
            resume=digest(conversation, name),
            text=DOGS,
            address=f"{name}@home.example",
        )
    assert actions.store_statements(now=TOMORROW) == 1
    contact = StatementContact.objects.get().address
    mail = OutboxMessage.objects.get()
    assert {contact, mail.recipient} == {"one@home.example", "two@home.example"}
    assert "is there already" in mail.text


def test_what_waits_in_a_withdrawn_conversation_is_not_stored(world: World) -> None:
    conversation = a_conversation(world)
    said_in(conversation, DOGS)
    withdraw_record(by=world.actor(), record=conversation.record, because="Asked elsewhere.")
    assert actions.store_statements(now=TOMORROW) == 0
    assert not SealedStatement.objects.exists()


def test_without_its_key_a_conversation_takes_no_statement_and_loses_none(world: World) -> None:
    conversation = a_conversation(world)
    said_in(conversation, DOGS)
    assert conversation.key_id is not None
    destroy_key(conversation.key_id)
    assert actions.store_statements(now=TOMORROW) == 0
    assert SealedStatement.objects.count() == 1
    with pytest.raises(RuleError, match="cannot be kept now"):
        actions.say_something(by=BARE, conversation=conversation, resume="x" * 64, text=LIGHTS)


@pytest.mark.parametrize(
    ("text", "address", "field"),
    [("Half \ud83d", "", "text"), ("Whole.", "no address", "address"), ("a\x00b", "", "text")],
)
def test_what_could_not_be_stored_later_is_refused_now(
    world: World, text: str, address: str, field: str
) -> None:
    conversation = a_conversation(world)
    with pytest.raises(RuleError) as refused:
        actions.say_something(
            by=BARE,
            conversation=conversation,
            resume=digest(conversation, "one"),
            text=text,
            address=address,
        )
    assert refused.value.field == field
    assert not StatementTurn.objects.exists()


def test_a_turn_is_no_ones_without_the_key(world: World) -> None:
    conversation = a_conversation(world)
    votes(conversation, "one", "agree")
    says(conversation, DOGS)
    resume = Participant.objects.get().resume
    assert resume
    assert StatementTurn.objects.get().digest != resume


@pytest.mark.parametrize(
    "said", [Said("x"), Said("Ä" * 280, "a@b.example"), Said("\U0001f3e0" * 280)]
)
def test_every_sealed_statement_is_equally_long_and_opens_again(said: Said) -> None:
    key, conversation_id = bytes(range(32)), uuid4()
    sealed = seal_said(said, key=key, conversation_id=conversation_id)
    assert len(sealed) == ROOM + 28
    assert unseal_said(sealed, key=key, conversation_id=conversation_id) == said
    with pytest.raises(UnreadableError):
        unseal_said(sealed, key=key, conversation_id=uuid4())


def test_a_statement_too_long_to_seal_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match=f"at most {ROOM} bytes"):
        seal_said(Said("x" * (ROOM + 1)), key=bytes(32), conversation_id=uuid4())


def test_the_day_is_that_of_the_initiative(world: World) -> None:
    conversation = a_conversation(world)
    late = datetime(2026, 3, 28, 4, 30, tzinfo=UTC)
    actions.say_something(
        by=world.actor("partner", late),
        conversation=conversation,
        resume=digest(conversation, "one"),
        text=DOGS,
    )
    assert SealedStatement.objects.get().day == date(2026, 3, 27)
