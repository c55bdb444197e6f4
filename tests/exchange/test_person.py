import pytest

from headway.accounts.actor import Actor
from headway.accounts.models import Event, OutboxMessage, User
from headway.core.errors import RuleError
from headway.exchange.actions import erase_person
from headway.initiatives import actions
from headway.initiatives.models import Member
from tests.exchange.everything import texts_with
from tests.world import World, a_happening

BECAUSE = "asked for it"


@pytest.fixture
def ana(world: World) -> User:
    """Ana, a partner with a mandate that she had from somebody else, and a mail."""
    member = actions.invite_member(
        by=world.actor(),
        initiative=world.hennepin,
        email="ana.ruiz@shelter.example",
        name="Ana Ruiz",
        role="partner",
        organisation=world.shelter,
        address="https://headway.example/i/x/",
    )
    actions.give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.shelter,
        scope="facts",
        given_by="Ana Ruiz, director",
    )
    record = a_happening(world).record
    actions.hand_over_record(by=world.actor(), record=record, to=member)
    actions.hand_over_record(by=world.actor(), record=record, to=world.members["convener"])
    assert member.user is not None
    return member.user


def erase(world: World, officer: Actor, user: User) -> None:
    erase_person(by=officer, authority=world.authority, user=user, because=BECAUSE)


def test_the_name_and_the_address_are_nowhere_and_the_counts_stand(
    world: World, officer: Actor, ana: User
) -> None:
    members, events = Member.objects.count(), Event.objects.count()
    assert len(texts_with("Ana Ruiz")) >= 4
    erase(world, officer, ana)
    assert texts_with("Ana Ruiz") == []
    assert texts_with("ana.ruiz") == []
    assert Member.objects.count() == members
    assert Event.objects.count() > events
    ana.refresh_from_db()
    assert (ana.is_active, ana.has_usable_password()) == (False, False)
    assert not OutboxMessage.objects.filter(recipient__contains="ana").exists()
    with pytest.raises(RuleError, match="already"):
        erase(world, officer, ana)


def test_a_hold_stops_it_by_name(world: World, officer: Actor, ana: User) -> None:
    hold = actions.place_hold(
        by=officer,
        authority=world.authority,
        name="Data request 2026-014",
        reason="records request",
        initiative=world.hennepin,
    )
    with pytest.raises(RuleError, match="Data request 2026-014"):
        erase(world, officer, ana)
    assert texts_with("Ana Ruiz")
    actions.release_hold(by=officer, hold=hold, because="answered")
    erase(world, officer, ana)


def test_who_still_has_something_in_hand_hands_it_over_first(world: World, officer: Actor) -> None:
    for role in ("administrator", "convener"):
        with pytest.raises(RuleError):
            erase(world, officer, world.people[role])
        assert world.people[role].is_active


def test_who_takes_part_in_another_authority_is_left_to_its_office(
    world: World, elsewhere: World, officer: Actor
) -> None:
    with pytest.raises(RuleError, match="elsewhere"):
        erase(world, officer, elsewhere.people["convener"])
