"""What can happen to people, seats, roles, areas and sources, and what may not."""

from dataclasses import replace

import pytest

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
    Membership,
    Organisation,
    Person,
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
    details = replace(OrganisationDetails.of(organisation), **changes)
    return actions.revise_organisation(by=by, organisation=organisation, details=details)


def positions(authority: Authority) -> list[int]:
    events = Event.objects.filter(stream=directory_stream(authority)).order_by("position")
    return list(events.values_list("position", flat=True))


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
