"""What can happen to rows of the directory, and what may not."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from headway.accounts.events import directory_stream
from headway.accounts.models import Authority, Event, EventValue
from headway.core.errors import Refusals, RuleError
from headway.directory import actions
from headway.directory.actions import (
    OrganisationDetails,
    PersonDetails,
    RoleDetails,
)
from headway.directory.models import (
    Identifier,
    Organisation,
    Source,
    SourceOn,
)
from headway_analysis.partial_date import parse
from tests.world import World


@pytest.fixture
def by(world: World):
    return world.actor("registrar")


@pytest.fixture
def elsewhere(world: World) -> Authority:
    return Authority.objects.create(name="Ramsey County", host_name="ramsey.example")


def revise(by, organisation: Organisation, **changes: object) -> Organisation:
    details = replace(OrganisationDetails.of(organisation), **changes)
    return actions.revise_organisation(by=by, organisation=organisation, details=details)


def positions(authority: Authority) -> list[int]:
    events = Event.objects.filter(stream=directory_stream(authority)).order_by("position")
    return list(events.values_list("position", flat=True))


# Organisations -----------------------------------------------------------------------------------


def test_a_second_organisation_of_the_same_name_and_kind_is_refused(world: World, add):
    with pytest.raises(RuleError, match="in the directory already") as refusal:
        add("  OFFICE to End   Homelessness ")
    assert refusal.value.field == "name"
    assert add("Office to End Homelessness", classification="body").pk


def test_the_database_refuses_a_second_one_too(world: World, add):
    row = add("One")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            authority=world.authority,
            name="ONE",
            name_key="one",
            search_text="one",
            recorded_at=row.recorded_at,
        )


def test_everything_wrong_is_said_at_once(world: World, by, elsewhere):
    stranger = actions.add_organisation(
        by=by, authority=elsewhere, details=OrganisationDetails("Stranger")
    )
    details = OrganisationDetails(
        name=" ",
        classification="castle",
        sector="aliens",
        website="javascript:alert(1)",
        founded=parse("2010"),
        dissolved=parse("2009"),
        parent=stranger,
        identifiers=(("", "1"),),
    )
    with pytest.raises(Refusals) as refusals:
        actions.add_organisation(by=by, authority=world.authority, details=details)
    assert set(refusals.value.by_field) == {
        "name",
        "classification",
        "sector",
        "website",
        "dissolved",
        "parent",
        "identifiers",
    }


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b", "x" * 6_000])
@pytest.mark.parametrize("field", ["name", "description", "website", "other_names"])
def test_what_one_engine_could_not_keep_is_refused_on_both(add, field: str, bad: str):
    value: object = (bad,) if field == "other_names" else bad
    with pytest.raises(RuleError):
        add(**{"name": "Fine", field: value})
    assert not Organisation.objects.filter(name="Fine").exists()


def test_an_identifier_belongs_to_one_organisation(world: World, by, add):
    add("First", identifiers=(("EIN", "41-1"),))
    with pytest.raises(RuleError, match="First has this identifier already"):
        add("Second", identifiers=(("ein", "41-1"),))
    assert Identifier.objects.get().scheme == "ein"


def test_only_what_differs_is_written_and_told(world: World, by):
    before = len(positions(world.authority))
    revise(by, world.shelter)
    assert len(positions(world.authority)) == before
    revise(by, world.shelter, sector="faith", founded=parse("c. 1981"))
    event = Event.objects.get(verb="organisation_revised")
    told = {value.field: (value.old, value.new) for value in event.values.all()}
    assert told["sector"] == ("nonprofit", "faith")
    assert told["founded"] == ("", "c. 1981")
    assert set(event.field_names) == {"sector", "founded"}


def test_an_organisation_cannot_lie_inside_itself(world: World, by, add):
    unit = add("Unit", parent=world.office)
    desk = add("Desk", parent=unit)
    with pytest.raises(RuleError, match="not part of this one"):
        revise(by, world.office, parent=desk)
    with pytest.raises(RuleError, match="not part of this one"):
        revise(by, world.office, parent=world.office)


def test_a_withdrawn_organisation_is_restored_with_its_free_identifiers(world: World, by, add):
    row = add("Gone", identifiers=(("ein", "1"), ("uei", "2")))
    actions.withdraw_organisation(by=by, organisation=row, because="closed")
    add("Heir", identifiers=(("ein", "1"),))
    with pytest.raises(RuleError, match="Restore it first"):
        revise(by, row, sector="faith")
    actions.restore_organisation(by=by, organisation=row)
    live = Identifier.objects.live().filter(organisation=row)
    assert [str(one) for one in live] == ["uei:2"]


def test_a_name_taken_meanwhile_stops_a_restoration(world: World, by, add):
    row = add("Twice")
    actions.withdraw_organisation(by=by, organisation=row, because="mistake")
    add("Twice")
    with pytest.raises(RuleError, match="already"):
        actions.restore_organisation(by=by, organisation=row)


def test_finding_or_adding_twice_gives_one_with_its_sources(world: World, by):
    details = OrganisationDetails("Bridge for Youth", sector="nonprofit")
    sources = [
        actions.record_source(by=by, authority=world.authority, title=title)
        for title in ("The plan", "The report", "The plan")
    ]
    found = {
        actions.find_or_add_organisation(
            by=by, authority=world.authority, details=details, source=source
        ).pk
        for source in sources
    }
    assert len(found) == 1
    assert Source.objects.count() == 2
    assert SourceOn.objects.about(found).count() == 2


def test_finding_answers_what_a_merged_one_counts_as_and_leaves_withdrawn_ones(
    world: World, by, add
):
    twin = add("Saint Stephen's")
    actions.merge_organisation(by=by, organisation=twin, into=world.shelter)
    gone = add("Gone")
    actions.withdraw_organisation(by=by, organisation=gone, because="closed")

    def find(name: str) -> Organisation:
        return actions.find_or_add_organisation(
            by=by, authority=world.authority, details=OrganisationDetails(name)
        )

    assert find("SAINT STEPHEN'S") == world.shelter
    assert find("Gone") == gone
    assert not find("Gone").live


# Merging -----------------------------------------------------------------------------------------


def test_merging_points_nothing_anew_and_unmerging_clears_it(world: World, by, add, somebody):
    twin = add("Saint Stephen's")
    role = actions.add_membership(
        by=by, person=somebody("Ann"), organisation=twin, details=RoleDetails("chair")
    )
    actions.merge_organisation(by=by, organisation=twin, into=world.shelter, because="same house")
    role.refresh_from_db()
    twin.refresh_from_db()
    assert role.organisation == twin
    assert twin.canonical == world.shelter
    assert twin not in Organisation.objects.in_authority(world.authority).canonical()
    actions.unmerge_organisation(by=by, organisation=twin)
    twin.refresh_from_db()
    assert twin.canonical == twin


def test_merges_stay_flat(world: World, by, add):
    first, second, third = add("A"), add("B"), add("C")
    actions.merge_organisation(by=by, organisation=first, into=second)
    actions.merge_organisation(by=by, organisation=second, into=third)
    first.refresh_from_db()
    assert first.merged_into == third
    fourth = add("D")
    actions.merge_organisation(by=by, organisation=fourth, into=first)
    fourth.refresh_from_db()
    assert fourth.merged_into == third
    told = EventValue.objects.get(event__subject_id=second.pk, field="merged_with_it")
    assert told.new == "A"


def test_what_may_not_be_merged(world: World, by, add, elsewhere):
    stranger = actions.add_organisation(
        by=by, authority=elsewhere, details=OrganisationDetails("Stranger")
    )
    twin, gone = add("Twin"), add("Gone")
    actions.merge_organisation(by=by, organisation=twin, into=world.shelter)
    actions.withdraw_organisation(by=by, organisation=gone, because="closed")
    for left, right, words in (
        (world.shelter, world.shelter, "count as one already"),
        (world.shelter, twin, "count as one already"),
        (twin, world.office, "merged already"),
        (world.shelter, stranger, "from this directory"),
        (world.shelter, gone, "not been withdrawn"),
    ):
        with pytest.raises(RuleError, match=words):
            actions.merge_organisation(by=by, organisation=left, into=right)
    with pytest.raises(RuleError, match="Undo those merges"):
        actions.withdraw_organisation(by=by, organisation=world.shelter, because="x")


def test_a_name_taken_meanwhile_stops_an_unmerge(world: World, by, add):
    twin = add("Twin")
    actions.merge_organisation(by=by, organisation=twin, into=world.shelter)
    add("Twin")
    with pytest.raises(RuleError, match="already"):
        actions.unmerge_organisation(by=by, organisation=twin)


def test_the_database_refuses_a_row_merged_into_itself(world: World):
    rows = Organisation.objects.filter(pk=world.shelter.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(merged_into=world.shelter.pk)


def test_people_merge_and_unmerge_alike(world: World, by, somebody):
    ann, other = somebody("Ann", "ann@example.org"), somebody("Anne", "anne@example.org")
    actions.merge_person(by=by, person=other, into=ann)
    other.refresh_from_db()
    assert other.canonical == ann
    actions.add_person(
        by=by, authority=world.authority, details=PersonDetails("Anna", "anne@example.org")
    )
    with pytest.raises(RuleError, match="e-mail address"):
        actions.unmerge_person(by=by, person=other)
