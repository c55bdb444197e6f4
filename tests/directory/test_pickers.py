"""Organisations, people and seats are found by the names that people type."""

import re

import pytest
from django.http import QueryDict

from headway.directory import actions
from headway.directory.actions import PostDetails
from headway.directory.forms.pickers import (
    DirectoryForm,
    OrganisationField,
    OrganisationsField,
    PersonField,
    PostField,
)
from headway.directory.models import Organisation
from tests.world import World


class Picking(DirectoryForm):
    """One field of each kind."""

    lead = OrganisationField(label="Lead", required=False)
    partners = OrganisationsField(label="Partners", required=False)
    person = PersonField(label="Person", required=False)
    post = PostField(label="Seat", required=False)


def sent(world: World, query: str = "", **kwargs: object) -> Picking:
    """The form as it was sent with a query."""
    return Picking(QueryDict(query), authority=world.authority, **kwargs)


def offered(form: Picking) -> list[str]:
    """What the choices beside unclear names say."""
    return re.findall(r"<option value=\"[^\"]+\">([^<]+)</option>", str(form))


def test_names_are_found_whatever_their_capitals(world: World) -> None:
    form = sent(world, "lead=st. STEPHEN's&partners=Office+to+End+Homelessness&partners=")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["lead"] == world.shelter
    assert form.cleaned_data["partners"] == [world.office]
    assert form.cleaned_data["person"] is None


def test_nothing_typed_is_none_or_nobody(world: World) -> None:
    form = sent(world, "lead=&partners=&partners=+")
    assert form.is_valid()
    assert (form.cleaned_data["lead"], form.cleaned_data["partners"]) == (None, [])
    form = sent(world)
    form.fields["partners"].required = True
    assert form.errors == {"partners": ["Enter a name from the directory."]}


def test_one_line_may_hold_several_names_and_each_counts_once(world: World) -> None:
    form = sent(world, "partners=St. Stephen's;+Office to End Homelessness;+st. stephen's")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["partners"] == [world.shelter, world.office]


def test_a_part_of_a_name_is_answered_with_choices_and_keeps_what_was_typed(world: World) -> None:
    refused = sent(world, "lead=Stephen&partners=Office to End Homelessness")
    assert refused.errors["lead"] == [
        "Nothing is called “Stephen”. Choose below what you mean, or correct the name."
    ]
    assert offered(refused) == ["St. Stephen&#x27;s (organization)"]
    assert 'value="Stephen"' in str(refused)
    assert 'value="Office to End Homelessness"' in str(refused)
    form = sent(world, f"lead=Stephen&lead-meant={world.shelter.pk}")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["lead"] == world.shelter


def test_several_of_one_name_are_told_apart_by_kind_and_place(world: World, add) -> None:
    first = add("Health", classification="department", parent=world.office)
    second = add("Health", classification="network")
    refused = sent(world, "partners=Health&partners=Health")
    assert len(refused.errors["partners"]) == 2
    assert "Several are called “Health”. Choose below which one" in refused.errors["partners"][0]
    assert sorted(set(offered(refused))) == [
        "Health (department or office of Office to End Homelessness)",
        "Health (network or coalition)",
    ]
    meant = f"&partners-meant={first.pk}&partners-meant={second.pk}"
    form = sent(world, f"partners=Health&partners=Health{meant}")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["partners"] == [first, second]


def test_what_was_chosen_before_stays_chosen(world: World, add) -> None:
    first = add("Health", classification="department")
    add("Health", classification="network")
    actions.withdraw_organisation(
        by=world.actor("registrar"), organisation=world.shelter, because="entered twice"
    )
    before = {"partners": [first, world.shelter]}
    shown = str(Picking(authority=world.authority, initial=before)["partners"])
    kept = re.findall(r'name="partners-kept" value="([^"]+)"', shown)
    assert kept == [str(first.pk), str(world.shelter.pk)]
    query = "".join(f"&partners-kept={key}" for key in kept)
    form = sent(world, f"partners=Health&partners=St. Stephen's{query}", initial=before)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["partners"] == [first, world.shelter]
    form = sent(world, "lead=St. Stephen's")
    assert not form.is_valid()


def test_other_names_and_merged_names_lead_to_the_one_that_counts(world: World, add) -> None:
    known = add("Catholic Charities", other_names=("CCTC",))
    actions.merge_organisation(
        by=world.actor("registrar"), organisation=world.shelter, into=known, because=""
    )
    form = sent(world, "lead=cctc&partners=St. Stephen's")
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["lead"], form.cleaned_data["partners"]) == (known, [known])


def test_only_rows_on_offer_are_found_and_suggested(world: World) -> None:
    narrowed = {"lead": Organisation.objects.filter(pk=world.office.pk)}
    form = sent(world, "lead=St. Stephen's", offered=narrowed)
    assert "Nothing in the directory is called “St. Stephen&#x27;s”" in str(form.errors["lead"])
    assert str(form["lead"]).count("<option") == 1
    assert str(form["partners"]).count("<option") == 2


def test_people_and_seats_are_found_too(world: World, somebody) -> None:
    ann = somebody("Ann Li")
    by = world.actor("registrar")
    first = actions.add_post(by=by, organisation=world.office, details=PostDetails(label="Chair"))
    actions.add_post(by=by, organisation=world.shelter, details=PostDetails(label="Chair"))
    form = sent(world, "person=ann li&post=Chair, Office to End Homelessness")
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["person"], form.cleaned_data["post"]) == (ann, first)
    refused = sent(world, "person=Ann&post=chair")
    assert offered(refused) == [
        "Ann Li (no role recorded)",
        "Chair, Office to End Homelessness",
        "Chair, St. Stephen&#x27;s",
    ]


@pytest.mark.parametrize("name", ["a\x00b", "x" * 300, "0" * 36, "; ;", "½\ud800", "A;" * 200])
def test_what_cannot_be_a_name_is_refused_in_words(world: World, name: str) -> None:
    data = QueryDict(mutable=True)
    data["lead"] = data["partners"] = name
    form = Picking(data, authority=world.authority)
    assert form.errors["lead"]


def test_an_id_from_another_authority_is_nobody(world: World) -> None:
    form = sent(world, "lead=00000000-0000-7000-8000-000000000000")
    assert "Correct the name" in form.errors["lead"][0]
