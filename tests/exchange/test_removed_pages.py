"""The page of an expunged record says that it was removed, by whom, when and why; nothing else."""

import re

import pytest
from django.urls import reverse

from headway.accounts.actor import Actor
from headway.exchange.actions import expunge_record
from headway.initiatives.models import Happening
from headway.problems.actions import add_affected_group
from tests.world import World

BECAUSE = "court order of May 4"
REMOVED = "What stood here was removed for good"
ALIVE = ("Correct this", "State", "Compare", "version", "Files", "Who took part", "History")


def main_of(page: str) -> str:
    """The text of the page's own part."""
    inner = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())


@pytest.mark.parametrize(
    ("role", "who"), [("convener", "The records officer"), ("records_officer", "The records off")]
)
def test_a_removed_record_tells_only_of_its_removal(
    world: World, officer: Actor, happening: Happening, role: str, who: str
) -> None:
    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    address = world.address("initiatives:happening", happening.pk)
    said = main_of(world.client(role).get(address).content.decode())
    for words in (REMOVED, "Removed on March 27, 2026", f"By {who}", f"Why {BECAUSE}"):
        assert words in said
    for words in ALIVE:
        assert words not in said


def test_removed_parts_of_the_problem_say_the_same(world: World, officer: Actor) -> None:
    group = add_affected_group(
        by=world.actor(), initiative=world.hennepin, name="Families in shelters"
    )
    expunge_record(by=officer, record=group.record, because=BECAUSE)
    address = reverse("initiatives:record", args=[world.hennepin.slug, group.pk])
    said = main_of(world.client("convener").get(address, follow=True).content.decode())
    assert REMOVED in said
    assert BECAUSE in said
    for words in ALIVE:
        assert words not in said


def test_the_records_office_shows_the_removal_beside_its_own_terms(
    world: World, officer: Actor, happening: Happening
) -> None:
    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    office = world.client("records_officer")
    said = main_of(office.get(reverse("exchange:record", args=[happening.pk])).content.decode())
    assert REMOVED in said
    assert "Retention class" in said
