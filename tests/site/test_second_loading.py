from headway.initiatives.actions import withdraw_record
from headway.problems.actions import revise_fact
from headway.problems.models import Fact
from tests.world import World, load_example


def test_a_withdrawn_fact_does_not_come_back(example: World) -> None:
    fact = Fact.objects.order_by("record__title").first()
    assert fact is not None
    withdraw_record(by=example.actor(), record=fact.record, because="Entered twice")
    before = Fact.objects.count()
    load_example(example)
    assert Fact.objects.count() == before


def test_a_reworded_fact_is_not_told_again(example: World) -> None:
    fact = Fact.objects.order_by("record__title").first()
    assert fact is not None
    revise_fact(by=example.actor(), fact=fact, claim="Said in other words.")
    before = Fact.objects.count()
    load_example(example)
    assert Fact.objects.count() == before
