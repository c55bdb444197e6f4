"""Which numbers may be shown: worked out anew whenever a number, a group or the floor changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
WHOLE_GROUP: Group = ("", "")
Time = tuple[UUID, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the versions of a data point hid so far, and which numbers they showed.

    Whoever keeps every table that was published knows the numbers shown; hiding one of them later
    protects nobody. The whole stands among them under `WHOLE_GROUP`. A whole that was hidden for
    the sake of its groups stays hidden as long as it says the same.
    """

    hidden: frozenset[Group] = frozenset()
    shown: frozenset[tuple[Group, Decimal]] = frozenset()
    wholes: frozenset[Decimal] = frozenset()

    def __or__(self, other: "Seen") -> "Seen":
        """What both know."""
        return Seen(
            self.hidden | other.hidden, self.shown | other.shown, self.wholes | other.wholes
        )

    def knows(self, group: Group, number: Decimal | None) -> bool:
        """Whether a number of a group was shown before."""
        return number is not None and (group, Decimal(number)) in self.shown


NOTHING_SEEN = Seen()


def hide(
    measure: Measure, reading: Reading, cells: Sequence[ReadingCell], seen: Seen = NOTHING_SEEN
) -> Seen:
    """Set what may be shown of a data point and its groups; the caller saves them.

    Args:
        measure: whose floor holds.
        reading: the data point.
        cells: its groups.
        seen: what earlier versions of it hid, which stays hidden, and what they showed.

    Returns what was seen together with this version.

    """
    hidden = _hidden(measure, reading, cells, seen) if measure.hides_small else frozenset()
    if reading.kept is not None:
        small = WHOLE in hidden
        reading.value = None if small else reading.kept
        reading.gap = Reading.Gap.HIDDEN if small else Reading.Gap.NONE
    now = _as_shown(reading, cells, hidden)
    for number, cell in enumerate(cells):
        # What a correction replaced is shown as a whole only.
        gone = reading.superseded_at is not None and measure.hides_small
        cell.value = None if gone or f"cell {number}" in hidden else cell.kept
    return seen | now if measure.hides_small else Seen(shown=(seen | now).shown)


def _as_shown(reading: Reading, cells: Sequence[ReadingCell], hidden: Collection[str]) -> Seen:
    """What this version shows and hides while it stands."""
    numbered = [(f"cell {number}" in hidden, cell) for number, cell in enumerate(cells)]
    shown = {(_group(cell), Decimal(cell.kept)) for small, cell in numbered if not small}
    whole = frozenset[Decimal]() if reading.kept is None else frozenset({Decimal(reading.kept)})
    if WHOLE not in hidden:
        shown |= {(WHOLE_GROUP, number) for number in whole}
    return Seen(
        hidden=frozenset(_group(cell) for small, cell in numbered if small),
        shown=frozenset(shown),
        wholes=whole if WHOLE in hidden else frozenset(),
    )


def _group(cell: ReadingCell) -> Group:
    return cell.dimension, cell.group


def seen_before(measure: Measure, versions: Iterable[Reading]) -> Seen:
    """What the versions of a data point hid and showed, the oldest version first."""
    seen = NOTHING_SEEN
    for reading in versions:
        seen = hide(measure, reading, list(reading.cells.all()), seen)
    return seen


def seen_now(reading: Reading, cells: Sequence[ReadingCell]) -> Seen:
    """What is stored as hidden and shown of a data point that stands."""
    if reading.superseded_at is not None:
        return NOTHING_SEEN
    hidden = {f"cell {number}" for number, cell in enumerate(cells) if cell.hidden}
    return _as_shown(reading, cells, hidden if reading.value is not None else {*hidden, WHOLE})


def _hidden(
    measure: Measure, reading: Reading, cells: Sequence[ReadingCell], seen: Seen
) -> frozenset[str]:
    share = measure.subject == Measure.Subject.SHARE
    counts = {
        f"cell {number}": _people(cell.kept_people if share else cell.kept)
        for number, cell in enumerate(cells)
    }
    keys = {_group(each): f"cell {at}" for at, each in enumerate(cells)}
    known = {keys[_group(each)] for each in cells if seen.knows(_group(each), each.kept)}
    whole = reading.kept_people if share else reading.kept
    if whole is not None:
        counts[WHOLE] = _people(whole)
        known |= {WHOLE} if seen.knows(WHOLE_GROUP, reading.kept) else set()
    sums = tuple(_sums(keys, whole_known=whole is not None))
    stays = {keys[group] for group in seen.hidden if group in keys}
    # A share of which nobody said of how many it is counts nowhere, and stays hidden all the same.
    held = frozenset({WHOLE}) if reading.kept in seen.wholes else frozenset[str]()
    return held | hidden_cells(counts, sums, measure.floor, stays | (held & counts.keys()), known)


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


def hide_anew(*, measure: Measure, afresh: bool = False) -> int:
    """Work out for every data point of a measure what may be shown, and store what changed.

    What an earlier version of a data point hides stays hidden in its corrections, and what is
    hidden now stays so, but where the floor was lowered on purpose: `afresh`.

    Returns how many numbers were shown before and are hidden now.
    """
    rows = Reading.objects.filter(series__measure=measure)
    by_time = rows.order_by("series", "happened_from", "happened_to", *OLDEST_FIRST)
    keys = list(by_time.values_list("pk", flat=True))
    seen: dict[Time, Seen] = {}
    return sum(
        _hide_block(measure, keys[begin : begin + BLOCK], seen, afresh=afresh)
        for begin in range(0, len(keys), BLOCK)
    )


def _hide_block(
    measure: Measure, keys: Sequence[UUID], seen: dict[Time, Seen], *, afresh: bool
) -> int:
    found = Reading.objects.prefetch_related("cells").in_bulk(keys)
    changed: list[Reading | ReadingCell] = []
    newly_hidden = 0
    for reading in (found[key] for key in keys):
        own = list(reading.cells.all())
        both: list[Reading | ReadingCell] = [reading, *own]
        before = [each.value for each in both]
        time = (reading.series_id, reading.happened_from, reading.happened_to)
        known = seen.get(time, NOTHING_SEEN)
        known = known if afresh else known | seen_now(reading, own)
        seen[time] = hide(measure, reading, own, known)
        differ = [each for each, value in zip(both, before, strict=True) if each.value != value]
        newly_hidden += sum(each.value is None for each in differ)
        changed += differ
    readings = [each for each in changed if isinstance(each, Reading)]
    cells = [each for each in changed if isinstance(each, ReadingCell)]
    Reading.objects.bulk_update(readings, ["value", "gap"], batch_size=BLOCK)
    ReadingCell.objects.bulk_update(cells, ["value"], batch_size=BLOCK)
    return newly_hidden
