from zoneinfo import available_timezones

COMMON = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


def zone_choices() -> list[tuple[str, str]]:
    """The time zones to choose from: those of the United States first, then all others."""
    others = sorted(name for name in available_timezones() if "/" in name and name not in COMMON)
    return [(name, name.replace("_", " ")) for name in (*COMMON, *others)]
