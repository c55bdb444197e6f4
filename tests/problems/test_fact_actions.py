"""Facts: agreed, disputed with a reason, with every word kept."""

import pytest
from django.db import IntegrityError, transaction

from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import RecordState
from headway.initiatives.provenance import Provenance
from headway.problems import actions
from headway.problems.models import Citation, Fact, FactStance, Stance, state_from
from tests.problems.conftest import CLAIM
from tests.world import World


@pytest.fixture
def fact(world: World, plan: Source) -> Fact:
    return actions.add_fact(
        by=world.actor(), initiative=world.hennepin, claim=CLAIM, sources=[plan]
    )


def say(world: World, fact: Fact, stance: str, role: str = "partner", **more: object) -> FactStance:
    said = actions.take_stance(by=world.actor(role), fact=fact, stance=stance, **more)
    fact.refresh_from_db()
    return said


def test_a_fact_is_open_until_somebody_answers(world: World, fact: Fact) -> None:
    assert fact.state == "open"
    say(world, fact, "agree")
    assert fact.state == "agreed"


def test_one_dispute_is_enough_and_a_later_word_replaces_it(world: World, fact: Fact) -> None:
    say(world, fact, "agree", role="convener")
    say(world, fact, "dispute", reason="People in cars are missing.")
    assert fact.state == "disputed"
    say(world, fact, "agree", reason="The new count has them.")
    assert fact.state == "agreed"
    assert list(fact.stances.values_list("number", "stance")) == [
        (1, "agree"),
        (2, "dispute"),
        (3, "agree"),
    ]
    noted = RecordState.objects.filter(record=fact.pk).values_list("state", flat=True)
    assert sorted(noted) == ["agreed", "agreed", "disputed", "open"]


def test_taking_no_side_any_more_opens_it_again(world: World, fact: Fact) -> None:
    say(world, fact, "agree")
    say(world, fact, "no_view")
    assert fact.state == "open"


def test_a_dispute_needs_a_reason_and_an_agreement_does_not(world: World, fact: Fact) -> None:
    with pytest.raises(RuleError, match="Say what is wrong") as refusal:
        say(world, fact, "dispute", reason=" ")
    assert refusal.value.field == "reason"
    assert say(world, fact, "agree").reason == ""


def test_speaking_for_an_organisation_needs_a_mandate(world: World, fact: Fact) -> None:
    with pytest.raises(RuleError, match="No mandate"):
        say(world, fact, "agree", organisation=world.shelter)
    assert not FactStance.objects.exists()


def test_a_mandate_for_promises_does_not_cover_facts(world: World, fact: Fact) -> None:
    give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.shelter,
        scope="promises",
        given_by="The board",
    )
    with pytest.raises(RuleError, match="No mandate"):
        say(world, fact, "agree", organisation=world.shelter)


def test_member_and_organisation_are_two_voices(world: World, fact: Fact, mandate: None) -> None:
    say(world, fact, "agree", organisation=world.shelter)
    say(world, fact, "dispute", reason="I counted myself.")
    assert fact.state == "disputed"
    assert {stance.speaker for stance in fact.stances.all()} == {"St. Stephen's", "The partner"}


def test_merged_organisations_speak_with_one_voice(world: World, fact: Fact) -> None:
    world.office.change(merged_into=world.shelter)
    said = [
        FactStance(fact=fact, number=1, stance="dispute", organisation=world.office, reason="No"),
        FactStance(fact=fact, number=2, stance="agree", organisation=world.shelter),
    ]
    assert state_from(said) == "agreed"


def test_what_a_source_reports_needs_no_mandate(
    world: World, fact: Fact, from_plan: Provenance
) -> None:
    said = say(
        world,
        fact,
        "dispute",
        reason="The street count differs.",
        organisation=world.shelter,
        provenance=from_plan,
    )
    assert said.source == from_plan.source


def test_the_same_word_twice_is_kept_once(world: World, fact: Fact) -> None:
    assert say(world, fact, "agree") == say(world, fact, "agree")


def test_a_stance_remembers_the_wording_it_spoke_to(world: World, fact: Fact) -> None:
    say(world, fact, "agree")
    actions.revise_fact(by=world.actor(), fact=fact, claim="About 300 people sleep outside.")
    page = world.client("observer").get(world.address("problems:fact", fact.pk))
    assert "said before the wording changed" in page.content.decode()
    assert say(world, fact, "agree").wording_number == 2


def test_an_unknown_stance_is_refused(world: World, fact: Fact) -> None:
    with pytest.raises(RuleError, match="Choose one of"):
        say(world, fact, "perhaps")


def test_several_sources_stand_beside_a_fact_each_once(
    world: World, fact: Fact, plan: Source
) -> None:
    named = [("Plan, page 12", "https://example.org/plan"), ("A letter", "")]
    for source in actions.named_sources(by=world.actor(), initiative=world.hennepin, named=named):
        actions.cite(by=world.actor(), record=fact.record, source=source)
    actions.cite(by=world.actor(), record=fact.record, source=plan)
    assert Citation.objects.on(fact.record).count() == 3


def test_a_source_is_taken_off_with_a_reason(world: World, fact: Fact) -> None:
    citation = Citation.objects.on(fact.record).get()
    with pytest.raises(RuleError, match="Say why"):
        actions.withdraw_citation(by=world.actor(), citation=citation, because="")
    actions.withdraw_citation(by=world.actor(), citation=citation, because="Another year")
    assert not Citation.objects.on(fact.record).exists()


def test_the_database_refuses_a_dispute_without_reason(world: World, fact: Fact) -> None:
    said = say(world, fact, "agree")
    with pytest.raises(IntegrityError), transaction.atomic():
        FactStance.objects.filter(pk=said.pk).update(stance=Stance.DISPUTE)


def test_an_empty_claim_is_refused(world: World) -> None:
    with pytest.raises(RuleError, match="State the fact"):
        actions.add_fact(by=world.actor(), initiative=world.hennepin, claim=" ")
