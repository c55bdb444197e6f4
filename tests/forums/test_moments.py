from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from headway.forums.forms.moments import MomentField


def field(zone: str) -> MomentField:
    made = MomentField()
    made.begin(zone)
    return made


@pytest.mark.parametrize(
    ("zone", "hour"), [("America/Chicago", 19), ("Europe/Berlin", 13), ("Asia/Tokyo", 5)]
)
def test_a_time_is_meant_by_the_clock_of_the_initiative(zone: str, hour: int) -> None:
    assert field(zone).clean("2026-03-27T14:30") == datetime(2026, 3, 27, hour, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValidationError, match="Enter one after it, like 03:00"):
        field("America/Chicago").clean("2027-03-14T02:30")


def test_only_the_clock_of_the_initiative_can_skip_a_time() -> None:
    moment = field("America/Phoenix").clean("2027-03-14T02:30")

    assert moment == datetime(2027, 3, 14, 9, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    moment = field("America/Chicago").clean("2026-11-01T01:30")

    assert moment == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
