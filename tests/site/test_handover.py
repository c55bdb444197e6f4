"""The hand-over pack: complete for whoever goes on, the first thirty days first."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine

from headway.directory.actions.posts import PostDetails, add_post
from headway.initiatives.actions import grant_role, invite_member
from headway.initiatives.models import RoleGrant
from headway.initiatives.reader import Reader
from headway.partners.actions import add_partner, log_contact, make_offer, write_agreement
from headway.pilots.models import FollowUp, Review
from headway.site.queries.handover.first import dates
from headway.site.queries.handover.told import Line, Place, Section
from headway_analysis.partial_date import PartialDate
from tests.arenas.making import an_approach, an_arena, an_ask, on_record, seat_of
from tests.arenas.making import fill as fill_decisions
from tests.arenas.making import let_speak as let_decide
from tests.commitments.making import a_confirmed_promise, a_promise
from tests.commitments.making import let_speak as let_promise
from tests.forums.making_meetings import a_meeting
from tests.measures.making import fill_with as fill_measures
from tests.pilots.making import a_running_pilot, a_small_test
from tests.pilots.making_reviews import a_follow_up, a_review
from tests.site.test_apart import fill
from tests.solutions.making import fill as fill_recommendations
from tests.world import INITIATIVE_ROLES, NOON, TODAY, World

PAGES = ("site:hand_over", "site:hand_over_json", "site:hand_over_pdf")
FIRST = ["calls", "dates_30", "dates_90", "promises", "waited_on", "moves"]
THEN = [
    "decisions",
    "requests",
    "ballots",
    "tests",
    "reviews",
    "measures",
    "roles",
    "deputies",
    "mandates",
    "how_we_work",
    "offers",
    "files",
    "single_holders",
]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """It is the day of the world."""
    with time_machine.travel(NOON, tick=False):
        yield


def sections(world: World, role: str = "convener") -> dict[str, Any]:
    """The pack as a program reads it, by section."""
    answer = world.client(role).get(world.address("site:hand_over_json"))
    assert answer.status_code == 200
    pack = json.loads(answer.content)
    return {each["key"]: each for part in pack["parts"] for each in part["sections"]}


def line(section: dict[str, Any], what: str) -> dict[str, Any]:
    """The one line about something."""
    (found,) = (each for each in section["lines"] if each["what"] == what)
    assert isinstance(found, dict)
    return found


def leave(world: World, role: str = "convener") -> None:
    """Let somebody's account be closed."""
    user = world.people[role]
    user.is_active = False
    user.save()


def test_it_opens_with_whom_to_call_and_why_the_late_first(world: World) -> None:
    for let_speak in (let_promise, let_decide):
        let_speak(world)
    an_approach(world, an_ask(world))
    a_promise(world, "Count the beds", organisation=world.office)
    a_confirmed_promise(world, "Name a liaison", due=PartialDate.on(TODAY - timedelta(days=3)))
    add_partner(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    log_contact(
        by=world.actor(),
        initiative=world.hennepin,
        kind="call",
        text="They can lend a van",
        when=PartialDate.on(TODAY),
        organisations=[world.shelter],
        next_step="Send the dates",
        next_step_by=TODAY + timedelta(days=5),
    )
    calls = sections(world)["calls"]["lines"]
    told = [(each["what"], each["state"]) for each in calls]
    assert told[:3] == [
        ("St. Stephen's", "1 promise is late"),
        ("Office to End Homelessness", "1 promise is not confirmed"),
        ("St. Stephen's", "Next step: Send the dates"),
    ]
    assert calls[0]["more"] == ["Name a liaison"]
    assert any(state.startswith("asks for it") for _what, state in told)
    assert [each["day"] for each in calls if each["state"].startswith("Next")] == ["2026-04-01"]


def test_it_lists_everything_that_a_successor_needs(world: World) -> None:
    ask = an_ask(world, an_arena(world))
    on_record(world, ask, seat_of(ask.arena.organisation, 1), "Show me the cost", "for")
    promise = a_confirmed_promise(world)
    pilot, test = a_running_pilot(world), a_small_test(world)
    follow_up = a_follow_up(world, a_review(world, "partner"))
    meeting = a_meeting(world)
    partner = add_partner(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    make_offer(by=world.actor(), partner=partner, what="Ten beds", kind="space")
    write_agreement(
        by=world.actor(), initiative=world.hennepin, decisions="By consent.\nElse by vote."
    )
    director = add_post(
        by=world.actor("registrar"),
        organisation=world.shelter,
        details=PostDetails(label="Director"),
    )
    add_post(
        by=world.actor("registrar"),
        organisation=world.shelter,
        details=PostDetails(label="Deputy director", deputy_to=director),
    )
    told = sections(world)
    assert list(told) == [*FIRST, *THEN]
    request = line(told["requests"], ask.record.title)
    assert any("Show me the cost" in each for each in request["more"])
    assert any(each.startswith("Left to do:") for each in request["more"])
    assert line(told["promises"], promise.record.title)["who"] == "St. Stephen's"
    for tried in (pilot, test):
        assert line(told["tests"], tried.record.title)["day"] == str(tried.ends_on)
    for row in (*FollowUp.objects.all(), *Review.objects.filter(state="open")):
        line(told["reviews"], row.record.title)
    assert follow_up.record.title in str(told["reviews"])
    assert meeting.record.title in str([told["dates_30"], told["dates_90"], meeting.starts_at])
    assert line(told["offers"], "Ten beds")["who"] == "St. Stephen's"
    assert line(told["how_we_work"], "How we decide")["more"] == ["By consent.", "Else by vote."]
    assert line(told["deputies"], "Director")["state"] == "Deputy: Deputy director"
    assert line(told["roles"], "The convener")["state"] == "convener"
    assert line(told["mandates"], "The partner may speak for St. Stephen's")
    assert told["single_holders"]["lines"]


def test_page_json_and_pdf_say_the_same_and_every_link_opens(world: World) -> None:
    fill(world.actor(), world.hennepin, world.shelter)
    fill_recommendations(world)
    fill_decisions(world)
    browser = world.client("convener")
    page = unescape(browser.get(world.address("site:hand_over")).content.decode())
    told = sections(world)
    lines = [each for section in told.values() for each in section["lines"]]
    assert len(lines) > 30
    for each in lines:
        assert each["what"] in page
        assert each["href"].removeprefix("http://testserver") in page
        assert all(more in page for more in each["more"])
    for href in {each["href"] for each in lines if each["href"]}:
        assert browser.get(href.removeprefix("http://testserver")).status_code == 200, href
    answer = browser.get(world.address("site:hand_over_pdf"))
    assert answer["Content-Disposition"].endswith('hand-over.pdf"')
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.content


def test_an_empty_initiative_says_so_below_each_heading(world: World) -> None:
    page = world.client("convener").get(world.address("site:hand_over")).content.decode()
    for words in ("No promise is open.", "No request is open.", "No date is near."):
        assert words in page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["", "registrar", "stranger", *INITIATIVE_ROLES])
def test_while_somebody_leads_only_conveners_read_it(world: World, name: str, who: str) -> None:
    status = world.client(who).get(world.address(name)).status_code
    expected = {"": 302, "registrar": 404, "stranger": 404, "convener": 200}
    assert status == expected.get(who, 403)


def test_the_only_convener_leaves_and_the_registrar_hands_the_initiative_on(world: World) -> None:
    promise = a_confirmed_promise(world)
    promise.record.change(visibility="members")
    before = sections(world)
    leave(world)
    told = sections(world, "registrar")
    assert line(told["promises"], promise.record.title)
    assert {key: each["lines"] for key, each in told.items() if key not in {"calls", "moves"}} == {
        key: each["lines"] for key, each in before.items() if key not in {"calls", "moves"}
    }
    browser = world.client("registrar")
    page = browser.get(world.address("site:hand_over")).content.decode()
    assert "Nobody leads this initiative. It belongs to Office to End Homelessness" in page
    members = re.findall(r'href="([^"]+/members/)"', page)
    assert browser.get(members[0]).status_code == 200
    grant_role(by=world.actor("registrar"), member=world.members["partner"], role="convener")
    assert browser.get(world.address("site:hand_over")).status_code == 404
    successor = world.client("partner").get(world.address("site:hand_over")).content.decode()
    assert promise.record.title in successor
    assert "Nobody leads" not in successor


def test_a_convener_whose_term_is_over_leads_no_more(world: World) -> None:
    RoleGrant.objects.filter(role="convener").update(ends_on=TODAY)
    browser = world.client("registrar")
    assert browser.get(world.address("site:hand_over")).status_code == 404
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert browser.get(world.address("site:hand_over")).status_code == 200
        for role in ("administrator", "records_officer", "stranger"):
            assert world.client(role).get(world.address("site:hand_over")).status_code == 404
        assert world.client("facilitator").get(world.address("site:hand_over")).status_code == 403
        assert world.client("registrar").get(world.address("commitments:add")).status_code == 404


def test_what_is_for_the_records_office_only_is_in_no_pack(world: World) -> None:
    promise = a_confirmed_promise(world, "Settle with the tenant")
    promise.record.change(visibility="office")
    assert "Settle with the tenant" not in str(sections(world))


@pytest.mark.parametrize(
    ("days", "where"),
    [
        (-400, "dates_30"),
        (0, "dates_30"),
        (30, "dates_30"),
        (31, "dates_90"),
        (90, "dates_90"),
        (91, ""),
    ],
)
def test_a_date_stands_where_its_distance_puts_it(world: World, days: int, where: str) -> None:
    day = TODAY + timedelta(days=days)
    reader = Reader("heading-home-hennepin", TODAY, frozenset(), frozenset())
    promised = Section("promises", "", "", "", (Line("Count the beds", "/", day=day),))
    found = dates(Place(world.hennepin, reader), [promised], [])
    assert {each.key for each in found if each.lines} == ({where} if where else set())
    states = [each.state for section in found for each in section.lines]
    assert states == (["Promise is due, late"] if days < 0 else ["Promise is due"][: bool(where)])


def test_a_late_step_to_the_agenda_stands_in_the_first_thirty_days(world: World) -> None:
    ask = an_ask(world, vote_on=TODAY + timedelta(days=20))
    late = [step for step in ask.steps.order_by("days_before") if step.days_before > 30]
    done = late.pop()
    done.change(done_on=TODAY)
    lines = [(each["what"], each["state"]) for each in sections(world)["dates_30"]["lines"]]
    assert late
    for step in late:
        assert (ask.record.title, f"Step to the agenda: {step.title}, late") in lines
    assert done.title not in str(lines)


@pytest.mark.parametrize("many", [1, 12])
def test_the_pack_asks_the_same_questions_whatever_is_recorded(
    world: World, many: int, django_assert_max_num_queries: object
) -> None:
    fill_measures(world.actor(), world.hennepin, world.shelter, "Beds")
    arena = an_arena(world)
    for number in range(many):
        a_promise(world, f"Count the beds {number}")
        an_ask(world, arena, f"Pay for hall {number}")
        a_small_test(world, f"A text message {number}")
        invite_member(
            by=world.actor(),
            initiative=world.hennepin,
            email=f"new-{number}@county.example",
            name=f"New {number}",
            role="observer",
            organisation=world.office,
        )
    browser = world.client("convener")
    browser.get(world.address("site:hand_over"))
    with django_assert_max_num_queries(40):
        browser.get(world.address("site:hand_over"))


def test_the_people_area_leads_to_it_for_whom_it_opens(world: World) -> None:
    address = world.address("site:hand_over")
    people = world.address("partners:home")
    assert address in world.client("convener").get(people).content.decode()
    assert address not in world.client("partner").get(people).content.decode()
