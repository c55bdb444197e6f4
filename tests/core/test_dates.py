from datetime import UTC, date, datetime, timedelta

import pytest

from headway.core.dates import day_range, instants_between


def test_a_day_lasts_as_long_as_the_clock_of_its_zone_says() -> None:
    lengths = {}
    for day in (date(2026, 3, 8), date(2026, 3, 9), date(2026, 11, 1)):
        first, after = day_range(day, "America/Chicago")
        assert first is not None
        assert after is not None
        lengths[day.month, day.day] = after - first
    hour = timedelta(hours=1)
    assert lengths == {(3, 8): 23 * hour, (3, 9): 24 * hour, (11, 1): 25 * hour}


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        (date.max, "America/Chicago", (True, False)),
        (date.max, "UTC", (True, False)),
        (date.min, "Asia/Tokyo", (False, True)),
        (date.min, "America/Chicago", (True, True)),
    ],
)
def test_beyond_the_calendar_there_is_no_instant(
    day: date, zone: str, ends: tuple[bool, bool]
) -> None:
    first, after = day_range(day, zone)
    assert (first is not None, after is not None) == ends


def test_days_become_lookups_and_open_ends_none() -> None:
    day = date(2026, 3, 27)
    assert instants_between(None, None, "UTC") == {}
    assert instants_between(day, day, "UTC") == {
        "gte": datetime(2026, 3, 27, tzinfo=UTC),
        "lt": datetime(2026, 3, 28, tzinfo=UTC),
    }
    assert set(instants_between(day, date.max, "UTC")) == {"gte"}
