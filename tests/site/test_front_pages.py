"""The front page and one's own: each initiative with its small path, its number and one line."""

from datetime import timedelta
from decimal import Decimal
from html import unescape

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from headway.accounts.actor import Actor
from headway.initiatives.actions import open_initiative
from headway.initiatives.models import Initiative
from headway.measures.actions import choose_headline
from headway.problems.actions import add_affected_group, add_baseline
from headway.problems.models import Baseline
from headway_analysis.partial_date import PartialDate
from tests.diagnosis.making import an_adopted
from tests.measures.making import a_baseline, a_measure, counted
from tests.world import NOON, TODAY, World, a_happening


def page(world: World, role: str = "", name: str = "site:welcome") -> str:
    answer = world.client(role).get(reverse(name))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).partition("<main")[2]


def more(world: World, count: int) -> None:
    """Further public initiatives, each with something recorded."""
    for number in range(count):
        made = open_initiative(
            by=Actor(kind="worker", at=NOON + timedelta(minutes=number)),
            authority=world.authority,
            owner=world.office,
            title=f"Clean river {number}",
            visibility=Initiative.Reader.PUBLIC,
        )
        add_affected_group(by=Actor(kind="worker", at=NOON), initiative=made, name="Those who swim")


def test_everybody_sees_the_path_as_far_as_it_is_met_and_the_number(world: World) -> None:
    an_adopted(world)
    measure = a_measure(world, baseline=a_baseline(world))
    counted(world, measure)
    choose_headline(by=world.actor(), measure=measure)
    a_happening(world)
    front = page(world)
    assert "path-small" in front
    assert "Proposed" in front
    assert f"{measure.name}: " in front
    assert "The commission meets for the first time" in front
    for word in ("Waiting", "Not recorded", "Quiet Work"):
        assert word not in front


def test_without_a_measure_the_starting_point_stands_for_it(world: World) -> None:
    a_baseline(world)
    assert "Starting point:" in page(world)


def another_start(world: World, name: str) -> Baseline:
    return add_baseline(
        by=world.actor(),
        initiative=world.hennepin,
        measure=name,
        value=Decimal(7),
        unit="people",
        when=PartialDate.on(TODAY),
        visibility="public",
    )


def test_the_card_and_the_page_name_the_same_starting_point(world: World) -> None:
    another_start(world, "Another number")
    measure = a_measure(world, baseline=a_baseline(world))
    choose_headline(by=world.actor(), measure=measure)
    stand = world.client().get(world.address("site:where_we_stand")).context["page"]
    front = page(world)
    assert stand.headline.start == "2,800, 2006"
    assert f"{measure.name}: 2,800 people, 2006" in front
    assert "Another number" not in front


def test_of_starting_points_recorded_at_once_both_name_the_first_by_name(world: World) -> None:
    points = [another_start(world, name) for name in ("Winter", "Summer", "Autumn")]
    for point in points:
        point.record.change(recorded_at=points[0].record.recorded_at)
    stand = world.client().get(world.address("site:where_we_stand")).context["page"]
    first = stand.problem.starting_points[0].text
    assert first.startswith("Autumn")
    assert f"<bdi>{first}</bdi>" in page(world)


def test_who_takes_part_sees_the_whole_path_of_their_own_and_no_more_of_others(
    world: World,
) -> None:
    an_adopted(world)
    more(world, 1)
    home = page(world, "partner", "site:home")
    own, _heading, others = home.partition("Public initiatives")
    assert own.count("Not recorded") >= 4
    assert "Waiting" in own
    assert "Clean river 0" in others
    assert "Not recorded" not in others
    assert "Waiting" not in page(world, "stranger", "site:home")


def test_the_front_page_asks_the_same_however_many_initiatives_there_are(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counted(world, a_measure(world, baseline=a_baseline(world)))
    an_adopted(world)
    more(world, 9)
    visitor, member = world.client(), world.client("partner")
    for browser, name in ((visitor, "site:welcome"), (member, "site:home")):
        for _time in range(3):  # not all paths are drawn at once
            browser.get(reverse(name))
    with django_assert_max_num_queries(12):
        answer = visitor.get(reverse("site:welcome"))
    assert answer.content.decode().count("path-small") >= 1
    with django_assert_max_num_queries(19):
        member.get(reverse("site:home"))


def test_a_path_on_the_front_page_is_never_old(world: World) -> None:
    assert "Not met yet" in mark_of(world, "Proposed")
    an_adopted(world)
    assert "Not met yet" not in mark_of(world, "Proposed")
    assert "Met" in mark_of(world, "Proposed")


def mark_of(world: World, condition: str) -> str:
    """What the small path of the first card says of one condition."""
    return page(world).partition(f">{condition}</span>")[2].partition("</li>")[0]
