"""`headway brief` prints where an initiative stands, as text and for programs."""

import json

import pytest

from config.command import main
from tests.diagnosis.making import an_adopted
from tests.world import World


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["brief", *words]) == 0
    return capsys.readouterr().out


def test_the_text_has_a_line_for_each_condition(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    an_adopted(world)
    text = printed(capsys, world.hennepin.slug)
    assert text.startswith("Heading Home Hennepin\nAs of ")
    assert "Common ground  Not recorded." in text
    assert "Promised       Waiting on. Waiting on St. Stephen's since" in text
    assert "What would help next" in text


def test_another_day_is_told_for_programs(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    an_adopted(world)
    text = printed(capsys, world.hennepin.slug, "--as-of", "2010-06-30", "--json")
    told = json.loads(text)
    assert (told["title"], told["as_of"]) == ("Heading Home Hennepin", "2010-06-30")
    assert {each["state"] for each in told["conditions"]} == {"not_recorded"}


def test_an_unknown_initiative_is_answered_with_the_known_ones(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", "nope"]) == 2
    assert world.hennepin.slug in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2010-02-30", "soon", "", "20100630x"])
def test_a_day_that_is_none_is_refused_with_an_example(
    day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["brief", "any", "--as-of", day])
    assert left.value.code == 2
    assert "write it like 2010-06-30" in capsys.readouterr().err
