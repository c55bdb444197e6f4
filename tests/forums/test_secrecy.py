"""Nothing that is stored after votes joins a participant to an account."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from headway.accounts.models import Event
from headway.forums import actions
from headway.forums.models import (
    Choice,
    Conversation,
    Participant,
    SealedStatement,
    StatementContact,
    StatementTurn,
)
from tests.forums.making_talk import a_conversation, statements_of
from tests.world import World, build_world

OWN = {"forums_participant", "forums_choice"}


def everything() -> Iterator[tuple[str, str]]:
    """Every row of every table, as text."""
    for model in apps.get_models(include_auto_created=True):
        columns = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*columns):
            yield model._meta.db_table, json.dumps([str(value) for value in row])


def held(world: World) -> Conversation:
    """Two members voted on every statement by their accounts, and one added a statement."""
    found = a_conversation(world, closes_at=None, open_to="members")
    address = reverse("forums:take_part", args=[found.pk])
    for role in ("partner", "evaluator"):
        browser = world.client(role)
        for statement in statements_of(found):
            browser.post(address, {"statement": statement.pk, "choice": "agree", "wording": 1})
    own = {"text": "Dogs may come in.", "address": "guest@home.example"}
    world.client("partner").post(reverse("forums:say", args=[found.pk]), own)
    actions.store_statements(now=timezone.now() + timedelta(days=1))
    return found


@pytest.fixture
def conversation(world: World) -> Conversation:
    """A conversation in which members voted."""
    return held(world)


def test_no_table_names_a_participant_beside_an_account(
    world: World, conversation: Conversation
) -> None:
    participants = Participant.objects.all()
    assert participants.count() == 2
    assert Choice.objects.count() == 6
    marks = {str(each.pk) for each in participants} | {each.resume for each in participants}
    marks |= {str(pk) for pk in Choice.objects.values_list("pk", flat=True)}
    for table, row in everything():
        if table not in OWN:
            assert not any(mark and mark in row for mark in marks), f"{table}: {row}"
    accounts = {str(world.people[role].pk) for role in ("partner", "evaluator")}
    accounts |= {str(world.members[role].pk) for role in ("partner", "evaluator")}
    accounts.add("guest@home.example")
    for table, row in everything():
        if table in OWN:
            assert not any(mark in row for mark in accounts), f"{table}: {row}"


def test_a_vote_writes_no_event_and_no_form_mark(world: World, conversation: Conversation) -> None:
    before = dict(count_rows())
    address = reverse("forums:take_part", args=[conversation.pk])
    statement = statements_of(conversation)[0]
    world.client("partner").post(
        address, {"statement": statement.pk, "choice": "pass", "wording": 1}
    )
    after = dict(count_rows())
    # Signing in for the test makes a session; the vote itself changes rows and adds none.
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"django_session"}


def count_rows() -> Iterator[tuple[str, int]]:
    """How many rows each table has."""
    for model in apps.get_models(include_auto_created=True):
        yield model._meta.db_table, model._base_manager.count()


def test_there_is_no_time_in_the_tables_of_votes() -> None:
    for model in (Participant, Choice, StatementContact, SealedStatement, StatementTurn):
        kinds = {type(field) for field in model._meta.concrete_fields}
        assert models.DateTimeField not in kinds


def test_who_added_a_statement_stands_neither_in_the_record_nor_in_the_log(
    world: World, conversation: Conversation
) -> None:
    contact = StatementContact.objects.get()
    record = contact.statement.record
    assert (record.author_id, record.owner_id) == (None, None)
    for event in Event.objects.about(record.pk):
        assert (event.actor_kind, event.user_id, event.member_id) == ("participant", None, None)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL marks rows so")
def test_no_row_beside_the_votes_was_written_in_their_transaction(
    transactional_db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    held(build_world())

    def marks(table: str) -> set[str]:
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(table)
            # The name of a table, from the models.
            cursor.execute(f"SELECT DISTINCT xmin::text FROM {name}")  # noqa: S608  # our own tables
            return {row[0] for row in cursor.fetchall()}

    votes = marks("forums_choice") | marks("forums_participant")
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in OWN:
            assert not votes & marks(table), table


def test_twice_the_same_paper_is_two_people_without_a_name(
    world: World, conversation: Conversation
) -> None:
    first = statements_of(conversation)[0]
    for _paper in range(2):
        actions.type_in_paper(
            by=world.actor(), conversation=conversation, choices={first: "disagree"}
        )
    assert Participant.objects.filter(channel="paper", resume__isnull=True).count() == 2
