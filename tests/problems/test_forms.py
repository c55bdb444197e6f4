"""What people type: saved, refused with words that help, and never lost."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse

from headway.core.errors import RuleError
from headway.problems import actions
from headway.problems.models import (
    AffectedGroup,
    Baseline,
    Citation,
    Effort,
    Facet,
    FacetHolder,
    Fact,
    Framing,
    Problem,
    VisionLine,
)
from tests.problems.conftest import CLAIM, Told
from tests.world import World, a_happening

WHOLE = {
    "state_problem": {"title": "Homelessness", "statement": "People have no home."},
    "add_group": {"name": "Families", "how_many": "1500"},
    "add_baseline": {"measure": "People", "value": "2400", "unit": "people", "when": "2006"},
    "add_framing": {"title": "A housing problem", "text": "Rents outran wages."},
    "add_fact": {"claim": "Half of the guests are children."},
    "add_facet": {"name": "Leaving hospital", "description": "At night."},
    "add_vision_line": {"text": "Nobody sleeps outside.", "scope": "in"},
    "add_effort": {"title": "Project Homeless Connect", "what": "One day, all services."},
}
TEXT = {
    "state_problem": "statement",
    "add_group": "name",
    "add_baseline": "note",
    "add_framing": "text",
    "add_fact": "claim",
    "add_facet": "description",
    "add_vision_line": "text",
    "add_effort": "what",
}
SCRIPT = "<script>alert(1)</script><b>bold</b>"


def send(world: World, name: str, said: dict[str, object], *args: object) -> HttpResponse:
    answer: HttpResponse = world.client("partner").post(
        world.address(f"problems:{name}", *args), said
    )
    return answer


KEPT = (Problem, AffectedGroup, Baseline, Framing, Fact, Facet, VisionLine, Effort)


def test_a_partner_adds_anything(world: World) -> None:
    for name, said in WHOLE.items():
        assert send(world, name, said).status_code == 302, name
    assert [model.objects.count() for model in KEPT] == [1] * len(KEPT)


def test_an_empty_form_says_what_to_fill_in(world: World) -> None:
    for name in WHOLE:
        answer = send(world, name, {"sources": ""})
        assert answer.status_code == 422, name
        assert 'class="summary' in answer.content.decode(), name


@pytest.mark.parametrize(
    ("typed", "words"),
    [("before\x00after", "invisible NUL character"), ("x" * 1_000_000, "Shorten this to")],
    ids=["nul", "megabyte"],
)
def test_what_cannot_be_stored_is_refused_and_nothing_typed_is_lost(
    world: World, typed: str, words: str
) -> None:
    for name, said in WHOLE.items():
        answer = send(world, name, said | {TEXT[name]: typed})
        page = answer.content.decode()
        assert answer.status_code == 422, name
        assert words in page, name
        assert all(value in page for key, value in said.items() if key != TEXT[name]), name
    assert not any(model.objects.exists() for model in KEPT)


def test_half_an_emoji_is_refused_by_every_action_alike(world: World) -> None:
    common = {"by": world.actor(), "initiative": world.hennepin}
    broken = "before\ud800after"
    for act in (
        lambda: actions.state_problem(**common, title="Problem", statement=broken),
        lambda: actions.add_affected_group(**common, name=broken),
        lambda: actions.propose_framing(**common, title="A view", text=broken),
        lambda: actions.add_fact(**common, claim=broken),
        lambda: actions.add_facet(**common, name="Part", description=broken),
        lambda: actions.add_vision_line(**common, text=broken),
        lambda: actions.record_effort(**common, title="Vans", what=broken),
    ):
        with pytest.raises(RuleError, match="broken character"), transaction.atomic():
            act()


def test_markup_is_kept_as_text_and_never_runs(world: World) -> None:
    for name, said in WHOLE.items():
        answer = world.client("partner").post(
            world.address(f"problems:{name}"), said | {TEXT[name]: SCRIPT}, follow=True
        )
        assert answer.status_code == 200, name
        assert "<script>alert(1)" not in answer.content.decode(), name


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"how_many": "-1"}, "0 or more"),
    ({"how_many": "99999999999"}, "up to 2,147,483,647"),
    ({"how_many": "many"}, "Enter a whole number"),
    ({"when": "someday"}, "Enter the date like"),
    ({"sources": "Plan https://[bad"}, "whole web addresses"),
    ({"sources": "x" * 600}, "Shorten each line"),
    ({"sources": "\n".join(f"Report {number}" for number in range(60))}, "at most 50"),
)


def test_a_group_says_what_is_wrong_with_a_number_date_or_source(world: World) -> None:
    for said, words in WRONG:
        answer = send(world, "add_group", WHOLE["add_group"] | said)
        assert answer.status_code == 422, words
        assert words in answer.content.decode()
        assert "Families" in answer.content.decode()
    assert not AffectedGroup.objects.exists()


def test_a_starting_point_out_of_range_is_refused_at_its_field(world: World) -> None:
    for value in ("1e30", "NaN", "12.123456", "", "abc", "9" * 17):
        answer = send(world, "add_baseline", WHOLE["add_baseline"] | {"value": value})
        assert answer.status_code == 422, value
        assert "field-refused" in answer.content.decode()


def test_sources_are_named_while_adding(world: World) -> None:
    lines = "Ten-Year Plan https://example.org/plan\nA letter of March 3"
    send(world, "state_problem", WHOLE["state_problem"] | {"sources": lines})
    assert {each.source.title for each in Citation.objects.all()} == {
        "Ten-Year Plan",
        "A letter of March 3",
    }


ALMOST = (
    ("add_effort", "title", "Van street outreach"),
    ("add_framing", "title", "A housing problem"),
    ("add_fact", "claim", "About 400 people sleep outside each night"),
)


def test_a_near_duplicate_is_asked_about_and_nothing_is_lost(world: World, told: Told) -> None:
    for name, field, typed in ALMOST:
        said = WHOLE[name] | {field: typed, "sources": "A letter"}
        answer = send(world, name, said)
        page = answer.content.decode()
        assert answer.status_code == 422, name
        assert "Is this the same as" in page
        assert typed in page
        assert "A letter" in page
        assert send(world, name, said | {"another": "1"}).status_code == 302, name


def test_the_match_is_shown_while_typing(world: World, told: Told) -> None:
    browser = world.client("partner")
    form = browser.get(world.address("problems:add_effort")).content.decode()
    address = world.address("problems:similar", "effort")
    assert f'hx-get="{address}"' in form
    part = browser.get(address, {"title": "street outreach vans"}).content.decode()
    assert "Street outreach by van" in part
    assert "<html" not in part
    assert "Is this" not in browser.get(address, {"title": "Rent help"}).content.decode()
    assert "Is this" not in browser.get(address, {"title": "\x00"}).content.decode()
    assert browser.get(world.address("problems:similar", "problem")).status_code == 404


def test_two_who_write_at_once_see_both_wordings(world: World, told: Told) -> None:
    address = world.address("problems:edit_statement", told.problem.pk)
    first = {"title": "Homelessness", "statement": "First words.", "evidence": ""}
    first["seen"] = str(told.problem.record.revision)
    assert world.client("convener").post(address, first).status_code == 302
    mine = first | {"statement": "My own words."}
    answer = world.client("partner").post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this while you wrote" in page
    assert "First words." in page
    assert "My own words." in page
    told.problem.refresh_from_db()
    assert told.problem.statement == "First words."
    seen = answer.context["form"].data["seen"]
    assert world.client("partner").post(address, mine | {"seen": seen}).status_code == 302
    told.problem.refresh_from_db()
    assert told.problem.statement == "My own words."


EDITS = {
    "edit_statement": ("problem", WHOLE["state_problem"]),
    "edit_group": ("group", WHOLE["add_group"]),
    "edit_baseline": ("baseline", WHOLE["add_baseline"]),
    "edit_framing": ("housing", WHOLE["add_framing"]),
    "edit_fact": ("fact", WHOLE["add_fact"]),
    "edit_facet": ("facet", WHOLE["add_facet"]),
    "edit_vision_line": ("line", WHOLE["add_vision_line"]),
    "edit_effort": ("effort", WHOLE["add_effort"]),
}


def test_everything_can_be_reworded(world: World, told: Told) -> None:
    browser = world.client("partner")
    for name, (which, said) in EDITS.items():
        address = world.address(f"problems:{name}", getattr(told, which).pk)
        assert browser.get(address).status_code == 200, name
        answer = browser.post(address, said)
        assert answer.status_code == 302, name
        assert next(iter(said.values())) in world.client().get(answer["Location"]).content.decode()


def test_the_adoption_that_lacks_a_start_says_what_to_do(world: World) -> None:
    send(world, "add_framing", WHOLE["add_framing"])
    address = world.address("problems:adopt", Framing.objects.get().pk)
    answer = world.client("convener").post(address, {"because": "All agree"})
    assert answer.status_code == 422
    assert "Record who is affected first" in answer.content.decode()


def test_the_convener_adopts_and_sets_aside(world: World, told: Told) -> None:
    browser = world.client("convener")
    for name, state in (("adopt", "adopted"), ("set_aside", "set_aside")):
        browser.post(world.address(f"problems:{name}", told.housing.pk), {"because": "All agree"})
        told.housing.refresh_from_db()
        assert told.housing.state == state


def test_only_organisations_one_may_speak_for_are_offered(world: World, told: Told) -> None:
    said = WHOLE["add_framing"] | {"title": "Something else", "organisation": world.shelter.pk}
    answer = send(world, "add_framing", said)
    assert answer.status_code == 422
    assert "Choose one of the options listed" in answer.content.decode()


def test_what_opened_a_view_can_be_named(world: World) -> None:
    happening = a_happening(world, "Homeless people spoke first")
    said = WHOLE["add_framing"] | {"came_from": happening.pk}
    answer = send(world, "add_framing", said)
    page = world.client("observer").get(answer["Location"]).content.decode()
    assert "Homeless people spoke first" in page


def test_an_organisation_is_set_beside_a_part_in_several_kinds_at_once(
    world: World, told: Told
) -> None:
    said = {"organisation": world.office.pk, "kinds": ["authority", "resources"], "note": ""}
    assert send(world, "hold_facet", said, told.facet.pk).status_code == 302
    assert FacetHolder.objects.live().filter(organisation=world.office).count() == 2
    assert send(world, "hold_facet", {"organisation": uuid4()}, told.facet.pk).status_code == 422
    holder = FacetHolder.objects.live().filter(kind="authority").get()
    assert send(world, "release_facet", {"because": "Left"}, holder.pk).status_code == 302
    assert send(world, "release_facet", {"because": "Left"}, holder.pk).status_code == 404


def test_sources_come_and_go_with_a_reason(world: World, told: Told) -> None:
    said = {"title": "A letter", "url": "", "note": "page 2"}
    assert send(world, "cite", said, told.fact.record_id).status_code == 302
    assert send(world, "cite", {"title": "", "url": "no"}, told.fact.record_id).status_code == 422
    refused = send(world, "cite", {"title": "A", "url": "javascript:1"}, told.fact.record_id)
    assert refused.status_code == 422
    citation = Citation.objects.live().get(source__title="A letter")
    assert send(world, "withdraw_citation", {"because": "Old"}, citation.pk).status_code == 302
    assert not Citation.objects.live().filter(pk=citation.pk).exists()


def test_lines_are_moved_by_buttons_of_those_who_lead(world: World, told: Told) -> None:
    address = world.address("problems:move_vision_line", told.second_line.pk)
    assert world.client("partner").post(address, {"way": "up"}).status_code == 403
    assert world.client("convener").get(address).status_code == 405
    assert world.client("convener").post(address, {"way": "up"}).status_code == 302
    first = VisionLine.objects.in_initiative(world.hennepin).in_order().first()
    assert first == told.second_line


def test_an_effort_that_ended_says_when_and_why(world: World, told: Told) -> None:
    said = {"when": "2012", "because": "Funding ended"}
    assert send(world, "turn_effort", said, told.effort.pk).status_code == 302
    page = world.client("observer").get(world.address("problems:effort", told.effort.pk))
    assert "Funding ended" in page.content.decode()
    assert "2012" in page.content.decode()


def test_a_stance_takes_one_source_and_a_dispute_a_reason(world: World, told: Told) -> None:
    two = {"stance": "agree", "source": "One\nTwo"}
    assert "Name one source here" in send(world, "take_stance", two, told.fact.pk).content.decode()
    answer = send(world, "take_stance", {"stance": "dispute"}, told.fact.pk)
    assert answer.status_code == 422
    assert "Say what is wrong with it" in answer.content.decode()
    assert CLAIM in answer.content.decode()
