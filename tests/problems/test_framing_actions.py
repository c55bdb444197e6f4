"""Rival ways to see the problem: opened, adopted with a reason, set aside, never lost."""

import pytest
from django.db import IntegrityError, transaction

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Link, RecordState, Wording
from headway.initiatives.provenance import Provenance
from headway.problems import actions, queries
from headway.problems.models import Framing
from tests.problems.conftest import Told, frame, start
from tests.world import World, a_happening


def adopt(world: World, framing: Framing, because: str = "All could work with it.") -> Framing:
    return actions.adopt_framing(by=world.actor(), framing=framing, because=because)


def states(framing: Framing) -> list[str]:
    noted = RecordState.objects.filter(record=framing.pk).order_by("recorded_at")
    return list(noted.values_list("state", flat=True))


def test_the_one_adopted_before_is_set_aside_and_stays_readable(world: World) -> None:
    start(world)
    first, second = frame(world, "A housing problem"), frame(world, "A health problem")
    adopt(world, first)
    adopt(world, second)
    first.refresh_from_db()
    assert (first.state, second.state) == ("set_aside", "proposed")
    second.refresh_from_db()
    assert second.adopted
    assert states(first) == ["proposed", "adopted", "set_aside"]
    page = world.client("observer").get(world.address("problems:framing", first.pk))
    assert first.text in page.content.decode()


def test_adoption_waits_for_who_is_affected_and_a_starting_point(world: World) -> None:
    framing = frame(world, "A housing problem")
    with pytest.raises(RuleError, match="who is affected"):
        adopt(world, framing)
    actions.add_affected_group(by=world.actor(), initiative=world.hennepin, name="Families")
    with pytest.raises(RuleError, match="one measure with its starting point"):
        adopt(world, framing)
    assert states(framing) == ["proposed"]


def test_a_reported_adoption_may_come_without_a_start_and_the_page_says_so(
    world: World, from_plan: Provenance
) -> None:
    framing = actions.propose_framing(
        by=world.actor(),
        initiative=world.hennepin,
        title="Housing first",
        text="Begin with the home.",
        provenance=from_plan,
    )
    actions.adopt_framing(
        by=world.actor(), framing=framing, because="Board vote", provenance=from_plan
    )
    for name, args in (("home", ()), ("framings", ()), ("framing", (framing.pk,))):
        page = world.client().get(world.address(f"problems:{name}", *args)).content.decode()
        assert "Adopted without a starting point" in page


@pytest.mark.parametrize("because", ["", "  \n"])
def test_adoption_needs_a_reason(world: World, because: str) -> None:
    start(world)
    with pytest.raises(RuleError, match="Say why") as refusal:
        adopt(world, frame(world, "A housing problem"), because)
    assert refusal.value.field == "because"


def test_one_is_adopted_once(world: World) -> None:
    start(world)
    framing = adopt(world, frame(world, "A housing problem"))
    with pytest.raises(RuleError, match="adopted already"):
        adopt(world, framing)


def test_what_was_withdrawn_cannot_be_adopted(world: World) -> None:
    start(world)
    framing = frame(world, "A housing problem")
    withdraw_record(by=world.actor(), record=framing.record, because="Entered twice")
    with pytest.raises(RuleError, match="withdrawn"):
        adopt(world, framing)


def test_setting_aside_needs_a_reason_and_happens_once(world: World) -> None:
    framing = frame(world, "A housing problem")
    with pytest.raises(RuleError, match="Say why"):
        actions.set_framing_aside(by=world.actor(), framing=framing, because="")
    actions.set_framing_aside(by=world.actor(), framing=framing, because="Joined with another")
    with pytest.raises(RuleError, match="set aside already"):
        actions.set_framing_aside(by=world.actor(), framing=framing, because="Again")


def test_speaking_for_an_organisation_needs_a_mandate(world: World) -> None:
    with pytest.raises(RuleError, match="No mandate") as refusal:
        actions.propose_framing(
            by=world.actor("partner"),
            initiative=world.hennepin,
            title="A housing problem",
            text="Rents.",
            organisation=world.shelter,
        )
    assert refusal.value.field == "organisation"
    assert not Framing.objects.exists()


def test_a_reframing_is_credited_counted_and_traced_to_what_opened_it(
    world: World, mandate: None
) -> None:
    happening = a_happening(world, "Homeless people spoke first")
    framing = actions.propose_framing(
        by=world.actor("partner"),
        initiative=world.hennepin,
        title="A housing problem",
        text="Rents.",
        organisation=world.shelter,
        came_from=[happening.record],
    )
    frame(world, "A health problem", role="convener")
    assert framing.record.organisation == world.shelter
    assert framing.record.author == world.members["partner"]
    link = Link.objects.get(origin=framing.record)
    assert (link.target, link.kind) == (happening.record, "came_from")
    event = Event.objects.get(verb="reframed", subject_id=framing.pk)
    assert event.organisation_id == world.shelter.pk
    assert Wording.objects.get(record=framing.record, field="text").organisation == world.shelter
    page = world.client("observer").get(world.address("problems:framings")).content.decode()
    assert "2 ways to see it, opened by 2 organizations or people" in page
    assert "Opened by <bdi>St. Stephen&#x27;s</bdi>" in page


def test_a_name_and_a_text_are_needed(world: World) -> None:
    common = {"by": world.actor(), "initiative": world.hennepin}
    with pytest.raises(RuleError, match="Give it a name"):
        actions.propose_framing(**common, title=" ", text="Rents.")
    with pytest.raises(RuleError, match="Say how you see it"):
        actions.propose_framing(**common, title="A housing problem", text=" ")


def test_loading_the_same_report_twice_keeps_one(world: World, from_plan: Provenance) -> None:
    for _time in range(2):
        framing = actions.propose_framing(
            by=world.actor(),
            initiative=world.hennepin,
            title="Housing first",
            text="Begin with the home.",
            organisation=world.shelter,
            provenance=from_plan,
        )
        actions.adopt_framing(
            by=world.actor(), framing=framing, because="Board vote", provenance=from_plan
        )
    assert Framing.objects.count() == 1
    assert states(framing) == ["proposed", "adopted"]


def test_a_state_that_nobody_knows_is_refused_by_the_database(told: Told) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Framing.objects.filter(pk=told.housing.pk).update(state="lost")


def test_missing_start_says_nothing_once_both_are_there(world: World) -> None:
    start(world)
    assert queries.missing_start(world.hennepin) == ""
