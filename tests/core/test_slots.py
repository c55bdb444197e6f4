from datetime import date
from uuid import UUID

import pytest

from headway.core.slots import InitiativePlace, Slot, StageMark

HENNEPIN = InitiativePlace(UUID(int=1), "hennepin", date(2026, 3, 27), frozenset({"public"}))


@pytest.fixture
def marks() -> Slot[InitiativePlace, tuple[StageMark, ...]]:
    return Slot("stage marks", ())


def people_met(place: InitiativePlace) -> tuple[StageMark, ...]:
    return (StageMark("people", "met", f"Met in {place.slug}"),)


def test_a_slot_that_nobody_fills_shows_nothing(
    marks: Slot[InitiativePlace, tuple[StageMark, ...]],
) -> None:
    assert not marks.filled
    assert marks.ask(HENNEPIN) == ()


def test_a_filled_slot_answers_for_the_place_it_is_asked_for(
    marks: Slot[InitiativePlace, tuple[StageMark, ...]],
) -> None:
    marks.fill(people_met)
    marks.fill(people_met)
    assert marks.ask(HENNEPIN)[0].words == "Met in hennepin"


def test_two_sources_for_one_slot_are_a_mistake_of_the_programmer(
    marks: Slot[InitiativePlace, tuple[StageMark, ...]],
) -> None:
    marks.fill(people_met)
    with pytest.raises(ValueError, match="filled already"):
        marks.fill(lambda _place: ())


def test_another_answer_lasts_as_long_as_its_block(
    marks: Slot[InitiativePlace, tuple[StageMark, ...]],
) -> None:
    with marks.filled_with(people_met):
        assert marks.filled
    assert marks.ask(HENNEPIN) == ()
