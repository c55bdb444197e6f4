"""Actions take only rows of their own authority, and only texts and terms that exist."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from headway.accounts import actions as accounts
from headway.accounts.actor import Actor
from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation
from headway.initiatives import actions
from headway.initiatives.models import Initiative, Member, RoleGrant
from headway.initiatives.provenance import reported
from headway.problems import actions as problems
from tests.world import NOON, TODAY, World


@pytest.fixture
def elsewhere(world: World) -> Organisation:
    """An organisation of another authority."""
    by = Actor(kind="worker", at=NOON)
    authority = accounts.make_authority(at=NOON, name="Other county", host_name="other.example")
    details = OrganisationDetails(name="Office elsewhere", sector="government")
    return add_organisation(by=by, authority=authority, details=details)


def test_rows_of_another_authority_are_refused_by_their_field(
    world: World, elsewhere: Organisation
) -> None:
    by, initiative = world.actor(), world.hennepin
    facet = problems.add_facet(by=by, initiative=initiative, name="Waiting lists")
    fact = problems.add_fact(by=by, initiative=initiative, claim="Half of them are children")
    source = record_source(by=by, authority=elsewhere.authority, title="Report elsewhere")
    tries: dict[str, list[Callable[[], object]]] = {
        "organisation": [
            lambda: problems.hold_facet(
                by=by, facet=facet, organisation=elsewhere, kind="knowledge"
            ),
            lambda: problems.record_effort(
                by=by, initiative=initiative, title="Vans", organisation=elsewhere
            ),
            lambda: problems.take_stance(
                by=by,
                fact=fact,
                stance="agree",
                organisation=elsewhere,
                provenance=reported(source),
            ),
        ],
        "source": [
            lambda: problems.cite(by=by, record=fact.record, source=source),
            lambda: problems.take_stance(by=by, fact=fact, stance="agree", source=source),
        ],
        "sources": [
            lambda: problems.add_fact(
                by=by, initiative=initiative, claim="Many are old", sources=[source]
            )
        ],
        "owner": [
            lambda: actions.open_initiative(
                by=by, authority=world.authority, owner=elsewhere, title="Beside"
            )
        ],
    }
    for field, acts in tries.items():
        for act in acts:
            with pytest.raises(RuleError) as refused:
                act()
            assert refused.value.field == field


@pytest.mark.parametrize(("field", "value"), [("visibility", "circle"), ("language", "xx")])
def test_an_initiative_is_opened_with_known_settings(world: World, field: str, value: str) -> None:
    with pytest.raises(RuleError):
        actions.open_initiative(
            by=world.actor("registrar"),
            authority=world.authority,
            owner=world.office,
            title="Beside",
            **{field: value},
        )
    assert not Initiative.objects.filter(title="Beside").exists()


def second_convener(world: World, days: int | None) -> Member:
    ends = TODAY + timedelta(days=days) if days is not None else None
    member = world.members["facilitator"]
    actions.grant_role(by=world.actor(), member=member, role="convener", ends_on=ends)
    return member


def end_the_first(world: World) -> None:
    grant = RoleGrant.objects.get(member=world.members["convener"], role="convener")
    actions.end_role(by=world.actor(), grant=grant)


@pytest.mark.parametrize(("days", "enough"), [(29, False), (30, True), (None, True)])
def test_another_convener_must_stay_a_while(
    world: World, days: int | None, *, enough: bool
) -> None:
    second_convener(world, days)
    if enough:
        end_the_first(world)
        return
    with pytest.raises(RuleError, match="Name another convener"):
        end_the_first(world)


def test_a_convener_whose_account_is_closed_does_not_count(world: World) -> None:
    second = second_convener(world, None)
    assert second.user
    second.user.change(is_active=False)
    with pytest.raises(RuleError, match="Name another convener"):
        end_the_first(world)


def test_an_earlier_translation_stays_in_the_log(world: World) -> None:
    fact = problems.add_fact(by=world.actor(), initiative=world.hennepin, claim="Many wait")
    said: dict[str, Any] = {"record": fact.record, "original": "Many wait", "language": "es"}
    for text in ("Muchos", "Muchos esperan"):
        actions.translate_text(by=world.actor(), field="claim", text=text, **said)
    event = Event.objects.about(fact.pk).latest("position")
    kept = event.values.get(field="claim_es")
    assert (kept.old, kept.new) == ("Muchos", "Muchos esperan")
    with pytest.raises(RuleError) as refused:
        actions.translate_text(by=world.actor(), field="secret", text="x", **said)
    assert refused.value.field == "field"


def test_both_lines_that_change_places_have_their_event(world: World) -> None:
    by, initiative = world.actor(), world.hennepin
    first, second = (
        problems.add_vision_line(by=by, initiative=initiative, text=text) for text in ("A", "B")
    )
    assert problems.move_vision_line(by=by, line=second, up=True)
    for line in (first, second):
        assert Event.objects.about(line.pk).filter(verb="ranked").count() == 1


def test_only_a_mandate_of_the_organisation_lets_one_reword_its_words(world: World) -> None:
    partner = world.members["partner"]
    mandate = actions.give_mandate(
        by=world.actor(),
        member=partner,
        organisation=world.shelter,
        scope="facts",
        given_by="Executive director, letter of March 3",
    )
    framing = problems.propose_framing(
        by=world.actor("partner"),
        initiative=world.hennepin,
        title="Housing first",
        text="Rents outran wages",
        organisation=world.shelter,
    )
    address = world.address("problems:edit_framing", framing.pk)
    Member.objects.filter(pk=world.members["liaison"].pk).update(organisation=world.shelter)
    assert world.client("liaison").get(address).status_code == 403
    assert world.client("partner").get(address).status_code == 200
    actions.end_mandate(by=world.actor(), mandate=mandate)
    assert world.client("partner").get(address).status_code == 403
    assert world.client("convener").get(address).status_code == 200
