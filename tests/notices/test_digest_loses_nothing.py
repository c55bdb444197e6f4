"""Whatever happens and whatever somebody chooses, their mails hold what immediate mails hold."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.notices.actions import mail_due, tell
from headway.notices.models import Notice, Rhythm, Why
from tests.notices.making import a_followed, news, told, wants
from tests.notices.making_concerns import CONCERNS, tried_and_learned
from tests.world import NOON, World

# A pause in minutes, then news, a look by the worker, or another choice.
PAUSES = st.integers(min_value=1, max_value=4 * 24 * 60)
STEPS = st.tuples(PAUSES, st.sampled_from(["news", "work", *Rhythm.values]))


class Somebody:
    """What the partner should get, reckoned without the product."""

    def __init__(self) -> None:
        self.rhythm = Rhythm.DAILY.value
        self.wanted, self.stopped = set[Any](), set[Any]()

    def told(self, fresh: set[Any]) -> None:
        if self.rhythm != Rhythm.NEVER:
            self.wanted |= fresh

    def chooses(self, rhythm: str, mailed: set[Any]) -> None:
        if rhythm == Rhythm.NEVER:
            self.stopped |= self.wanted - mailed
        self.rhythm = rhythm


def events_of(world: World, role: str, *, mailed: bool) -> Counter[Any]:
    found = Notice.objects.filter(member=world.members[role])
    found = found.filter(mailed_in__isnull=False) if mailed else found
    return Counter(found.values_list("event_id", flat=True))


def play(world: World, steps: list[tuple[int, str]], happens: Callable[[datetime], None]) -> None:
    now, partner = NOON, Somebody()
    wants(world, "observer", Rhythm.IMMEDIATE, now)
    for pause, step in steps:
        now += timedelta(minutes=pause)
        if step == "news":
            happens(now)
        elif step == "work":
            work(world, partner, now)
        else:
            partner.chooses(step, set(events_of(world, "partner", mailed=True)))
            wants(world, "partner", Rhythm(step), now)
    work(world, partner, now)
    mail_due(now=now + timedelta(days=8))
    got = events_of(world, "partner", mailed=True)
    immediate = events_of(world, "observer", mailed=True)
    assert set(got) == partner.wanted - partner.stopped
    assert set(got) | partner.stopped | unwanted(world, partner) == set(immediate)
    assert set(got.values()) <= {1}
    assert lines_in_mails(world, "partner") == sum(got.values())


def unwanted(world: World, partner: Somebody) -> set[Any]:
    return set(events_of(world, "partner", mailed=False)) - partner.wanted


def lines_in_mails(world: World, role: str) -> int:
    from headway.accounts.models import OutboxMessage

    mails = OutboxMessage.objects.filter(recipient=world.people[role].email, kind="notice")
    reasons = [f"({why.label})" for why in Why]
    return sum(mail.text.count(reason) for mail in mails for reason in reasons)


def work(world: World, partner: Somebody, now: datetime) -> None:
    before = set(events_of(world, "partner", mailed=False))
    tell(now=now)
    partner.told(set(events_of(world, "partner", mailed=False)) - before)
    mail_due(now=now)


@pytest.mark.usefixtures("world")
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=14))
def test_a_digest_holds_everything_that_immediate_mails_would_and_nothing_twice(
    world: World, steps: list[tuple[int, str]]
) -> None:
    with transaction.atomic():
        followed = a_followed(world, "partner", "observer")
        tell(now=NOON)
        play(world, steps, lambda now: news(world, followed.record, at=now))
        transaction.set_rollback(True)


@pytest.mark.usefixtures("world")
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=20), first=st.integers(0, 50))
def test_a_digest_holds_everything_of_tests_reviews_and_measures_as_well(
    world: World, steps: list[tuple[int, str]], first: int
) -> None:
    with transaction.atomic():
        happens = tried_and_learned(world, "partner", "observer", first=first)
        tell(now=NOON)
        Notice.objects.all().delete()
        play(world, steps, happens)
        transaction.set_rollback(True)


def test_every_event_of_tests_reviews_and_measures_concerns_somebody(world: World) -> None:
    happens = tried_and_learned(world, "partner", "observer")
    tell(now=NOON)
    Notice.objects.all().delete()
    for number in range(len(CONCERNS)):
        happens(NOON + timedelta(minutes=number + 1))
    tell(now=NOON + timedelta(hours=2))
    assert len(told(world, "partner")) == len(told(world, "observer")) == len(CONCERNS)
