import json

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits
from pytest_django.fixtures import Settings

from headway.accounts import actions as accounts
from headway.accounts.actor import Actor
from headway.accounts.models import AuthorityRole, Event
from headway.directory.actions.sources import record_source
from headway.exchange.actions import erase_person, expunge_record, redact, replay_expunges
from headway.exchange.actions.ledger import ledger_path
from headway.exchange.formats.ledger import LedgerLine, read_lines, write_line
from headway.initiatives import actions
from headway.initiatives.models import Happening, RoleGrant
from headway.problems.actions import cite
from tests.exchange.conftest import fresh
from tests.exchange.everything import texts_with
from tests.world import NOON, World, a_happening

WORKER = Actor(kind="worker", at=NOON)


@pytest.fixture
def ledger(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> list[str]:
    """The ledger of an expunge, a redaction and an erased person that the database forgets."""
    other = a_happening(world, "Bo Chen was heard").record
    with transaction.atomic():
        with django_capture_on_commit_callbacks(execute=True):
            expunge_record(by=officer, record=happening.record, because="court order")
            redact(by=officer, record=other, passage="Bo Chen", because="names a client")
            erase_person(
                by=officer,
                authority=world.authority,
                user=world.people["stranger"],
                because="asked for it",
            )
        # The database is as it was, like after restoring a backup; the ledger is not.
        transaction.set_rollback(True)
    assert texts_with("Ana Ruiz")
    return ledger_path().read_text().splitlines()


def test_a_restored_backup_forgets_again_and_only_once(
    world: World, ledger: list[str], happening: Happening
) -> None:
    actions.place_hold(
        by=world.actor("records_officer"),
        authority=world.authority,
        name="Hold of the backup",
        reason="released later",
        initiative=world.hennepin,
    )
    assert len(ledger) == 3
    assert replay_expunges(ledger, by=WORKER) == 3
    assert texts_with("Ana Ruiz") == []
    assert texts_with("Bo Chen") == []
    assert texts_with("stranger@county.example") == []
    assert Happening.objects.filter(text="███ was heard").exists()
    events = Event.objects.count()
    assert replay_expunges(ledger, by=WORKER) == 0
    assert Event.objects.count() == events


def test_what_the_backup_knows_already_is_not_done_twice(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        redact(by=officer, record=happening.record, passage="Ana Ruiz", because="names a client")
        expunge_record(by=officer, record=happening.record, because="court order")
    lines = ledger_path().read_text().splitlines()
    assert replay_expunges(lines, by=WORKER) == 0


def test_the_replay_stands_in_the_new_ledger(
    world: World, ledger: list[str], django_capture_on_commit_callbacks: Commits
) -> None:
    ledger_path().unlink()
    with django_capture_on_commit_callbacks(execute=True):
        replay_expunges(ledger, by=WORKER)
    again = [json.loads(line) for line in ledger_path().read_text().splitlines()]
    before = [json.loads(line) for line in ledger]
    assert [line["record"] for line in again] == [line["record"] for line in before]
    assert {line["passage"] for line in again} == {line["passage"] for line in before}


def test_under_another_key_the_whole_text_goes(
    world: World, ledger: list[str], settings: Settings
) -> None:
    settings.SECRET_KEY = "another key than the one the ledger was written under"
    replay_expunges(ledger, by=WORKER)
    assert texts_with("Bo Chen") == []
    assert Happening.objects.filter(text="███").exists()


def test_a_person_erased_elsewhere_leaves_again_what_the_backup_gave_back(
    world: World, elsewhere: World, django_capture_on_commit_callbacks: Commits
) -> None:
    rita, member = elsewhere.people["convener"], elsewhere.members["convener"]
    record = a_happening(elsewhere).record
    accounts.grant_role(
        by=WORKER,
        authority=elsewhere.authority,
        email=rita.email,
        role="registrar",
        starts_on=NOON.date(),
    )
    line = LedgerLine(
        event="0b9a7a3e-8d8e-4d53-a0c5-6a1f6b2b7f10",
        record=str(rita.pk),
        kind="account",
        did="person_erased",
        at=NOON.isoformat(),
        because="asked for it",
        authority=str(elsewhere.authority.pk),
    )
    assert replay_expunges([write_line(line)], by=WORKER) == 1
    assert texts_with("Rita") == []
    member.refresh_from_db()
    assert (member.left_at, member.name) == (NOON, "Erased person")
    assert not RoleGrant.objects.filter(member=member, ended_at=None).exists()
    assert not AuthorityRole.objects.filter(user=rita).not_taken_away().exists()
    assert fresh(record).owner is None
    event = Event.objects.get(verb="person_erased")
    assert event.stream.authority == elsewhere.authority
    assert replay_expunges([write_line(line)], by=WORKER) == 0


def test_the_ledger_says_whose_records_office_it_was(world: World, ledger: list[str]) -> None:
    assert {json.loads(line)["authority"] for line in ledger} == {str(world.authority.pk)}


def test_what_a_restored_text_does_not_say_leaves_it_as_it_is(
    world: World, officer: Actor, django_capture_on_commit_callbacks: Commits
) -> None:
    found = a_happening(world, "A plan is made")
    with transaction.atomic():
        with django_capture_on_commit_callbacks(execute=True):
            actions.revise_happening(
                by=world.actor(),
                happening=found,
                category="meeting",
                text="Bo Chen makes a plan",
                when=found.record.when,
                organisations=[],
            )
            redact(by=officer, record=found.record, passage="Bo Chen", because="names a client")
        transaction.set_rollback(True)
    lines = ledger_path().read_text().splitlines()
    assert replay_expunges(lines, by=WORKER) == 0
    found.refresh_from_db()
    assert found.text == "A plan is made"


def test_a_passage_is_found_wherever_it_was_blackened(
    world: World, officer: Actor, django_capture_on_commit_callbacks: Commits
) -> None:
    by = world.actor()
    places = [a_happening(world, f"A plan, part {number}").record for number in range(4)]
    actions.translate_text(
        by=by,
        record=places[0],
        field="text",
        original="A plan, part 0",
        language="es",
        text="Bo Chen hace un plan",
    )
    actions.append_state(record=places[1], state="open", by=by, because="Bo Chen asked")
    actions.withdraw_record(by=by, record=places[2], because="Bo Chen said so")
    source = record_source(by=by, authority=world.authority, title="Minutes")
    cite(by=by, record=places[3], source=source, note="Bo Chen is on page 4")
    with transaction.atomic():
        with django_capture_on_commit_callbacks(execute=True):
            for record in places:
                redact(by=officer, record=record, passage="Bo Chen", because="names a client")
        transaction.set_rollback(True)
    lines = ledger_path().read_text().splitlines()
    assert replay_expunges(lines, by=WORKER) == len(places)
    assert texts_with("Bo Chen") == []
    assert texts_with("hace un plan")
    assert texts_with("is on page 4")


def test_lines_that_nobody_can_read_are_left_out_and_told(
    world: World, happening: Happening, caplog: pytest.LogCaptureFixture
) -> None:
    good = LedgerLine(
        event="0b9a7a3e-8d8e-4d53-a0c5-6a1f6b2b7f10",
        record=str(happening.pk),
        kind="happening",
        did="expunged",
        at=NOON.isoformat(),
        because="court order",
    )
    lines = [
        "",
        "not json",
        '{"did": "expunged", "record": "1; drop", "event": "x"}',
        "[1]",
        '{"did": "painted"}',
        write_line(good),
        '{"event": "cut sho',
    ]
    assert replay_expunges(lines, by=WORKER) == 1
    assert fresh(happening.record).title == "Expunged"
    assert read_lines(lines).unreadable == (2, 3, 4, 5, 7)
    assert sum("cannot be read" in message for message in caplog.messages) == 5


def test_a_record_the_backup_never_had_is_passed_over(world: World) -> None:
    line = LedgerLine(
        event="0b9a7a3e-8d8e-4d53-a0c5-6a1f6b2b7f10",
        record="0b9a7a3e-8d8e-4d53-a0c5-6a1f6b2b7f11",
        kind="fact",
        did="expunged",
        at=NOON.isoformat(),
    )
    assert replay_expunges([write_line(line)], by=WORKER) == 0
