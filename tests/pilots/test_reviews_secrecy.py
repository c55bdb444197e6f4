"""An attacker with every snapshot of the database, but not the key, looks for who told what.

Two reviews are held in which the same two people tell each other's story. Everything that can be
seen of the one must be equal to what can be seen of the other: places of rows, which were written
together, times and all.
"""

from dataclasses import dataclass
from pathlib import Path
from secrets import SystemRandom

import pytest
import time_machine
from pytest_django.fixtures import Settings

from headway.accounts.models import Stream
from headway.core.errors import RuleError
from headway.core.keys import destroy_key
from headway.pilots import actions
from headway.pilots.models import Review, ReviewParticipant, SealedTelling, Telling
from tests.pilots.making_reviews import a_review, all_agree, an_ended_test, answer, tells
from tests.pilots.test_reviews_pages import at
from tests.solutions.test_secrecy import Attacker, snapshot
from tests.world import NOON, World

COLD, LATE = "It was cold.", "The van came at ten, every day of that week."
own_transactions = pytest.mark.django_db(transaction=True)


@dataclass
class Run:
    """One review, seen from outside."""

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
    monkeypatch.setattr(
        SystemRandom, "shuffle", lambda _self, told: told.sort(key=lambda each: each.text)
    )


def hold(world: World, tries: str, said: list[str]) -> Run:
    """Two people take part, and each tells one thing."""
    review = an_ended_test(world, tries)
    attacker = Attacker(first=Stream.objects.get(pk=world.hennepin.stream_id).last_position)
    attacker.name(review.pk, "review")
    for role in ("partner", "evaluator"):
        participant = actions.join_review(by=world.actor(role), review=review)
        attacker.name(participant.pk, f"participant {role}")
    before, changed = snapshot(), []
    for role, text in zip(("partner", "evaluator"), said, strict=True):
        tells(world, role, review, text)
        after = snapshot()
        changed.append(attacker.look(before, after))
        before = after
    return Run(attacker, changed)


@own_transactions
@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("same_chance", "keys")
def test_swapped_tellings_look_the_same_to_who_sees_every_snapshot(world: World) -> None:
    one, other = hold(world, "One", [COLD, LATE]), hold(world, "Two", [LATE, COLD])
    assert one.attacker.seen == other.attacker.seen
    assert len(one.attacker.seen) > len(one.changed)


@own_transactions
@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("keys")
def test_telling_touches_no_participant_no_event_and_no_record(world: World) -> None:
    run = hold(world, "One", [COLD, LATE])
    assert run.changed[0] == ["pilots_sealedtelling"]
    assert set(run.changed[1]) == {"pilots_sealedtelling", "pilots_telling"}


@pytest.mark.usefixtures("keys")
def test_without_its_key_nothing_more_can_be_told_or_read(world: World) -> None:
    review = a_review(world)
    tells(world, "partner", review, COLD)
    assert review.key_id is not None
    destroy_key(review.key_id)
    with pytest.raises(RuleError, match="cannot be kept now"):
        tells(world, "evaluator", review, LATE)
    answer(world, review)
    all_agree(world, review)
    actions.close_review(by=world.actor(), review=review)
    assert not SealedTelling.objects.exists()
    assert not Telling.objects.exists()


@own_transactions
def test_the_key_of_a_review_goes_when_it_is_closed(world: World, keys: Path) -> None:
    review = a_review(world)
    assert len(list(keys.glob("*.key"))) == 1
    tells(world, "partner", review, COLD)
    answer(world, review)
    all_agree(world, review)
    actions.close_review(by=world.actor(), review=review)
    assert not list(keys.glob("*.key"))
    assert Review.objects.get(pk=review.pk).key_id is None
    assert [row.text for row in Telling.objects.all()] == [COLD]


@pytest.mark.usefixtures("keys")
def test_the_form_that_tells_keeps_nothing_readable_beside_it(world: World) -> None:
    review = a_review(world)
    browser = world.client("partner")
    assert browser.post(at(world, "tell", review.pk), {"events": COLD}).status_code == 302
    seen = repr(snapshot())
    assert COLD not in seen
    assert ReviewParticipant.objects.filter(review=review).count() == 2
