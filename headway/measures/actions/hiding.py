"""Which numbers may be shown: worked out anew whenever a number, a group or the floor changes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from math import ceil
from uuid import UUID

from headway.measures.models import Measure, Reading, ReadingCell
from headway_analysis.small_cells import Sum, hidden_cells

BLOCK = 1_000
WHOLE = "all"
CROSSED = " × "
Group = tuple[str, str]


def hide(
    measure: Measure,
    reading: Reading,
    cells: Sequence[ReadingCell],
    held: Collection[Group] = (),
) -> None:
    """Set what may be shown of a data point and its groups; the caller saves them.

    Args:
        measure: whose floor holds.
        reading: the data point.
        cells: its groups.
        held: the groups that an earlier version of it hides; they stay hidden.

    """
    hidden = _hidden(measure, reading, cells, held) if measure.hides_small else frozenset()
    if reading.kept is not None:
        small = WHOLE in hidden
        reading.value = None if small else reading.kept
        reading.gap = Reading.Gap.HIDDEN if small else Reading.Gap.NONE
    for number, cell in enumerate(cells):
        # What a correction replaced is shown as a whole only.
        gone = reading.superseded_at is not None and measure.hides_small
        cell.value = None if gone or f"cell {number}" in hidden else cell.kept


def _hidden(
    measure: Measure, reading: Reading, cells: Sequence[ReadingCell], held: Collection[Group]
) -> frozenset[str]:
    share = measure.subject == Measure.Subject.SHARE
    counts = {
        f"cell {number}": _people(cell.kept_people if share else cell.kept)
        for number, cell in enumerate(cells)
    }
    keys = {(each.dimension, each.group): f"cell {at}" for at, each in enumerate(cells)}
    whole = reading.kept_people if share else reading.kept
    if whole is not None:
        counts[WHOLE] = _people(whole)
    elif share and reading.kept is not None and not cells:
        # Of how many it is a share nobody said: there is nothing to go by.
        return frozenset()
    sums = tuple(_sums(keys, whole_known=whole is not None))
    stays = {keys[group] for group in held if group in keys}
    return hidden_cells(counts, sums, measure.floor, stays)


def _people(number: Decimal | int | None) -> int:
    """How many people a number tells of; parts of one count as one."""
    return max(0, ceil(number or 0))


def _sums(keys: dict[Group, str], *, whole_known: bool) -> Iterator[Sum]:
    """What adds up to what: each split to the whole, and a crossed split to its margins."""
    splits: dict[str, list[str]] = defaultdict(list)
    for (dimension, _group), key in keys.items():
        splits[dimension].append(key)
    for dimension, parts in splits.items():
        if whole_known:
            yield Sum(WHOLE, tuple(parts))
        if CROSSED in dimension:
            yield from _margins(keys, dimension)


def _margins(keys: dict[Group, str], dimension: str) -> Iterator[Sum]:
    """A crossed split adds up: "women × 25 to 34" to "women", and to "25 to 34"."""
    parts: dict[str, list[str]] = defaultdict(list)
    for (split, group), key in keys.items():
        if split != dimension:
            continue
        for margin in zip(dimension.split(CROSSED), group.split(CROSSED), strict=False):
            if margin in keys:
                parts[keys[margin]].append(key)
    for whole, cells in parts.items():
        yield Sum(whole, tuple(cells))


def hide_anew(*, measure: Measure) -> None:
    """Work out for every data point of a measure what may be shown, and store what changed."""
    rows = Reading.objects.filter(series__measure=measure).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for begin in range(0, len(keys), BLOCK):
        _hide_block(measure, keys[begin : begin + BLOCK])


def _hide_block(measure: Measure, keys: Sequence[UUID]) -> None:
    readings = list(Reading.objects.filter(pk__in=keys).prefetch_related("cells"))
    cells = []
    for reading in readings:
        own = list(reading.cells.all())
        hide(measure, reading, own)
        cells += own
    Reading.objects.bulk_update(readings, ["value", "gap"], batch_size=BLOCK)
    ReadingCell.objects.bulk_update(cells, ["value"], batch_size=BLOCK)
