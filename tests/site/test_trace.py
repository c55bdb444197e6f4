"""The path of a record: what reaches it from both ends, drawn and as a list."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.utils.translation import override

from headway.initiatives.actions import link_records
from headway.initiatives.models import Record
from headway.site.queries.trace_drawing import LETTERS, MOST_DRAWN, Edge, Node, draw, shortened
from tests.forums.making_meetings import a_meeting
from tests.pilots.making import a_small_test
from tests.world import World, a_happening

DRAWING = re.compile(r"<svg width.*?</svg>", re.DOTALL)
BOX = re.compile(r'<a class="trace-box[^"]*" href="([^"]+)" aria-label="[^"]+"([^>]*)>')
NAME = re.compile(r"<path class=\"trace-line\"[^>]*><title>(.*?)</title>")
HEAD = re.compile(r'<text class="trace-head"[^>]*>(.*?)</text>')


def link(world: World, later: Record, earlier: Record, kind: str = "came_from") -> None:
    """Say that one record came from another."""
    link_records(by=world.actor(), origin=later, target=earlier, kind=kind)


def shown(world: World, record: Record, role: str = "convener") -> str:
    """The page of a record's path."""
    answer = world.client(role).get(world.address("site:trace", record.pk))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def drawn(page: str) -> str:
    """The drawing of a page."""
    found = DRAWING.search(page)
    assert found is not None
    return found.group()


def listed(page: str) -> str:
    """What stands below the drawing."""
    return page[page.index("Step by step") :]


def read(page: str) -> list[str]:
    """The list of the path, each step as it reads."""
    steps = re.findall(r"<li[^>]*>(.*?)</li>", listed(page).partition("</ol>")[0], re.DOTALL)
    words = (re.sub(r"<[^>]+>|\s+", " ", each).split("(")[0].split() for each in steps)
    return [" ".join(each) for each in words]


def test_the_path_is_drawn_and_listed_alike(world: World) -> None:
    first, middle, last = (a_happening(world, f"Step {name}").record for name in "ABC")
    test = a_small_test(world, came_from=last)
    link(world, middle, first)
    link(world, last, middle, "answers")
    page = shown(world, middle)
    drawing = drawn(page)
    boxes = dict(BOX.findall(drawing))
    for record in (first, middle, last, test.record):
        (href,) = (href for href in boxes if str(record.pk) in href)
        assert f'href="{href}"' in listed(page)
        assert ('aria-current="step"' in boxes[href]) == (record == middle)
    names = NAME.findall(drawing)
    assert f"“{last.title}” – answers – “{middle.title}”" in names
    assert len(names) == 3
    assert HEAD.findall(drawing) == ["Meetings", "Tests and lessons"]


def test_each_step_reads_forwards_from_the_record_nearer_to_here(world: World) -> None:
    measure, moved_by, earlier = (
        a_happening(world, name).record for name in ("Beds counted", "Open halls", "Cold winter")
    )
    link(world, measure, earlier)
    link(world, moved_by, measure, "moves")
    said = read(shown(world, measure))
    assert sorted(said[:2]) == ["came from Cold winter", "is to be moved by Open halls"]
    assert said[2:] == ["Beds counted"]
    assert read(shown(world, moved_by)) == ["Open halls", "is meant to move Beds counted"]
    assert read(shown(world, earlier)) == ["Cold winter", "led to Beds counted"]


def test_the_drawing_says_what_is_really_at_its_ends(world: World) -> None:
    first, last = (a_happening(world, f"Step {name}").record for name in "AB")
    link(world, last, first)
    assert "2 records and 1 link. The list below says the same." in shown(world, last)
    a_small_test(world, came_from=last)
    page = shown(world, last)
    assert "3 records and 2 links, from “Meetings” at one end to “Tests and lessons” at the" in page


def test_a_record_that_stands_alone_is_not_drawn(world: World) -> None:
    page = shown(world, a_happening(world).record)
    assert DRAWING.search(page) is None
    assert "It begins here, as far as anybody recorded." in page
    assert "Nothing came of it yet, as far as anybody recorded." in page


def test_what_joins_two_records_in_a_ring_stands_once_in_the_list(world: World) -> None:
    one, other = a_happening(world, "One").record, a_happening(world, "Other").record
    link(world, one, other)
    link(world, other, one, "answers")
    assert listed(shown(world, one)).count(f"/{other.pk}/") == 1


def test_another_initiative_shows_only_what_anybody_may_read(world: World) -> None:
    here = a_happening(world, "Here").record
    there = a_happening(world, "There").record
    there.change(initiative=world.closed)
    link(world, here, there, "learned_from")
    assert "There" not in shown(world, here)
    world.closed.change(visibility="public")
    page = shown(world, here, "partner")
    assert "There" in page
    assert world.closed.title in page
    assert f"/i/{world.closed.slug}/" in page
    there.change(visibility="members")
    assert "There" not in shown(world, here, "partner")


def test_what_one_may_not_see_leads_to_nothing(world: World) -> None:
    first, middle, last = (a_happening(world, f"Step {name}").record for name in "ABC")
    link(world, middle, first)
    link(world, last, middle)
    middle.change(visibility="office")
    assert "Step A" not in shown(world, last)
    meeting = a_meeting(world)
    answer = world.client().get(world.address("site:trace", meeting.pk))
    assert answer.status_code == 200


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_the_same_few_questions_whatever_the_path(
    world: World, many: int, django_assert_max_num_queries: object
) -> None:
    middle = a_happening(world, "Middle").record
    for number in range(many):
        link(world, middle, a_happening(world, f"Before {number}").record)
        link(world, a_happening(world, f"After {number}").record, middle)
    browser = world.client("convener")
    with django_assert_max_num_queries(12):
        browser.get(world.address("site:trace", middle.pk))


def a_path(count: int) -> tuple[list[Node], list[Edge]]:
    """Records of several stages in one chain."""
    of_kinds = ("fact", "minute_line", "recommendation", "ask", "promise", "pilot", "measure")
    nodes = [
        Node(
            uuid4(),
            of_kinds[number % 7],
            "fact",
            f"Record {number} " * 4,
            "led to",
            "/",
            not number,
        )
        for number in range(count)
    ]
    pairs = zip(nodes[1:], nodes, strict=False)
    return nodes, [Edge(later.key, earlier.key, "came from") for later, earlier in pairs]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("count", [2, 60, 90])
def test_no_two_boxes_lie_on_each_other_and_all_lie_in_the_drawing(
    count: int, language: str
) -> None:
    with override(language):
        drawing = draw(*a_path(count))
    corners = sorted((int(box.x), int(box.y)) for box in drawing.boxes)
    wide, high = int(drawing.box_width), int(drawing.box_height)
    assert len(corners) == min(count, MOST_DRAWN)
    for number, (x, y) in enumerate(corners):
        assert 0 <= x <= int(drawing.width) - wide
        assert 0 <= y <= int(drawing.height) - high
        for other_x, other_y in corners[number + 1 :]:
            assert abs(other_x - x) >= wide or abs(other_y - y) >= high
    assert len(drawing.strokes) == len(corners) - 1
    assert bool(drawing.left_out) == (count > MOST_DRAWN)


def test_sixty_records_of_one_stage_go_on_in_columns_beside_each_other() -> None:
    nodes = [Node(uuid4(), "fact", "fact", "Beds", "", "/", not each) for each in range(60)]
    drawing = draw(nodes, [])
    assert len({box.x for box in drawing.boxes}) == 5
    assert [head.text for head in drawing.heads] == ["Problem"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Winter beds", ["Winter beds"]),
        (
            "Count the beds every night in winter and tell",
            ["Count the beds every", "night in winter and tell"],
        ),
        ("a" * 60, ["a" * LETTERS, "a" * (LETTERS - 1) + "…"]),
        ("", [""]),
        ("床" * 30, ["床" * 12, "床" * 12 + "…"]),
    ],
)
def test_a_title_fits_two_lines_of_a_box(text: str, lines: list[str]) -> None:
    assert shortened(text, 2) == lines
