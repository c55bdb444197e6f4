"""What can happen to rows of the directory, and what may not."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from headway.accounts.events import directory_stream
from headway.accounts.models import Authority, Event, EventValue
from headway.accounts.models.authority import Visibility
from headway.core.errors import Refusals, RuleError
from headway.directory import actions
from headway.directory.actions import (
    AreaDetails,
    OrganisationDetails,
    PersonDetails,
    PostDetails,
    RoleDetails,
)
from headway.directory.models import (
    Area,
    Identifier,
    Membership,
    Organisation,
    Person,
    Source,
    SourceOn,
)
from headway_analysis.partial_date import parse
from tests.world import TODAY, World


@pytest.fixture
def by(world: World):
    return world.actor("registrar")


@pytest.fixture
def elsewhere(world: World) -> Authority:
    return Authority.objects.create(name="Ramsey County", host_name="ramsey.example")


def revise(by, organisation: Organisation, **changes: object) -> Organisation:
    details = replace(OrganisationDetails.of(organisation), **changes)  # type: ignore[arg-type]
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
    counted = Organisation.objects.with_canonical_id().get(pk=twin.pk)
    assert counted.canonical_id == world.shelter.pk
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


# People, seats and roles -------------------------------------------------------------------------


def test_two_people_share_a_name_but_never_an_address(somebody):
    assert somebody("Ann Lee", "ann@example.org") != somebody("Ann Lee")
    with pytest.raises(RuleError, match="this e-mail address already"):
        somebody("Ann", "ANN@example.org")


def test_addresses_stay_with_the_people_who_run_the_installation(world: World, by, somebody):
    ann = somebody("Ann", "ann@example.org")
    bob = somebody("Bob")
    told = EventValue.objects.filter(field="email", event__subject_id=ann.pk)
    assert [value.visibility for value in told] == [Visibility.OFFICE]
    assert Event.objects.get(subject_id=bob.pk).visibility == Visibility.MEMBERS
    actions.revise_person(by=by, person=ann, details=PersonDetails("Ann", "new@example.org"))
    newest = Event.objects.get(subject_id=ann.pk, verb="person_revised")
    assert newest.visibility == Visibility.OFFICE


def test_one_person_in_two_organisations_with_one_ended_role(world: World, by, somebody):
    ann = somebody("Ann")
    first = actions.add_membership(
        by=by,
        person=ann,
        organisation=world.office,
        details=RoleDetails("director", starts=parse("2006")),
    )
    actions.add_membership(
        by=by, person=ann, organisation=world.shelter, details=RoleDetails("trustee")
    )
    actions.end_membership(by=by, membership=first, ends=parse("autumn 2016"))
    rows = Membership.objects.live().filter(person=ann)
    assert [row.role for row in rows.current(TODAY)] == ["trustee"]
    assert [row.role for row in rows.ended(TODAY)] == ["director"]
    assert rows.ended(TODAY).get().ends.as_said == "autumn 2016"


def test_a_role_is_open_once_and_may_be_held_again_after_its_end(world: World, by, somebody):
    ann = somebody("Ann")

    def begin(**details: object) -> Membership:
        return actions.add_membership(
            by=by, person=ann, organisation=world.office, details=RoleDetails("chair", **details)
        )

    first = begin(starts=parse("2006"))
    with pytest.raises(RuleError, match="End it first"):
        begin()
    with pytest.raises(RuleError, match="not before the start"):
        actions.end_membership(by=by, membership=first, ends=parse("2005"))
    actions.end_membership(by=by, membership=first, ends=parse("2008"))
    assert begin(starts=parse("2010")).pk != first.pk


def test_a_seat_belongs_to_its_organisation_even_after_a_merge(world: World, by, add, somebody):
    seat = actions.add_post(by=by, organisation=world.office, details=PostDetails("Ward 3"))
    with pytest.raises(RuleError, match="seat of this organization"):
        actions.add_membership(
            by=by,
            person=somebody("Ann"),
            organisation=world.shelter,
            details=RoleDetails(post=seat),
        )
    twin = add("Old Office")
    old = actions.add_post(by=by, organisation=twin, details=PostDetails("Director"))
    actions.merge_organisation(by=by, organisation=twin, into=world.office)
    row = actions.add_membership(
        by=by, person=somebody("Bob"), organisation=world.office, details=RoleDetails(post=old)
    )
    assert row.post == old
    with pytest.raises(RuleError, match="Withdraw those roles first"):
        actions.withdraw_post(by=by, post=old, because="x")


def test_a_seat_has_one_label_in_its_organisation_and_is_not_its_own_deputy(world: World, by):
    chair = actions.add_post(by=by, organisation=world.office, details=PostDetails("Chair"))
    deputy = actions.add_post(
        by=by, organisation=world.office, details=PostDetails("Vice chair", deputy_to=chair)
    )
    assert deputy.deputy_to == chair
    with pytest.raises(RuleError, match="a seat of this name already"):
        actions.add_post(by=by, organisation=world.office, details=PostDetails("Chair"))
    with pytest.raises(RuleError):
        actions.revise_post(by=by, post=chair, details=PostDetails("Chair", deputy_to=chair))


def test_a_role_recorded_wrongly_is_withdrawn_with_a_reason(world: World, by, somebody):
    row = actions.add_membership(
        by=by, person=somebody("Ann"), organisation=world.office, details=RoleDetails("chair")
    )
    with pytest.raises(RuleError, match="Say why"):
        actions.withdraw_membership(by=by, membership=row, because=" ")
    actions.withdraw_membership(by=by, membership=row, because="wrong Ann")
    with pytest.raises(RuleError, match="withdrawn"):
        actions.end_membership(by=by, membership=row, ends=parse("2008"))
    assert Person.objects.live().filter(name="Ann").exists()


def test_a_role_keeps_the_source_that_reported_it(world: World, by, somebody):
    source = actions.record_source(
        by=by,
        authority=world.authority,
        title="Board minutes",
        url="https://example.org/m",
        published=parse("2006-12"),
    )
    row = actions.add_membership(
        by=by,
        person=somebody("Ann"),
        organisation=world.office,
        details=RoleDetails("chair"),
        source=source,
    )
    assert row.reported == source
    assert SourceOn.objects.about([row.pk]).get().source.published.as_said == "2006-12"


# Areas and sources -------------------------------------------------------------------------------


def test_areas_are_once_in_their_parent_and_never_inside_themselves(world: World, by):
    def area(name: str, kind: str, parent: Area | None = None, code: str = "") -> Area:
        return actions.add_area(
            by=by, authority=world.authority, details=AreaDetails(name, kind, code, parent)
        )

    state, other = area("Minnesota", "state"), area("Wisconsin", "state")
    county = area("Washington County", "county", state, "27163")
    area("Washington County", "county", other)
    with pytest.raises(RuleError, match="in the directory already"):
        area("washington county", "county", state)
    with pytest.raises(RuleError, match="identifier already"):
        area("Another", "county", state, "27163")
    with pytest.raises(RuleError, match="not inside this one"):
        actions.revise_area(
            by=by, area=state, details=AreaDetails("Minnesota", "state", "", county)
        )
    with pytest.raises(RuleError, match="Move those first"):
        actions.withdraw_area(by=by, area=state, because="x")


def test_a_source_needs_a_title_and_an_address_that_opens(world: World, by, elsewhere):
    with pytest.raises(Refusals):
        actions.record_source(by=by, authority=world.authority, title=" ", url="javascript:1")
    strange = actions.record_source(by=by, authority=elsewhere, title="Theirs")
    with pytest.raises(RuleError, match="of this directory"):
        actions.attach_source(by=by, source=strange, subject=world.office)


def test_every_deed_has_one_position_and_none_is_missing(world: World, by, add, somebody):
    add("One", identifiers=(("ein", "1"),), sector="health")
    ann = somebody("Ann")
    actions.withdraw_person(by=by, person=ann, because="asked")
    actions.restore_person(by=by, person=ann)
    found = positions(world.authority)
    assert found == list(range(1, len(found) + 1))


def test_each_authority_has_a_directory_of_its_own(world: World, by, elsewhere):
    same = OrganisationDetails("St. Stephen's", identifiers=(("ein", "1"),))
    revise(by, world.shelter, identifiers=(("ein", "1"),))
    twin = actions.add_organisation(by=by, authority=elsewhere, details=same)
    assert Organisation.objects.in_authority(elsewhere).get() == twin
    assert actions.find_organisation(elsewhere, same) == twin
    assert positions(elsewhere) == [1]
