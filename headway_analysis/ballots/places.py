"""Options in the order of their figures, and what every count has in common."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Ballot = TypeVar("Ballot")
LISTED_ORDER = "Where options are equal, the one listed first on the ballot paper comes first."


@dataclass(frozen=True, slots=True)
class Place:
    """Where one option stands.

    Attributes:
        option: its id.
        place: 1 for the best; equal options share a place and the next one is left out: 1, 1, 3.
        figure: what it is ordered by, exactly; the result says what it is.

    """

    option: str
    place: int
    figure: Fraction


def check_options(options: Sequence[str]) -> None:
    """Refuse a ballot paper that is empty or names an option twice.

    Raises:
        ValueError: with what is wrong.

    >>> check_options(["a", "a"])
    Traceback (most recent call last):
    ...
    ValueError: option 'a' is listed twice

    """
    if not options:
        raise ValueError("options must name at least 1, got none")
    twice = [option for position, option in enumerate(options) if option in options[:position]]
    if twice:
        raise ValueError(f"option {twice[0]!r} is listed twice")


def check_known(named: Collection[str], options: Collection[str]) -> None:
    """Refuse a ballot that names what is not on the ballot paper.

    Raises:
        ValueError: with the first unknown option.

    >>> check_known(["c"], ["a", "b"])
    Traceback (most recent call last):
    ...
    ValueError: 'c' is none of the options a, b

    """
    for option in named:
        if option not in options:
            raise ValueError(f"{option!r} is none of the options {', '.join(options)}")


def with_times(ballots: Iterable[Ballot], times: Sequence[int] | None) -> list[tuple[Ballot, int]]:
    """Each ballot with how often it was cast, once where nothing is said.

    Raises:
        ValueError: where a number is below 1 or there are not as many numbers as ballots.

    >>> with_times(["a", "b"], [2, 1])
    [('a', 2), ('b', 1)]

    """
    given = list(ballots)
    often = [1] * len(given) if times is None else list(times)
    if len(often) != len(given):
        raise ValueError(f"times must have {len(given)} numbers, got {len(often)}")
    if any(number < 1 for number in often):
        raise ValueError(f"times must be at least 1, got {min(often)}")
    return list(zip(given, often, strict=True))


def placed(figures: Mapping[str, Fraction]) -> tuple[Place, ...]:
    """The options by their figures, highest first; equal ones as they are listed.

    >>> [(each.option, each.place) for each in placed({"a": Fraction(1), "b": Fraction(2)})]
    [('b', 1), ('a', 2)]

    """
    ordered = sorted(figures, key=lambda option: -figures[option])
    values = sorted(figures.values(), reverse=True)
    return tuple(
        Place(option, 1 + values.index(figures[option]), figures[option]) for option in ordered
    )


def shared_first(places: Sequence[Place]) -> tuple[str, ...]:
    """The options that share the first place; none where one alone has it.

    >>> shared_first(placed({"a": Fraction(1), "b": Fraction(1)}))
    ('a', 'b')

    """
    first = tuple(each.option for each in places if each.place == 1)
    return first if len(first) > 1 else ()
