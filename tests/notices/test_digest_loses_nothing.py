"""Whatever happens and whatever somebody chooses, their mails hold what immediate mails hold."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.initiatives.models import Record
from headway.notices.actions import mail_due, tell
from headway.notices.models import Notice, Rhythm
from tests.notices.making import a_followed, news, wants
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


def play(world: World, record: Record, steps: list[tuple[int, str]]) -> None:
    now, partner = NOON, Somebody()
    wants(world, "observer", Rhythm.IMMEDIATE, now)
    for pause, step in steps:
        now += timedelta(minutes=pause)
        if step == "news":
            news(world, record, at=now)
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
    return sum(mail.text.count("(you follow this)") for mail in mails)


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
        play(world, followed.record, steps)
        transaction.set_rollback(True)
