"""Sixty organizations vote at the same instant: none is refused, lost or counted twice."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from headway.initiatives.models import Member
from headway.solutions.actions.ballots import close_ballot
from headway.solutions.models import Ballot, Elector, NamedVote, SealedVote
from tests.solutions.voting import (
    AFTER,
    ASIDE,
    CONSENT,
    HARM,
    OBJECT,
    an_open_ballot,
    partners,
    vote,
)
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SIXTY = [f"Partner {number:02}" for number in range(60)]
SAID = (CONSENT, ASIDE, OBJECT)


def at_once(acts: list[Callable[[], object]]) -> Counter[str]:
    """What came of doing all this at the same instant."""
    came: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            came.append("done")
        except Exception as trouble:  # noqa: BLE001  # the test says which one it expects
            came.append(f"{type(trouble).__name__}: {trouble}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(came)


def giving(ballot: Ballot, voters: dict[str, Member]) -> list[Callable[[], object]]:
    """Each voter's vote, ready to be given: a third consents, stands aside, objects."""

    def give(number: int, member: Member) -> Callable[[], object]:
        return lambda: vote(ballot, member, SAID[number % 3], HARM)

    return [give(number, member) for number, member in enumerate(voters.values())]


@pytest.mark.parametrize("secret", [False, True])
def test_sixty_organizations_vote_at_once(world: World, keys: object, *, secret: bool) -> None:
    voters = partners(world, SIXTY)
    ballot = an_open_ballot(world, secret=secret)
    assert at_once(giving(ballot, voters)) == {"done": 60}
    assert Elector.objects.filter(ballot=ballot, has_voted=True).count() == 60
    assert (SealedVote if secret else NamedVote).objects.count() == 60
    result = close_ballot(ballot=ballot, now=AFTER).result
    assert result is not None
    counted = [result[name] for name in ("cast", "consent", "stand_aside", "objections")]
    assert counted == [60, 20, 20, 20]


def test_one_organization_voting_many_times_at_once_has_one_voice(
    world: World, keys: object
) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    named, secret = an_open_ballot(world), an_open_ballot(world, secret=True)
    assert at_once([lambda: vote(named, ash, CONSENT)] * 8) == {"done": 8}
    came = at_once([lambda: vote(secret, ash, CONSENT)] * 8)
    assert came["done"] == 1
    assert (NamedVote.objects.count(), SealedVote.objects.count()) == (1, 1)


def test_a_vote_given_while_it_closes_is_counted_or_refused_and_never_lost(world: World) -> None:
    voters = partners(world, SIXTY[:12])
    ballot = an_open_ballot(world, closes_early=True, quorum_percent=0)
    acts = giving(ballot, voters)
    vote(ballot, voters[SIXTY[0]], CONSENT)
    close = [lambda: close_ballot(ballot=ballot, now=AFTER)]
    came = at_once([*acts[1:], *close])
    ballot.refresh_from_db()
    assert ballot.result is not None
    assert ballot.result["cast"] == NamedVote.objects.count()
    assert came["done"] == ballot.result["cast"]
