"""What is hidden cannot be had: every table of some sizes is attacked by trying all numbers."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from random import Random

import pytest

from headway_analysis.small_cells import Sum, hidden_cells

FLOOR = 3


def possible(
    counts: Mapping[str, int], sums: Sequence[Sum], hidden: frozenset[str]
) -> Iterator[dict[str, int]]:
    """Every table that shows the same: hidden cells hold somebody, and the sums hold.

    Cells that nothing adds up to are tried; the wholes follow from them.
    """
    most = max(counts.values()) + 1
    wholes = [each.whole for each in sums]
    free = [key for key in counts if key not in wholes]
    choices = [range(1, most + 1) if key in hidden else (counts[key],) for key in free]
    # A whole is summed up only once its parts are.
    order = sorted(sums, key=lambda each: any(part in wholes for part in each.parts))
    for tried in product(*choices):
        table = dict(zip(free, tried, strict=True))
        if all(_fits(table, each, counts, hidden) for each in order):
            yield table


def _fits(
    table: dict[str, int], each: Sum, counts: Mapping[str, int], hidden: frozenset[str]
) -> bool:
    whole = sum(table[part] for part in each.parts)
    known = table.setdefault(each.whole, whole)
    return known == whole and (each.whole in hidden or counts[each.whole] == whole)


def attack(counts: Mapping[str, int], sums: Sequence[Sum], floor: int = FLOOR) -> None:
    hidden = hidden_cells(counts, sums, floor)
    assert {key for key, count in counts.items() if 0 < count < floor} <= hidden
    if not hidden:
        return
    seen: dict[str, set[int]] = {key: set() for key in hidden}
    for table in possible(counts, sums, hidden):
        for key in hidden:
            seen[key].add(table[key])
    assert all(len(values) > 1 for values in seen.values()), (counts, hidden, seen)


@pytest.mark.parametrize("groups", [1, 2, 3])
def test_no_group_of_one_split_can_be_subtracted(groups: int) -> None:
    names = tuple("abc"[:groups])
    for values in product(range(6), repeat=groups):
        counts = dict(zip(names, values, strict=True)) | {"all": sum(values)}
        attack(counts, [Sum("all", names)])


def test_each_hidden_group_could_be_as_large_as_the_floor() -> None:
    names = ("a", "b", "c", "d")
    for values in product((0, 1, 2, 3, 7), repeat=4):
        counts = dict(zip(names, values, strict=True)) | {"all": sum(values)}
        hidden = hidden_cells(counts, [Sum("all", names)], FLOOR)
        parts = [name for name in names if name in hidden]
        if parts and "all" not in hidden:
            together = sum(counts[name] for name in parts)
            assert len(parts) >= 2
            assert together - (len(parts) - 1) >= FLOOR


def test_the_rest_that_no_group_names_is_not_betrayed_either() -> None:
    hidden = hidden_cells({"all": 40, "a": 20, "b": 18}, [Sum("all", ("a", "b"))], 11)
    assert hidden == {"a"}
    assert hidden_cells({"all": 40, "a": 20, "b": 5}, [Sum("all", ("a", "b"))], 11) == {"b"}


def crossed(random: Random, across: int, down: int) -> tuple[dict[str, int], list[Sum]]:
    """A table of two splits with both margins and the total."""
    rows, columns = [f"r{n}" for n in range(down)], [f"c{n}" for n in range(across)]
    cells = {(r, c): random.choice((0, 1, 2, 3, 4, 6)) for r in rows for c in columns}
    counts = {f"{r}{c}": value for (r, c), value in cells.items()}
    counts |= {r: sum(cells[r, c] for c in columns) for r in rows}
    counts |= {c: sum(cells[r, c] for r in rows) for c in columns}
    counts["all"] = sum(cells.values())
    sums = [Sum("all", tuple(rows)), Sum("all", tuple(columns))]
    sums += [Sum(r, tuple(f"{r}{c}" for c in columns)) for r in rows]
    sums += [Sum(c, tuple(f"{r}{c}" for r in rows)) for c in columns]
    return counts, sums


@pytest.mark.parametrize("seed", range(40))
def test_no_cell_of_a_crossed_table_can_be_worked_out_from_its_margins(seed: int) -> None:
    counts, sums = crossed(Random(seed), 2, 2)
    attack(counts, sums)


def test_two_splits_share_their_total() -> None:
    counts = {"all": 50, "men": 30, "women": 20, "young": 4, "old": 46}
    sums = [Sum("all", ("men", "women")), Sum("all", ("young", "old"))]
    assert hidden_cells(counts, sums) == {"young", "old"}


def test_where_everything_is_small_the_total_goes_too() -> None:
    counts = {"all": 11, "men": 5, "women": 6}
    assert hidden_cells(counts, [Sum("all", ("men", "women"))]) == {"all", "men", "women"}


def test_what_was_hidden_before_stays_hidden() -> None:
    counts = {"all": 60, "a": 20, "b": 20, "c": 20}
    assert hidden_cells(counts, [Sum("all", ("a", "b", "c"))], held=("b", "c")) == {"b", "c"}


def test_a_floor_of_one_hides_nothing() -> None:
    assert hidden_cells({"all": 3, "a": 1, "b": 2}, [Sum("all", ("a", "b"))], floor=1) == set()


@pytest.mark.parametrize(
    ("counts", "sums", "floor", "said"),
    [
        ({"a": -1}, [], 11, "0 or more"),
        ({"a": 1}, [], 0, "1 or more"),
        ({"a": 1}, [Sum("all", ("a",))], 11, "must be counted"),
    ],
)
def test_nonsense_is_refused_with_its_value(
    counts: dict[str, int], sums: list[Sum], floor: int, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        hidden_cells(counts, sums, floor)


def test_a_sum_needs_parts() -> None:
    with pytest.raises(ValueError, match="needs parts"):
        Sum("all", ())
    with pytest.raises(ValueError, match="needs parts"):
        Sum("all", ("all",))
