"""The pages of the directory, by who looks at them."""

import html
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from headway.accounts.actor import Actor
from headway.accounts.models import Authority, Event
from headway.directory import actions
from headway.directory.actions import AreaDetails, PostDetails, RoleDetails
from headway.directory.models import Area, Membership, Organisation, Person, Source, SourceOn
from headway_analysis.partial_date import parse
from tests.world import World

SCRIPT = "<script>alert(1)</script>"


def page(client: Client, name: str, /, *args: object, **query: str) -> str:
    """The text of a page that opens."""
    response = client.get(reverse(f"directory:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return html.unescape(response.content.decode())


def post(client: Client, name: str, /, *args: object, **data: object):
    """Send a form."""
    return client.post(reverse(f"directory:{name}", args=args), data)


def organisation_data(**data: object) -> dict[str, object]:
    return {"name": "Simpson Housing", "classification": "organisation", **data}


@pytest.fixture
def registrar(world: World) -> Client:
    return world.client("registrar")


def test_the_list_shows_organisations_and_only_registrars_may_add(world: World, registrar: Client):
    shown = page(registrar, "organisations")
    assert "Office to End Homelessness" in shown
    assert "Add an organization" in shown
    assert "Add an organization" not in page(world.client("partner"), "organisations")


@pytest.mark.parametrize("words", ["st stephen's", "ST. STEPHEN", "stephen"])
def test_search_ignores_capitals(registrar: Client, words: str):
    shown = page(registrar, "organisations", q=words.replace("st ", "st. "))
    assert "St. Stephen's" in shown
    assert "Office to End Homelessness" not in shown


def test_search_ignores_accents_and_finds_other_names(registrar: Client, add):
    add("Centro Tyrone Guzmán", other_names=("La Escuelita",))
    assert "Guzmán" in page(registrar, "organisations", q="guzman")
    assert "Guzmán" in page(registrar, "organisations", q="ESCUELITA")


def test_the_list_filters_by_sector_and_kind_and_takes_nonsense_for_nothing(registrar: Client, add):
    add("Minneapolis City Council", classification="arena", sector="government")
    add("Somebody", sector="")
    council = page(registrar, "organisations", kind="arena")
    assert "City Council" in council
    assert "Stephen" not in council
    unsaid = page(registrar, "organisations", sector="not_recorded")
    assert "Somebody" in unsaid
    assert "Stephen" not in unsaid
    assert "Stephen" in page(registrar, "organisations", sector="nonsense", kind="nonsense", q="")


@pytest.mark.parametrize("name", ["organisations", "people", "areas"])
def test_lists_ask_the_same_number_of_questions_whatever_their_length(
    world: World, name: str, add, somebody, django_assert_max_num_queries
):
    for number in range(40):
        home = add(f"Organization {number}", parent=world.office)
        person = somebody(f"Person {number}")
        actions.add_membership(
            by=world.actor("registrar"), person=person, organisation=home, details=RoleDetails("x")
        )
        actions.add_area(
            by=world.actor("registrar"),
            authority=world.authority,
            details=AreaDetails(f"Area {number}"),
        )
    client = world.client("registrar")
    with django_assert_max_num_queries(12):
        page(client, name)


def test_a_new_organisation_stands_in_the_directory(registrar: Client):
    data = organisation_data(sector="nonprofit", website="https://simpsonhousing.org")
    response = post(registrar, "add_organisation", **data)
    assert response.status_code == 302
    assert "https://simpsonhousing.org" in page(registrar, "organisation", _last().pk)


def _last() -> Organisation:
    return Organisation.objects.order_by("-recorded_at", "-pk").get(name="Simpson Housing")


def test_a_similar_name_is_asked_about_once(registrar: Client):
    data = organisation_data(name="Office to end homelesness")
    response = post(registrar, "add_organisation", **data)
    assert response.status_code == 422
    assert "Office to End Homelessness" in response.content.decode()
    assert "Office to end homelesness" in response.content.decode()
    assert post(registrar, "add_organisation", is_another="on", **data).status_code == 302


def test_the_hint_while_typing_names_similar_organisations(world: World, registrar: Client):
    assert "St. Stephen's" in page(registrar, "similar", name="Saint Stephens")
    assert "<li>" not in page(registrar, "similar", name="")
    address = reverse("directory:similar")
    assert world.client("partner").get(address, {"name": "x"}).status_code == 403


def test_a_refused_form_keeps_what_was_typed(registrar: Client):
    data = organisation_data(website="javascript:alert(1)", founded="soon", description="Beds")
    response = post(registrar, "add_organisation", **data)
    text = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert "Enter the date like 2006-11-28" in text
    assert "javascript:alert(1)" in text
    assert "Beds" in text


def test_an_address_that_a_browser_would_run_is_refused(registrar: Client):
    response = post(
        registrar, "add_organisation", **organisation_data(website="javascript:alert(1)")
    )
    assert response.status_code == 422
    assert "Enter the whole web address" in response.content.decode()


@pytest.mark.parametrize("bad", ["\x00", "x" * 1_000_000])
@pytest.mark.parametrize("field", ["name", "other_names", "description", "identifiers", "founded"])
def test_what_cannot_be_stored_is_refused_by_its_field(registrar: Client, field: str, bad: object):
    response = post(registrar, "add_organisation", **organisation_data(**{field: bad}))
    assert response.status_code == 422
    assert not Organisation.objects.filter(name="Simpson Housing").exists()


def test_scripts_in_every_text_field_are_shown_as_text(world: World, registrar: Client):
    lines = {"other_names": SCRIPT, "description": SCRIPT, "identifiers": f"{SCRIPT}:{SCRIPT}"}
    data = organisation_data(name=SCRIPT, source=SCRIPT, is_another="on", **lines)
    assert post(registrar, "add_organisation", **data).status_code == 302
    row = Organisation.objects.get(name=SCRIPT)
    post(registrar, "add_role", row.pk, new_person=SCRIPT, role=SCRIPT, source=SCRIPT)
    post(registrar, "add_post", row.pk, label=SCRIPT, role=SCRIPT)
    post(registrar, "withdraw", row.pk, because=SCRIPT)
    person = Person.objects.get(name=SCRIPT)
    for address in (
        reverse("directory:organisation", args=[row.pk]),
        reverse("directory:person", args=[person.pk]),
        reverse("directory:organisations"),
        reverse("directory:people"),
        reverse("directory:merge", args=[world.shelter.pk]) + f"?into={row.pk}",
    ):
        text = registrar.get(address).content.decode()
        assert SCRIPT not in text, address


def test_an_edit_is_told_in_the_history_with_old_and_new_values(world: World, registrar: Client):
    data = organisation_data(name="St. Stephen's Human Services", sector="nonprofit")
    assert post(registrar, "edit", world.shelter.pk, **data).status_code == 302
    shown = page(registrar, "organisation", world.shelter.pk)
    assert "Organization changed" in shown
    assert "Human Services" in shown
    others = page(world.client("partner"), "organisation", world.shelter.pk)
    assert "Organization changed" in others
    assert "What changed" not in others
    assert "The registrar" not in others


def test_withdrawing_needs_a_reason_and_can_be_undone(world: World, registrar: Client):
    key = world.shelter.pk
    assert post(registrar, "withdraw", key).status_code == 422
    assert post(registrar, "withdraw", key, because="Entered twice").status_code == 302
    assert "Entered twice" in page(registrar, "organisation", key)
    assert "St. Stephen" not in page(registrar, "organisations")
    assert "St. Stephen" in page(registrar, "organisations", withdrawn="on")
    assert post(registrar, "restore", key).status_code == 302
    assert "St. Stephen" in page(registrar, "organisations")


def test_merging_shows_both_side_by_side_and_counts_one(world: World, registrar: Client, add):
    twin = add("Saint Stephen's", sector="faith")
    choose = page(registrar, "merge", twin.pk)
    assert f"?into={world.shelter.pk}" in choose
    both = page(registrar, "merge", twin.pk, into=str(world.shelter.pk))
    assert "Saint Stephen's" in both
    assert "Faith" in both
    address = reverse("directory:merge", args=[twin.pk]) + f"?into={world.shelter.pk}"
    assert registrar.post(address).status_code == 302
    assert "Saint Stephen's" in page(registrar, "organisation", world.shelter.pk)
    assert "Saint Stephen's" not in page(registrar, "organisations")
    assert "counts as" in page(registrar, "organisation", twin.pk)
    assert post(registrar, "unmerge", twin.pk).status_code == 302
    assert "Saint Stephen's" in page(registrar, "organisations")


def test_the_other_one_may_be_typed_by_name(world: World, registrar: Client):
    address = reverse("directory:merge", args=[world.shelter.pk])
    response = registrar.get(address, {"other": "office to end HOMELESSNESS"})
    assert response.status_code == 302
    assert response["Location"].endswith(f"?into={world.office.pk}")
    refused = registrar.get(address, {"other": "office to end homelesness"})
    assert refused.status_code == 422
    assert (
        f'<option value="{world.office.pk}">Office to End Homelessness ('
        in refused.content.decode()
    )


def test_a_person_in_two_organisations_shows_the_ended_role(world: World, registrar: Client):
    assert (
        post(
            registrar,
            "add_role",
            world.office.pk,
            new_person="Lisa Thornquist",
            role="director",
            starts="2006",
            source="Board minutes",
        ).status_code
        == 302
    )
    person = Person.objects.get(name="Lisa Thornquist")
    assert (
        post(
            registrar, "add_role_of_person", person.pk, organisation="St. Stephen's", role="trustee"
        ).status_code
        == 302
    )
    first = Membership.objects.get(organisation=world.office)
    assert post(registrar, "end_role", first.pk, ends="autumn 2016").status_code == 302
    shown = page(registrar, "person", person.pk)
    assert "autumn 2016" in shown
    assert "Ended" in shown
    assert "trustee" in shown
    assert "Board minutes" in page(registrar, "organisation", world.office.pk)


def test_a_role_cannot_end_before_it_began(world: World, registrar: Client):
    post(registrar, "add_role", world.office.pk, new_person="Ann", role="chair", starts="2010")
    row = Membership.objects.get()
    response = post(registrar, "end_role", row.pk, ends="2009")
    assert response.status_code == 422
    assert "not before the start" in response.content.decode()


def test_a_seat_stands_without_a_holder_and_names_who_sits_in_it(world: World, registrar: Client):
    post(registrar, "add_post", world.office.pk, label="Ward 3", role="commissioner")
    assert "Ward 3" in page(registrar, "organisation", world.office.pk)
    seat = actions.add_post(
        by=world.actor("registrar"),
        organisation=world.office,
        details=PostDetails("Chair", starts=parse("2006")),
    )
    assert (
        post(
            registrar, "add_role", world.office.pk, new_person="Gail Dorfman", post=str(seat.pk)
        ).status_code
        == 302
    )
    shown = page(registrar, "organisation", world.office.pk)
    assert "Gail Dorfman" in shown
    refused = post(registrar, "withdraw_post", seat.pk, because="wrong")
    assert refused.status_code == 422
    assert "Withdraw those roles first" in refused.content.decode()


def test_correcting_a_role_keeps_what_the_form_does_not_ask(world: World, registrar: Client, add):
    by = world.actor("registrar")
    twin = add("Old Office")
    seat = actions.add_post(by=by, organisation=twin, details=PostDetails("Director"))
    actions.merge_organisation(by=by, organisation=twin, into=world.office)
    post(registrar, "add_role", world.office.pk, new_person="Ann", post=str(seat.pk))
    row = Membership.objects.get()
    Membership.objects.update(label="Acting director")
    shown = post(registrar, "role", row.pk, post=str(seat.pk), role="lead", starts="2006")
    assert "Saved." in shown.content.decode()
    row.refresh_from_db()
    assert (row.post, row.label, row.role) == (seat, "Acting director", "lead")


def test_only_registrars_and_records_officers_see_email_addresses(world: World, somebody):
    ann = somebody("Ann Example", "ann@example.org")
    for role, seen in (("registrar", True), ("records_officer", True), ("partner", False)):
        client = world.client(role)
        assert ("ann@example.org" in page(client, "person", ann.pk)) is seen
        assert ("ann@example.org" in page(client, "people")) is seen
        csv = b"".join(client.get(reverse("directory:people_csv")).streaming_content).decode()
        json = b"".join(client.get(reverse("directory:popolo_json")).streaming_content).decode()
        assert ("ann@example.org" in csv) is seen
        assert ("ann@example.org" in json) is seen


def test_sources_are_one_click_away_and_can_be_taken_off(world: World, registrar: Client):
    post(
        registrar,
        "add_source",
        "organisation",
        world.office.pk,
        title="The plan",
        url="https://example.org/plan",
        published="2006-12",
        note="page 4",
    )
    shown = page(registrar, "organisation", world.office.pk)
    assert 'href="https://example.org/plan"' in shown
    assert "2006-12" in shown
    said = SourceOn.objects.get()
    assert post(registrar, "detach_source", said.pk, because="wrong one").status_code == 302
    assert "https://example.org/plan" not in page(
        world.client("partner"), "organisation", world.office.pk
    )
    assert Source.objects.count() == 1


def test_areas_hold_organisations_and_other_areas(world: World, registrar: Client):
    post(registrar, "add_area", name="Hennepin County", classification="county")
    post(registrar, "add_area", name="Minneapolis", classification="city", parent="hennepin county")
    data = organisation_data(name=world.office.name, area="Minneapolis")
    assert post(registrar, "edit", world.office.pk, **data).status_code == 302
    county, city = Area.objects.get(name="Hennepin County"), Area.objects.get(name="Minneapolis")
    assert "Minneapolis" in page(registrar, "area", county.pk)
    assert "Office to End Homelessness" in page(registrar, "area", city.pk)
    refused = post(registrar, "withdraw_area", city.pk, because="wrong")
    assert refused.status_code == 422
    circle = post(
        registrar,
        "edit_area",
        county.pk,
        name="Hennepin County",
        classification="county",
        parent="Minneapolis",
    )
    assert circle.status_code == 422


EDITING = ("add_organisation", "add_person", "add_area", "imports", "similar")


@pytest.mark.parametrize("name", EDITING)
@pytest.mark.parametrize("role", ["partner", "convener", "records_officer", "administrator"])
def test_only_registrars_edit(world: World, name: str, role: str):
    assert world.client(role).get(reverse(f"directory:{name}")).status_code == 403


def test_nobody_gets_in_without_signing_in(world: World):
    for name in ("organisations", "people", "areas", "imports", "organisations_csv"):
        response = world.client().get(reverse(f"directory:{name}"))
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_another_authority_is_a_world_apart(world: World, registrar: Client):
    elsewhere = Authority.objects.create(name="Ramsey County", host_name="ramsey.example")
    by = Actor(kind="worker", at=datetime(2026, 3, 27, tzinfo=UTC))
    other = actions.add_organisation(
        by=by, authority=elsewhere, details=actions.OrganisationDetails("Ramsey Office")
    )
    person = actions.add_person(
        by=by, authority=elsewhere, details=actions.PersonDetails("Ramsey Person")
    )
    area = actions.add_area(by=by, authority=elsewhere, details=AreaDetails("Ramsey Area"))
    for name, key in (
        ("organisation", other.pk),
        ("person", person.pk),
        ("area", area.pk),
        ("edit", other.pk),
        ("merge", other.pk),
        ("edit_person", person.pk),
    ):
        assert registrar.get(reverse(f"directory:{name}", args=[key])).status_code == 404
    address = reverse("directory:merge", args=[world.office.pk]) + f"?into={other.pk}"
    assert registrar.post(address).status_code == 404
    assert "Ramsey" not in page(registrar, "organisations")
    assert "Ramsey" not in page(registrar, "people")
    export = b"".join(registrar.get(reverse("directory:popolo_json")).streaming_content).decode()
    assert "Ramsey" not in export


def test_every_change_appends_one_event(world: World, registrar: Client):
    before = Event.objects.count()
    post(registrar, "add_organisation", **organisation_data())
    assert Event.objects.count() == before + 1
    post(registrar, "edit", _last().pk, **organisation_data())
    assert Event.objects.count() == before + 1
