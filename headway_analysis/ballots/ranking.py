"""A ballot that puts options in order; some may be equal, and some left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headway_analysis.ballots.places import check_known, check_options, with_times


@dataclass(frozen=True, slots=True)
class Ranking:
    """Options in order, best first; those in one group are equal.

    Options that are left out stand below all that are named, and are equal among themselves.

    Attributes:
        groups: ids of options; no group is empty and no option stands twice.

    Raises:
        ValueError: for an empty group or an option named twice.

    >>> Ranking((("jobs",), ("beds", "rent"))).named
    ('jobs', 'beds', 'rent')

    """

    groups: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not all(self.groups):
            raise ValueError("a group must name at least 1 option, got an empty one")
        twice = [option for option, often in Counter(self.named).items() if often > 1]
        if twice:
            raise ValueError(f"option {twice[0]!r} is ranked twice")

    @property
    def named(self) -> tuple[str, ...]:
        """Every option on it, best first."""
        return tuple(option for group in self.groups for option in group)

    @classmethod
    def of(cls, *options: str) -> "Ranking":
        """A ranking without equal options.

        >>> Ranking.of("jobs", "beds").groups
        (('jobs',), ('beds',))

        """
        return cls(tuple((option,) for option in options))

    @classmethod
    def from_ranks(cls, ranks: Mapping[str, int]) -> "Ranking":
        """The ranking behind numbers, 1 for the best; equal numbers are equal, gaps mean nothing.

        Raises:
            ValueError: where a number is below 1.

        >>> Ranking.from_ranks({"rent": 7, "beds": 1, "jobs": 1}).groups
        (('beds', 'jobs'), ('rent',))

        """
        wrong = [number for number in ranks.values() if number < 1]
        if wrong:
            raise ValueError(f"a rank must be at least 1, got {wrong[0]}")
        groups: dict[int, list[str]] = {}
        for option, number in ranks.items():
            groups.setdefault(number, []).append(option)
        return cls(tuple(tuple(groups[number]) for number in sorted(groups)))


@dataclass(frozen=True, slots=True)
class Pile:
    """Ballots sorted for counting: equal ones lie together.

    Attributes:
        rankings: each different ranking that names at least one option, with how often it was cast.
        ballots: how many were cast in all.
        blank: how many name no option.

    """

    rankings: tuple[tuple[Ranking, int], ...]
    ballots: int
    blank: int


def piled(ballots: Iterable[Ranking], options: Sequence[str], times: Sequence[int] | None) -> Pile:
    """Check the ballots and lay equal ones together.

    Raises:
        ValueError: for an id that is no option, no options, or a number below 1.

    >>> piled([Ranking.of("a"), Ranking(()), Ranking.of("a")], ["a"], None).blank
    1

    """
    check_options(options)
    known = dict.fromkeys(options)
    often: Counter[Ranking] = Counter()
    for ballot, number in with_times(ballots, times):
        often[ballot] += number
    for ballot in often:
        check_known(ballot.named, known)
    cast, blank = often.total(), often.pop(Ranking(()), 0)
    return Pile(tuple(often.items()), cast, blank)
