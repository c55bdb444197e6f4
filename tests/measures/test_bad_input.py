"""Whatever is sent, an answer says what to mend; nothing breaks, and nobody is told of."""

from decimal import Decimal

import pytest

from headway.measures import actions
from headway.measures.models import Measure, Reading
from tests.measures.making import NIGHT, a_measure, a_reading, a_series, fill_with
from tests.measures.test_pages import FORM
from tests.world import World

NASTY = ("\x00", "a" * 30_000, "\ufffd", "<script>alert(1)</script>", "\u0663\u0664")
NUMBERS = ("NaN", "Infinity", "1e400", "-1", "9" * 17, "12,5", "1 2", " ")


@pytest.mark.parametrize(
    ("words", "status"), list(zip(NASTY, (422, 422, 422, 302, 302), strict=True)), ids=repr
)
def test_strange_words_in_a_measure_are_kept_or_refused_in_words(
    world: World, words: str, status: int
) -> None:
    said = FORM | {"title": words, "unit": words[:60], "story": words}
    answer = world.client("convener").post(world.address("measures:add"), said, follow=True)
    assert (answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code) == status
    assert "<script>alert" not in answer.content.decode()


def test_words_are_no_number_of_months(world: World) -> None:
    for words in ("every", "1.5", "-1"):
        said = FORM | {"every_months": words}
        answer = world.client("convener").post(world.address("measures:add"), said)
        assert answer.status_code == 422, words


@pytest.mark.parametrize("number", NUMBERS)
def test_only_a_number_counts_as_one(world: World, number: str) -> None:
    series = a_series(world, a_measure(world))
    address = world.address("measures:add_reading", series.pk)
    answer = world.client("convener").post(address, {"when": "2024", "value": number})
    assert answer.status_code == 422
    groups = {"when": "2024", "value": "10", "groups": f"age: young = {number}"}
    assert world.client("convener").post(address, groups).status_code == 422
    assert not Reading.objects.exists()


def test_five_digits_after_the_point_are_refused_and_not_rounded(world: World) -> None:
    series = a_series(world, a_measure(world))
    address = world.address("measures:add_reading", series.pk)
    answer = world.client("convener").post(address, {"when": "2024", "value": "0.12345"})
    assert answer.status_code == 422
    assert "at most 4 digits after the point" in answer.content.decode()


@pytest.mark.parametrize("day", ["2031-02-30", "tomorrow", "99999", ""])
def test_a_time_that_is_none_is_refused_by_its_field(world: World, day: str) -> None:
    series = a_series(world, a_measure(world))
    address = world.address("measures:add_reading", series.pk)
    answer = world.client("convener").post(address, {"when": day, "value": "5"})
    assert answer.status_code == 422


def test_the_same_form_sent_twice_makes_one_measure(world: World) -> None:
    client, address = world.client("convener"), world.address("measures:add")
    said = FORM | {"form_key": "6b1f0f3e-35fb-4d4b-a7f2-6e6a0f5f7a11"}
    first, second = client.post(address, said), client.post(address, said)
    assert first.headers["Location"] == second.headers["Location"]
    assert Measure.objects.count() == 1


def test_a_measure_of_another_initiative_is_not_found(world: World) -> None:
    other = actions.add_measure(
        by=world.actor(), initiative=world.closed, title="Secret", unit="people"
    )
    series = actions.open_series(by=world.actor(), measure=other, title="Secret")
    reading = a_reading(world, series, 500)
    for name, key in (
        ("measure", other.pk),
        ("edit", other.pk),
        ("set_target", other.pk),
        ("files", other.pk),
        ("series", series.pk),
        ("add_reading", series.pk),
        ("correct", reading.pk),
        ("withdraw_reading", reading.pk),
    ):
        address = world.address(f"measures:{name}", key)
        assert world.client("convener").get(address).status_code == 404, name


def test_something_of_another_initiative_moves_nothing_here(world: World) -> None:
    measure = a_measure(world)
    fill_with(world.actor(), world.closed, world.shelter, "Secret")
    other = Measure.objects.get(record__title="Secret")
    address = world.address("measures:add_mover", measure.pk)
    answer = world.client("convener").post(address, {"record": str(other.pk)})
    assert answer.status_code == 422


@pytest.mark.parametrize("story", ["Client 48213 left in May.", "He was born 3/4/1980."])
def test_words_that_would_tell_who_somebody_is_are_warned_of_and_kept(
    world: World, story: str
) -> None:
    said = FORM | {"story": story}
    answer = world.client("partner").post(world.address("measures:add"), said, follow=True)
    assert "nobody can be recognized" in answer.content.decode()
    assert Measure.objects.get(record__title=NIGHT).story == story


def test_ordinary_words_are_not_warned_of(world: World) -> None:
    said = FORM | {"story": "48,213 clients were served in 2024; 12 children were born."}
    answer = world.client("partner").post(world.address("measures:add"), said, follow=True)
    assert "It is saved; change it" not in answer.content.decode()


def test_too_great_a_number_is_refused_before_the_database_is_asked(world: World) -> None:
    series = a_series(world, a_measure(world))
    with pytest.raises(Exception, match="digits before the point"):
        a_reading(world, series, float(Decimal(10) ** 17))
