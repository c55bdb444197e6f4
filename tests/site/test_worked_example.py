"""Heading Home Hennepin on four days: what the method tells as its worked example is so."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from headway.commitments.queries.lists import promises_page
from headway.commitments.queries.progress import promise_sums
from headway.diagnosis.queries.behind import behind_page, behind_rows
from headway.diagnosis.queries.standing import Standing, standing
from headway.initiatives.reader import Reader
from headway.measures.queries.points import where_measures_stand
from headway.site.queries.headline import headline_now
from headway.site.queries.report import did
from tests.diagnosis.making import MEMBERS, VISITOR
from tests.world import TODAY, World

DAYS = tuple(map(date.fromisoformat, ("2007-06-30", "2010-06-30", "2014-06-30", "2016-12-31")))
TOLD = Path(__file__).parents[2] / "docs/method/worked-example.md"


def reader(world: World, role: str = "convener") -> Reader:
    cells = frozenset({f"{role}@initiative" if role else "visitor@public"})
    member = world.members[role].pk if role else None
    return Reader(world.hennepin.slug, TODAY, cells, MEMBERS if role else VISITOR, member)


def on(world: World, day: date, role: str = "convener") -> Standing:
    return standing(world.hennepin, reader(world, role), TODAY, day)


def rows(world: World) -> Iterator[str]:
    """The table of the worked example, as the records give it."""
    found = [on(world, day) for day in DAYS]
    for lines in zip(*(each.conditions for each in found), strict=True):
        cells = (
            f"{line.state_label!s} ({line.count} of {line.count + line.open})" for line in lines
        )
        yield _row(str(lines[0].label), cells)
    moves = ("; ".join(str(move.label) for move in each.moves) for each in found)
    yield _row("What would help next", moves)
    numbers = (headline_now(world.hennepin, reader(world), day) for day in DAYS)
    yield _row("The number", (each.finding if each else "–" for each in numbers))


def _row(name: str, cells: Iterator[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def test_the_method_tells_what_the_records_say(example: World) -> None:
    told = TOLD.read_text(encoding="utf-8")
    missing = [row for row in rows(example) if row not in told]
    assert missing == [], "docs/method/worked-example.md has to say:\n" + "\n".join(missing)


def test_the_four_days_read_differently_and_what_is_not_recorded_is_never_stuck(
    example: World,
) -> None:
    found = [on(example, day) for day in DAYS]
    told = {tuple((line.state, line.words) for line in each.conditions) for each in found}
    states = {tuple(line.state for line in each.conditions) for each in found}
    assert len(told) == len(DAYS)
    assert len(states) >= 3
    for each in found:
        assert len(each.moves) <= 2
        for line in each.conditions:
            if line.state == "not_recorded":
                assert (line.whom, line.since, line.words) == ("", None, "Nothing is recorded.")


@pytest.mark.parametrize("day", DAYS)
def test_each_figure_opens_the_records_that_it_counts(example: World, day: date) -> None:
    found = on(example, day)
    for line in found.conditions:
        if line.count + line.open:
            name = f"condition-{line.key}"
            page = behind_page(example.hennepin, reader(example), name, QueryDict(), day)
            assert page.table.total == line.count + line.open, (line.key, day)
    browser = example.client("convener")
    hrefs = [line.href for line in found.conditions]
    hrefs += [line.href for line in (*found.promises, *found.warnings)]
    for href in hrefs:
        assert browser.get(href).status_code == 200, href


def test_visitors_of_any_day_are_told_only_what_is_met(example: World) -> None:
    for day in DAYS:
        found = on(example, day, "")
        assert {line.state for line in found.conditions} <= {"met", ""}
        assert (found.waited_on, found.moves, found.promises, found.warnings) == (None, (), (), ())


@pytest.mark.parametrize("day", DAYS)
def test_a_page_of_another_day_asks_few_questions(
    example: World, day: date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = example.client("convener")
    with django_assert_max_num_queries(25):
        answer = browser.get(example.address("site:where_we_stand") + f"?as_of={day}")
    assert "Back to today" in answer.content.decode()


@pytest.mark.parametrize("day", [*DAYS, TODAY])
def test_a_result_never_stands_beside_a_worse_number_without_saying_so(
    example: World, day: date
) -> None:
    found = standing(example.hennepin, reader(example), TODAY, day)
    result = next(line for line in found.conditions if line.key == "result")
    told = where_measures_stand(example.hennepin, MEMBERS, today=day, as_of=day)
    better = [each.better for each in told if each.measure.kind == "result" and each.start]
    counted = [each for each in told if each.start and each.latest and each.better is not None]
    worse = sum(each.better is False for each in counted)
    assert better
    if result.state == "met":
        assert ("worse" in str(result.state_label)) == bool(worse)
        assert (result.mark == "worse") == bool(worse)
        assert (f"{worse} worse" in result.words) == bool(worse)
    kept = evidence_of(example, "condition-result", day)
    assert not any("Pages" in row for row in kept)


def evidence_of(world: World, name: str, day: date) -> list[str]:
    """The titles of the records behind a figure."""
    rows = behind_rows(world.hennepin, reader(world), name, day)
    return [row[0] for row in rows]


def test_every_page_says_the_same_of_the_promises(example: World) -> None:
    """The list, the progress page, where we stand, leadership, the report, and the table behind."""
    seen, initiative = reader(example), example.hennepin
    tabs = promises_page(initiative, seen, QueryDict()).stands
    listed = {str(tab.label).partition(" (")[0]: str(tab.label)[:-1].split("(")[1] for tab in tabs}
    sums = promise_sums(initiative, seen)
    figures = {one.key: one for one in standing(initiative, seen, TODAY).promises}
    lines = {str(line.name): line.words for line in did.promises(initiative, seen).lines}
    assert (sums.all, sums.kept, sums.to_be_dated, sums.unconfirmed) == (30, 10, 0, 20)
    assert listed["Kept"] == str(sums.kept)
    assert listed["Late"] == str(sums.to_be_dated)
    assert listed["Not confirmed"] == str(sums.unconfirmed)
    assert figures["kept"].words == lines["Kept"] == f"{sums.kept} of {sums.all}"
    assert figures["late"].words == f"{sums.to_be_dated} of {sums.all}"
    assert figures["intent"].words == lines["Not confirmed by the organization"]
    for key, count in (("kept", sums.kept), ("late", 0), ("intent", sums.unconfirmed)):
        assert len(evidence_of(example, f"promises-{key}", TODAY)) == count
    browser = example.client("convener")
    for name in ("commitments:home", "site:where_we_stand", "site:report"):
        assert ">Late<" not in browser.get(example.address(name)).content.decode(), name
