"""Bringing whole files in: looked over first, confirmed, written once."""

import json

from headway.accounts.events import directory_stream
from headway.accounts.models import Event
from headway.directory import actions
from headway.directory.actions import AreaDetails, RoleDetails
from headway.directory.formats import organisations_csv, people_csv, popolo_json
from headway.directory.models import (
    Area,
    Identifier,
    Membership,
    Organisation,
    Person,
    Post,
    SourceOn,
    Upload,
)
from headway.directory.queries import exports
from tests.world import World


def counts(upload: Upload) -> tuple[int, int, int, int]:
    found = upload.preview["counts"]
    return found["new"], found["changed"], found["same"], found["left_out"]


def deeds() -> int:
    """How many things were done to rows of the directory."""
    return Event.objects.exclude(subject_kind="upload").count()


def codes(upload: Upload) -> list[tuple[int, str, str]]:
    return [(row, column, code) for row, column, code, _value in upload.preview["problems"]]


LIST = """name,kind,sector,identifiers,other_names,parent,area,founded,website,source
St. Stephen's,organization,nonprofit,,Human Services,,,c. 1981,,
Simpson Housing,organization,nonprofit,ein:41-1|uei:X,,,Minneapolis,1982,simpson.org,P https://p.org
Drop-in Team,department,nonprofit,,,Simpson Housing,,,,
Outreach Desk,department,nonprofit,,,Drop-in Team,,,,
"""


def test_looking_over_changes_nothing_and_says_what_would_change(world: World, look):
    before = Organisation.objects.count(), Event.objects.filter(verb__startswith="org").count()
    upload = look(LIST)
    assert counts(upload) == (3, 1, 0, 0)
    assert codes(upload) == [(3, "area", "no_such_area")]
    assert upload.preview["first"][1] == [3, "Simpson Housing", "new"]
    after = Organisation.objects.count(), Event.objects.filter(verb__startswith="org").count()
    assert after == before


def test_a_confirmed_file_is_brought_in_and_again_changes_nothing(world: World, bring):
    done = bring(LIST)
    assert done.state == Upload.State.DONE
    simpson = Organisation.objects.get(name="Simpson Housing")
    team = Organisation.objects.get(name="Drop-in Team")
    assert team.parent == simpson
    assert Organisation.objects.get(name="Outreach Desk").parent == team
    assert simpson.website == "https://simpson.org"
    assert SourceOn.objects.about([simpson.pk]).get().source.url == "https://p.org"
    world.shelter.refresh_from_db()
    assert world.shelter.founded.as_said == "c. 1981"
    assert world.shelter.all_other_names == ("Human Services",)
    events = deeds()
    assert counts(bring(LIST)) == (0, 0, 4, 0)
    assert deeds() == events


def test_positions_stay_without_a_gap_over_an_import(world: World, bring):
    bring("name\n" + "".join(f"Organization {number}\n" for number in range(1_500)))
    stream = directory_stream(world.authority)
    found = list(stream_positions(stream))
    assert found == list(range(1, len(found) + 1))
    stream.refresh_from_db()
    assert stream.last_position == len(found)


def stream_positions(stream):
    return (
        Event.objects.filter(stream=stream).order_by("position").values_list("position", flat=True)
    )


def test_parents_may_come_after_their_parts(bring):
    bring("name,parent\nPart,Whole\nWhole,\n")
    assert Organisation.objects.get(name="Part").parent.name == "Whole"


def test_parents_in_a_later_batch_are_found_as_well(bring):
    rows = "".join(f"Part {number},Whole\n" for number in range(1_100))
    upload = bring(f"name,parent\n{rows}Whole,\n")
    assert codes(upload) == []
    assert Organisation.objects.filter(parent__name="Whole").count() == 1_100


def test_identifiers_match_before_names_and_a_differing_name_is_left_to_a_person(
    world: World, bring, add
):
    row = add("Simpson", identifiers=(("ein", "41-1"),))
    upload = bring("name,identifiers,website\nSimpson Housing Services,EIN:41-1,https://s.org\n")
    assert counts(upload) == (0, 1, 0, 0)
    assert codes(upload) == [(2, "name", "name_differs")]
    row.refresh_from_db()
    assert (row.name, row.website) == ("Simpson", "https://s.org")


def test_rows_that_cannot_be_told_apart_are_left_out_with_their_reason(world: World, look, add):
    one, two = add("One", identifiers=(("ein", "1"),)), add("Two", identifiers=(("uei", "2"),))
    gone = add("Gone")
    by = world.actor("registrar")
    actions.withdraw_organisation(by=by, organisation=gone, because="closed")
    upload = look("name,identifiers\nBoth,ein:1|uei:2\nGone,\nNew,lei:3\nNewer,lei:3\n" + "New,\n")
    assert counts(upload) == (1, 0, 0, 4)
    assert sorted(codes(upload)) == [
        (2, "identifiers", "identifiers_of_two"),
        (3, "name", "withdrawn"),
        (5, "name", "duplicate"),
        (6, "name", "duplicate"),
    ]
    assert one != two


def test_a_merged_name_counts_as_what_it_was_merged_into(world: World, bring, add):
    twin = add("Saint Stephen's")
    actions.merge_organisation(by=world.actor("registrar"), organisation=twin, into=world.shelter)
    upload = bring("name,website\nSaint Stephen's,https://ststephens.org\n")
    assert codes(upload) == []
    world.shelter.refresh_from_db()
    assert world.shelter.website == "https://ststephens.org"


PEOPLE = """name,email,organization,post,role,starts,ends,source
Lisa Thornquist,lisa@example.org,Office to End Homelessness,Director,,2016,,
Lisa Thornquist,lisa@example.org,St. Stephen's,,trustee,2006,2010,Annual report
Ann Lee,,Nowhere House,,member,,,
Bob Ray,,,,,,,
"""


def test_people_come_in_with_seats_and_roles_and_again_change_nothing(world: World, bring):
    upload = bring(PEOPLE, "people_csv")
    assert counts(upload) == (4, 0, 0, 0)
    assert codes(upload) == [(4, "organization", "no_such_organisation")]
    lisa = Person.objects.get(email="lisa@example.org")
    roles = Membership.objects.filter(person=lisa).order_by("starts_from")
    assert [(row.role, row.post.label if row.post else "") for row in roles] == [
        ("trustee", ""),
        ("", "Director"),
    ]
    assert roles[0].reported.title == "Annual report"
    events = deeds()
    assert counts(bring(PEOPLE, "people_csv")) == (0, 0, 4, 0)
    assert deeds() == events


def test_the_end_of_a_role_comes_in_later(world: World, bring):
    head = "name,organization,role,starts,ends\n"
    bring(head + "Ann Lee,St. Stephen's,chair,2006,\n", "people_csv")
    upload = bring(head + "Ann Lee,St. Stephen's,chair,2006,2010\n", "people_csv")
    assert counts(upload) == (0, 1, 0, 0)
    assert Membership.objects.get().ends.as_said == "2010"
    assert Event.objects.filter(verb="membership_ended").count() == 1


def test_people_of_one_name_are_told_apart_by_address_or_organisation(
    world: World, bring, somebody
):
    by = world.actor("registrar")
    first = somebody("Ann Lee", "first@example.org")
    somebody("Ann Lee", "second@example.org")
    actions.add_membership(
        by=by, person=first, organisation=world.office, details=RoleDetails("chair")
    )
    head = "name,email,organization,role\n"
    upload = bring(
        head + "Ann Lee,,Office to End Homelessness,chair\n" + "Ann Lee,,St. Stephen's,trustee\n",
        "people_csv",
    )
    assert counts(upload)[2] == 1
    assert codes(upload) == [(3, "name", "several_people")]
    assert Person.objects.filter(name="Ann Lee").count() == 2


def test_a_popolo_file_of_the_whole_directory_comes_back_unchanged(world: World, bring, somebody):
    by = world.actor("registrar")
    area = actions.add_area(
        by=by, authority=world.authority, details=AreaDetails("Hennepin County")
    )
    bring(LIST.replace("Minneapolis", "Hennepin County"))
    bring(PEOPLE, "people_csv")
    text = "".join(
        popolo_json.write_parts(
            exports.area_records(world.authority),
            exports.organisation_records(world.authority),
            tuple(exports.post_records(world.authority)),
            tuple(exports.person_records(world.authority, with_emails=True)),
        )
    )
    assert area.name in text
    upload = bring(text, "popolo_json")
    assert codes(upload) == []
    assert counts(upload)[0] == counts(upload)[1] == counts(upload)[3] == 0


def test_a_popolo_file_fills_an_empty_directory(world: World, bring):
    text = json.dumps(
        {
            "areas": [
                {"id": "mpls", "name": "Minneapolis", "classification": "city", "parent_id": "h"},
                {"id": "h", "name": "Hennepin", "classification": "county"},
            ],
            "organizations": [
                {
                    "id": "c",
                    "name": "City Council",
                    "classification": "council",
                    "area_id": "mpls",
                    "parent_id": "city",
                },
                {
                    "id": "city",
                    "name": "City of Minneapolis",
                    "sector": "government",
                    "identifiers": [{"scheme": "FIPS", "identifier": "43000"}],
                },
            ],
            "posts": [{"id": "w3", "label": "Ward 3", "organization_id": "c"}],
            "persons": [{"id": "p", "name": "Steve Fletcher", "email": "steve@example.org"}],
            "memberships": [
                {
                    "person_id": "p",
                    "organization_id": "c",
                    "post_id": "w3",
                    "start_date": "2018-01",
                    "end_date": "2022-01-02",
                },
            ],
        }
    )
    upload = bring(text, "popolo_json")
    assert codes(upload) == []
    council = Organisation.objects.get(name="City Council")
    assert council.classification == "arena"
    assert council.parent.name == "City of Minneapolis"
    assert council.area.parent.name == "Hennepin"
    role = Membership.objects.get()
    assert (role.post, role.person.name) == (Post.objects.get(), "Steve Fletcher")
    assert role.ends.as_said == "2022-01-02"
    again = bring(text, "popolo_json")
    assert counts(again)[0] == counts(again)[1] == 0
    assert Area.objects.count() == 2


def test_csv_exports_come_back_unchanged(world: World, bring):
    bring(LIST)
    bring(PEOPLE, "people_csv")
    organisations = "".join(organisations_csv.write(exports.organisation_records(world.authority)))
    people = "".join(people_csv.write(exports.person_records(world.authority, with_emails=True)))
    for text, kind in ((organisations, "organisations_csv"), (people, "people_csv")):
        upload = bring(text, kind)
        assert counts(upload)[:2] == (0, 0), kind
        assert codes(upload) == []


def test_identifiers_of_an_import_are_not_given_twice(world: World, bring):
    bring("name,identifiers\nOne,ein:1\n")
    bring("name,identifiers\nOne,ein:1|ein:2\n")
    assert Identifier.objects.live().count() == 2
