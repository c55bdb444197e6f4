"""Small numbers of people that must not be shown, and what else to hide so that none can be got.

A table that says "2 of the 40 are younger than 18" may let neighbours know who they are. Every
count above zero and below a floor is therefore hidden. That alone is not enough: whoever knows the
total and all other groups subtracts. So further cells are hidden until nothing follows.

Method: primary suppression by a frequency threshold and complementary suppression, as in
A. Hundepool and others, "Statistical Disclosure Control" (Wiley 2012), chapter 4; the usual floor
of 11 is the cell size policy of the US Centers for Medicare and Medicaid Services.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Sum:
    """That some cells add up to another: the groups of one split to their total.

    Attributes:
        whole: the key of the cell that they add up to.
        parts: the keys of the cells, in the order in which the table shows them.

    """

    whole: str
    parts: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a sum of nothing, or one that holds a cell twice."""
        keys = (self.whole, *self.parts)
        if not self.parts or len(set(keys)) != len(keys):
            raise ValueError(f"a sum needs parts, each once and not its whole, got {keys}")


def small(count: float, floor: int) -> bool:
    """Whether a count is above zero and below the floor.

    >>> small(0, 11), small(1, 11), small(10, 11), small(11, 11)
    (False, True, True, False)

    """
    return 0 < count < floor


def hidden_cells(
    counts: Mapping[str, int],
    sums: Sequence[Sum] = (),
    floor: int = 11,
    held: Collection[str] = (),
    known: Collection[str] = (),
) -> frozenset[str]:
    """Which cells to hide so that no small one is seen or can be got from what is shown.

    What is guaranteed, to somebody who knows every shown cell, which cells add up to what, that
    an empty cell is always shown as zero, and every cell that is `known`: no other hidden cell can
    be worked out, and in every sum whose whole is shown each of them could be as large as the
    floor or larger. That holds wherever enough cells are left that nobody knows; where a number
    below the floor was shown already, nothing can take it back. Not guarded against: other
    tables about the same people, and what one of the people themselves knows.

    The cells to hide beside the small ones are taken in the order of their sum, never by size, as
    a choice by size would tell something of the size. Where all parts are hidden and that is not
    enough, the whole is hidden too.

    Args:
        counts: people in each cell, wholes among them, each 0 or more.
        sums: which cells add up to which; cells that overlap belong to no sum. Where the parts
            make less than their whole, the rest counts as one more part that is never shown.
        floor: the smallest count above zero that may be shown, 1 or more.
        held: cells hidden already in an earlier version, which stay hidden.
        known: cells whose number an earlier version showed; to hide these alone protects nothing.

    Returns:
        The keys of the cells to hide.

    Raises:
        ValueError: for a count below 0, a floor below 1, or a key that is not counted.

    >>> sorted(hidden_cells({"all": 40, "men": 38, "women": 2}, [Sum("all", ("men", "women"))]))
    ['men', 'women']
    >>> sorted(hidden_cells({"all": 40, "a": 20, "b": 15, "c": 5}, [Sum("all", ("a", "b", "c"))]))
    ['a', 'c']
    >>> counts, ages = {"all": 40, "a": 20, "b": 15, "c": 5}, [Sum("all", ("a", "b", "c"))]
    >>> sorted(hidden_cells(counts, ages, known={"all", "a"}))
    ['b', 'c']

    """
    _check(counts, sums, floor, {*held, *known})
    wanted = {key for key, count in counts.items() if small(count, floor)} | set(held)
    cells, complete = _with_rests(counts, sums)
    hidden = wanted | (set(cells) - set(counts))
    # First against who saw the earlier versions, then against who sees this one alone.
    for seen in (frozenset(known), frozenset[str]()):
        hidden = _closed(cells, complete, hidden, seen, floor)
    return frozenset(hidden & set(counts))


def _closed(
    cells: Mapping[str, int],
    sums: Sequence[Sum],
    hidden: Collection[str],
    known: frozenset[str],
    floor: int,
) -> set[str]:
    """The hidden cells with all that has to be hidden beside them, from who knows some."""
    found = set(hidden)
    while True:
        more = _one_more(cells, sums, found, known, floor)
        if more is None:
            return found
        found.add(more)


def _check(
    counts: Mapping[str, int], sums: Sequence[Sum], floor: int, held: Collection[str]
) -> None:
    if floor < 1:
        raise ValueError(f"the floor must be 1 or more, got {floor}")
    below = {key: count for key, count in counts.items() if count < 0}
    if below:
        raise ValueError(f"counts must be 0 or more, got {below}")
    used = {key for each in sums for key in (each.whole, *each.parts)} | set(held)
    if not used <= set(counts):
        raise ValueError(f"every key must be counted, got {sorted(used - set(counts))} beside")


def _with_rests(
    counts: Mapping[str, int], sums: Sequence[Sum]
) -> tuple[dict[str, int], tuple[Sum, ...]]:
    """The cells and sums with what the parts leave out; sums that do not add up are left out."""
    cells, complete = dict(counts), []
    for number, each in enumerate(sums):
        rest = counts[each.whole] - sum(counts[part] for part in each.parts)
        if rest == 0:
            complete.append(each)
        elif rest > 0:
            # A sign that no key of ours can hold.
            key = f"\x00rest {number}"
            cells[key] = rest
            complete.append(Sum(each.whole, (*each.parts, key)))
    return cells, tuple(complete)


def _one_more(
    cells: Mapping[str, int],
    sums: Sequence[Sum],
    hidden: Collection[str],
    known: frozenset[str],
    floor: int,
) -> str | None:
    """The next cell to hide, or None where nothing follows or nothing is left to hide."""
    secret = set(hidden) - known
    for each in sums:
        if each.whole not in secret and _tells_too_much(cells, each, secret, floor):
            found = _next_of(cells, each, hidden, known)
            if found is not None:
                return found
    followed = _worked_out(sums, secret)
    for each in sums:
        if followed & {each.whole, *each.parts}:
            found = _next_of(cells, each, hidden, known)
            if found is not None:
                return found
    return None


def _tells_too_much(
    cells: Mapping[str, int], each: Sum, hidden: Collection[str], floor: int
) -> bool:
    """Whether a hidden part of a shown whole is known, or known to be below the floor.

    All hidden parts hold at least one person, so each is at most their sum without one for each
    other part.
    """
    parts = [part for part in each.parts if part in hidden]
    if not parts or not any(small(cells[part], floor) for part in parts):
        # A single hidden part follows from the others; a rest of the floor or more betrays nobody.
        return len(parts) == 1 and not parts[0].startswith("\x00")
    together = sum(cells[part] for part in parts)
    return len(parts) < 2 or together < floor + len(parts) - 1


def _next_of(
    cells: Mapping[str, int], each: Sum, hidden: Collection[str], known: frozenset[str]
) -> str | None:
    """The first part that is still shown, holds somebody and is new; else the whole, else none."""
    shown = (part for part in each.parts if cells[part] > 0)
    left = (key for key in (*shown, each.whole) if key not in hidden and key not in known)
    return next(left, None)


def _worked_out(sums: Sequence[Sum], hidden: Collection[str]) -> set[str]:
    """The hidden cells that follow from the sums, by elimination in exact fractions."""
    told = Counter(key for each in sums for key in {each.whole, *each.parts} & set(hidden))
    if all(times == 1 for times in told.values()):
        # Two unknown cells in a sum of their own: neither follows.
        return set()
    keys = sorted(told)
    rows = [_row(each, keys) for each in sums]
    reduced = _eliminated([row for row in rows if any(row)], len(keys))
    single = (row for row in reduced if sum(1 for share in row if share) == 1)
    found = {keys[next(at for at, share in enumerate(row) if share)] for row in single}
    return {key for key in found if not key.startswith("\x00")}


def _row(each: Sum, keys: Sequence[str]) -> list[Fraction]:
    share = dict.fromkeys(each.parts, Fraction(1)) | {each.whole: Fraction(-1)}
    return [share.get(key, Fraction(0)) for key in keys]


def _eliminated(rows: Sequence[Sequence[Fraction]], width: int) -> list[list[Fraction]]:
    """The rows in reduced echelon form."""
    left, done = [list(row) for row in rows], list[list[Fraction]]()
    for column in range(width):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        lead = [share / pivot[column] for share in pivot]
        left = list(_without(left, lead, column))
        done = [*_without(done, lead, column), lead]
    return done


def _without(
    rows: Sequence[Sequence[Fraction]], lead: Sequence[Fraction], column: int
) -> Iterator[list[Fraction]]:
    for row in rows:
        yield [share - row[column] * part for share, part in zip(row, lead, strict=True)]
