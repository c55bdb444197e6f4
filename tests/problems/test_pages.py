"""Every page about the problem, by who looks and what they read."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.accounts.models.authority import Visibility
from headway.problems import actions
from headway.problems.models import Fact
from tests.problems.conftest import CLAIM, Told, frame, start
from tests.world import World

LISTS = ("home", "framings", "facts", "facets", "vision", "efforts")
MOST_QUERIES, FRONT_PAGE_QUERIES = 12, 14


def record_pages(told: Told) -> dict[str, object]:
    """The page of one record of each kind."""
    return {
        "statement": told.problem.pk,
        "group": told.group.pk,
        "baseline": told.baseline.pk,
        "framing": told.housing.pk,
        "facet": told.facet.pk,
        "fact": told.fact.pk,
        "vision_line": told.line.pk,
        "effort": told.effort.pk,
    }


def read(world: World, role: str, name: str, *args: object) -> str:
    answer = world.client(role).get(world.address(f"problems:{name}", *args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ["convener", "partner", "observer", ""])
def test_everybody_reads_what_is_public(world: World, told: Told, role: str) -> None:
    for name in LISTS:
        read(world, role, name)
    for name, key in record_pages(told).items():
        read(world, role, name, key)


def test_what_people_wrote_reads_in_its_own_direction(world: World, told: Told) -> None:
    assert f"<bdi>{told.housing.record.title}</bdi></a></h2>" in read(world, "", "framings")
    assert '<p dir="auto">' in read(world, "", "framings")
    actions.take_stance(
        by=world.actor("partner"), fact=told.fact, stance="dispute", reason="Counted in summer"
    )
    page = read(world, "convener", "fact", told.fact.pk)
    assert "<strong><bdi>The partner</bdi></strong>" in page
    assert '<p class="prose" dir="auto">Counted in summer</p>' in page


def test_who_is_affected_and_the_start_come_first(world: World, told: Told) -> None:
    page = read(world, "", "home")
    places = [
        page.index(words)
        for words in (
            "<h1>Homelessness in Hennepin County</h1>",
            "People who sleep outside",
            "(about 400)",
            "2,400 people, 2006",
            "More people lose their home",
            "How we see it",
            "What success looks like",
            "Street outreach by van",
        )
    ]
    assert places == sorted(places)


LESSONS = {
    "home": "Name at least one group of people",
    "framings": "Different partners see different problems",
    "facts": "a number that partners quarrel about",
    "facets": "Take the problem apart",
    "vision": "everybody can read aloud",
    "efforts": "Ask each partner what it already does",
}


def test_an_empty_page_teaches_the_first_step(world: World) -> None:
    for name, words in LESSONS.items():
        assert words in read(world, "partner", name)
        assert 'class="button"' in read(world, "partner", name), name
        assert 'class="button"' not in read(world, "observer", name), name


def test_visitors_see_only_what_is_public_and_no_member_by_name(world: World, told: Told) -> None:
    hidden = actions.add_fact(
        by=world.actor(),
        initiative=world.hennepin,
        claim="Kept among members.",
        visibility=Visibility.MEMBERS,
    )
    assert "Kept among members" in read(world, "observer", "facts")
    assert "Kept among members" not in read(world, "", "facts")
    assert world.client().get(world.address("problems:fact", hidden.pk)).status_code == 404
    assert "The partner" in read(world, "observer", "framings")
    assert "The partner" not in read(world, "", "framings")
    answer = world.client().get(world.address("problems:facts_csv"))
    assert "Kept among members" not in b"".join(answer).decode()


def test_only_members_compare_wordings(world: World, told: Told) -> None:
    address = world.address("initiatives:wordings", told.problem.pk, "statement")
    assert world.client("observer").get(address).status_code == 200
    assert world.client("stranger").get(address).status_code == 404
    assert world.client().get(address).status_code == 302
    nothing = world.address("initiatives:wordings", told.problem.pk, "secret")
    assert world.client("observer").get(nothing).status_code == 404


def test_nonsense_versions_show_the_last_two(world: World, told: Told) -> None:
    address = world.address("initiatives:wordings", told.problem.pk, "statement")
    for asked in ("?old=9&new=x", "?old=&new=", "?old=-1", "?old=1&new=1"):
        assert world.client("observer").get(address + asked).status_code == 200


def test_a_record_of_another_initiative_is_not_found(world: World, told: Told) -> None:
    other = actions.add_fact(by=world.actor(), initiative=world.closed, claim="Elsewhere.")
    for name in ("fact", "edit_fact", "take_stance"):
        address = world.address(f"problems:{name}", other.pk)
        assert world.client("convener").get(address).status_code == 404


def test_who_leads_adopts(world: World, told: Told) -> None:
    address = world.address("problems:adopt", told.housing.pk)
    expected = {"convener": 200, "facilitator": 200, "partner": 403, "observer": 403}
    assert {role: world.client(role).get(address).status_code for role in expected} == expected


def test_one_rewords_and_withdraws_only_ones_own_view(world: World, told: Told) -> None:
    expected = {
        "partner": (200, 403),
        "liaison": (403, 403),
        "convener": (200, 200),
        "observer": (403, 403),
    }
    for role, statuses in expected.items():
        browser = world.client(role)
        for name in ("edit_framing", "withdraw"):
            pages = [
                world.address(f"problems:{name}", key) for key in (told.housing.pk, told.health.pk)
            ]
            assert tuple(browser.get(page).status_code for page in pages) == statuses, (role, name)


def test_facts_are_filtered_by_state(world: World, told: Told) -> None:
    actions.take_stance(by=world.actor("partner"), fact=told.fact, stance="agree")
    actions.add_fact(by=world.actor(), initiative=world.hennepin, claim="Rents rose.")
    address = world.address("problems:facts")
    browser = world.client("observer")
    agreed = browser.get(f"{address}?state=agreed").content.decode()
    assert CLAIM in agreed
    assert "Rents rose." not in agreed
    assert "No fact is in this state" in browser.get(f"{address}?state=disputed").content.decode()
    assert "Rents rose." in browser.get(f"{address}?state=nonsense").content.decode()


def test_a_dispute_shows_who_why_and_where(world: World, told: Told, mandate: None) -> None:
    address = world.address("problems:take_stance", told.fact.pk)
    world.client("partner").post(
        address,
        {
            "stance": "dispute",
            "reason": "The count left out people in cars.",
            "organisation": world.shelter.pk,
            "source": "Our own count https://example.org/count",
        },
    )
    page = read(world, "", "fact", told.fact.pk)
    for words in ("Disputed", "St. Stephen&#x27;s", "left out people in cars", "Our own count"):
        assert words in page


def rows_of(world: World, name: str) -> list[list[str]]:
    answer = world.client().get(world.address(f"problems:{name}"))
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_facts_efforts_and_parts_can_be_saved(world: World, told: Told) -> None:
    actions.add_fact(by=world.actor(), initiative=world.hennepin, claim="=HYPERLINK(1)")
    assert {row[0] for row in rows_of(world, "facts_csv")} == {"fact", CLAIM, "'=HYPERLINK(1)"}
    assert rows_of(world, "efforts_csv")[1][:2] == ["Street outreach by van", "St. Stephen's"]
    assert rows_of(world, "facets_csv")[1][:4] == [
        "People leaving hospital",
        "St. Stephen's",
        "nonprofit",
        "knowledge",
    ]


def many(world: World, count: int) -> None:
    common = {"by": world.actor(), "initiative": world.hennepin}
    for number in range(count):
        fact = actions.add_fact(**common, claim=f"Fact {number}")
        actions.take_stance(by=world.actor("partner"), fact=fact, stance="agree")
        facet = actions.add_facet(**common, name=f"Part {number}")
        actions.hold_facet(
            by=world.actor(), facet=facet, organisation=world.office, kind="authority"
        )
        frame(world, f"View {number}")
        actions.add_vision_line(**common, text=f"Line {number}")
        actions.record_effort(**common, title=f"Effort {number}", organisation=world.office)


def queries_of(world: World, name: str) -> int:
    browser = world.client("convener")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(world.address(f"problems:{name}"))
    # The front page gathers seven kinds of record; a list asks for one.
    assert len(asked) <= (MOST_QUERIES if name != "home" else FRONT_PAGE_QUERIES)
    return len(asked)


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(world: World) -> None:
    start(world)
    many(world, 2)
    few = {name: queries_of(world, name) for name in LISTS}
    many(world, 8)
    assert {name: queries_of(world, name) for name in LISTS} == few


def test_a_merged_organisation_shows_under_its_new_name(world: World, told: Told) -> None:
    world.shelter.change(merged_into=world.office)
    assert "Office to End Homelessness" in read(world, "", "facets")
    assert "Office to End Homelessness" in read(world, "", "efforts")


def test_withdrawn_records_leave_the_lists_and_stay_readable(world: World, told: Told) -> None:
    address = world.address("problems:withdraw", told.housing.pk)
    browser = world.client("partner")
    assert browser.post(address, {"because": " "}).status_code == 422
    assert browser.post(address, {"because": "Entered twice"}).status_code == 302
    assert "A housing problem first" not in read(world, "", "framings")
    assert "Entered twice" in read(world, "observer", "framing", told.housing.pk)
    assert Fact.objects.live().count() == 1
