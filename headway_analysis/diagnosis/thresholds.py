"""From when on something is worth a question. Thresholds are prompts, not verdicts."""

from dataclasses import dataclass, fields, replace
from typing import Self

from headway_analysis.diagnosis.evidence import Condition

LONGEST = 3_650


@dataclass(frozen=True, slots=True)
class Thresholds:
    """After how many days, and below which share, the diagnosis says something.

    Each condition has two: it is waited on when what it rests on has stood for more than so many
    days, and less than so many percent of it came through. Why each is what it is by default, the
    method's page argues; an initiative may set its own, with its argument.

    Raises:
        ValueError: for days outside 1 to 3,650, or percents outside 0 to 100.

    >>> Thresholds().days("promised"), Thresholds().percent("promised")
    (60, 50)
    >>> Thresholds(promised_percent=120)
    Traceback (most recent call last):
    ...
    ValueError: promised_percent must be from 0 to 100, got 120

    """

    understood_days: int = 60
    understood_percent: int = 50
    convened_days: int = 90
    convened_percent: int = 50
    common_ground_days: int = 100
    common_ground_percent: int = 50
    proposed_days: int = 90
    proposed_percent: int = 50
    supported_days: int = 120
    supported_percent: int = 50
    promised_days: int = 60
    promised_percent: int = 50
    tested_days: int = 180
    tested_percent: int = 34
    result_days: int = 365
    result_percent: int = 34
    largest_percent: int = 50
    fewest_acts: int = 5
    fewest_decided: int = 5
    phase_days: int = 100
    win_days: int = 60
    public_days: int = 180
    rest_days: int = 90

    def __post_init__(self) -> None:
        for field in fields(self):
            most = 100 if field.name.endswith("_percent") else LONGEST
            least = 0 if field.name.endswith("_percent") else 1
            value = getattr(self, field.name)
            if not least <= value <= most:
                raise ValueError(f"{field.name} must be from {least} to {most}, got {value}")

    def with_one(self, name: str, value: int) -> Self:
        """The same with one of them set anew.

        Raises:
            ValueError: where there is none of this name, or the value is out of its bounds.

        >>> Thresholds().with_one("win_days", 30).win_days
        30

        """
        if name not in {field.name for field in fields(self)}:
            raise ValueError(f"there is no threshold {name!r}")
        return replace(self, **{name: value})

    def days(self, condition: Condition) -> int:
        """How long what a condition rests on may stand."""
        return int(getattr(self, f"{condition}_days"))

    def percent(self, condition: Condition) -> int:
        """How much of it is to have come through."""
        return int(getattr(self, f"{condition}_percent"))


DEFAULT = Thresholds()
NAMES: tuple[str, ...] = tuple(field.name for field in fields(Thresholds))
