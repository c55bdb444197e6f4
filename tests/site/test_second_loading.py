from pathlib import Path

import pytest
from django.conf import settings

from headway.initiatives.actions import withdraw_record
from headway.problems.actions import revise_fact
from headway.problems.models import Fact
from headway.site.example import load_heading_home_hennepin
from tests.world import World


def load(world: World) -> None:
    load_heading_home_hennepin(
        by=world.actor("administrator"),
        authority=world.authority,
        folder=Path(settings.EXAMPLES) / "heading-home-hennepin",
        report=lambda _done, _total: None,
    )


@pytest.fixture
def loaded(world: World) -> World:
    load(world)
    return world


def test_a_withdrawn_fact_does_not_come_back(loaded: World) -> None:
    fact = Fact.objects.order_by("record__title").first()
    assert fact is not None
    withdraw_record(by=loaded.actor(), record=fact.record, because="Entered twice")
    before = Fact.objects.count()
    load(loaded)
    assert Fact.objects.count() == before


def test_a_reworded_fact_is_not_told_again(loaded: World) -> None:
    fact = Fact.objects.order_by("record__title").first()
    assert fact is not None
    revise_fact(by=loaded.actor(), fact=fact, claim="Said in other words.")
    before = Fact.objects.count()
    load(loaded)
    assert Fact.objects.count() == before
