"""Which numbers may be shown: worked out anew whenever a number, a group or the floor changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from uuid import UUID

from django.db.models import F

from headway.measures.models import Measure, Reading, ReadingCell
from headway_analysis.small_cells import Sum, hidden_cells

BLOCK = 1_000
WHOLE = "all"
CROSSED = " × "
# Of two versions recorded at one instant the one that stands is the later one.
OLDEST_FIRST = ("recorded_at", F("superseded_at").asc(nulls_last=True), "pk")
Group = tuple[str, str]
Time = tuple[UUID, date | None, date | None]


def hide(
    measure: Measure,
    reading: Reading,
    cells: Sequence[ReadingCell],
    held: Collection[Group] = (),
) -> set[Group]:
    """Set what may be shown of a data point and its groups; the caller saves them.

    Args:
        measure: whose floor holds.
        reading: the data point.
        cells: its groups.
        held: the groups that an earlier version of it hides; they stay hidden.

    Returns the groups that a later version of it has to hide as well.

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
    own = {_group(cell) for number, cell in enumerate(cells) if f"cell {number}" in hidden}
    return own | set(held) if measure.hides_small else set()


def _group(cell: ReadingCell) -> Group:
    return cell.dimension, cell.group


def hidden_before(measure: Measure, versions: Iterable[Reading]) -> set[Group]:
    """The groups that any version of a data point hides, the oldest version first."""
    held: set[Group] = set()
    for reading in versions:
        held = hide(measure, reading, list(reading.cells.all()), held)
    return held


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
    """Work out for every data point of a measure what may be shown, and store what changed.

    What an earlier version of a data point hides stays hidden in its corrections.
    """
    rows = Reading.objects.filter(series__measure=measure)
    by_time = rows.order_by("series", "happened_from", "happened_to", *OLDEST_FIRST)
    keys = list(by_time.values_list("pk", flat=True))
    held: dict[Time, set[Group]] = {}
    for begin in range(0, len(keys), BLOCK):
        _hide_block(measure, keys[begin : begin + BLOCK], held)


def _hide_block(measure: Measure, keys: Sequence[UUID], held: dict[Time, set[Group]]) -> None:
    found = Reading.objects.prefetch_related("cells").in_bulk(keys)
    readings, cells = [found[key] for key in keys], []
    for reading in readings:
        own = list(reading.cells.all())
        time = (reading.series_id, reading.happened_from, reading.happened_to)
        held[time] = hide(measure, reading, own, held.get(time, ()))
        cells += own
    Reading.objects.bulk_update(readings, ["value", "gap"], batch_size=BLOCK)
    ReadingCell.objects.bulk_update(cells, ["value"], batch_size=BLOCK)
