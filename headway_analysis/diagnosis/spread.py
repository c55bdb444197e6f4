"""How spread leading is, and what would be lost if one holder left."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import exp, log

from headway_analysis.diagnosis.evidence import LEADINGS, Act, Evidence, Holding, Leading, Tie, at
from headway_analysis.diagnosis.thresholds import DEFAULT, Thresholds


def effective_number(counts: Iterable[int], order: int) -> float | None:
    """How many equally active leaders would be as diverse as these: the Hill number.

    With shares p of all acts: order 1 is exp(−Σ p ln p), order 2 is 1 / Σ p². Both are the number
    of leaders where all act alike, and 1 where one does everything; order 2 gives more weight to
    the most active. Order changes nothing.

    Args:
        counts: how many acts each has; zeros count for nothing.
        order: 1 or 2.

    Returns the effective number; None where there are no acts.

    Raises:
        ValueError: for another order, or a count below 0.

    Source: Hill, "Diversity and Evenness: A Unifying Notation and Its Consequences" (1973).

    >>> effective_number([3, 3, 3, 3], 1), effective_number([6, 2], 2)
    (4.0, 1.6)

    """
    given = sorted(counts)
    if given and given[0] < 0:
        raise ValueError(f"a count must be at least 0, got {given[0]}")
    if order not in {1, 2}:
        raise ValueError(f"order must be 1 or 2, got {order}")
    total = sum(given)
    if not total:
        return None
    if order == 2:
        return float(1 / sum(Fraction(count, total) ** 2 for count in given))
    found = exp(-sum(count / total * log(count / total) for count in given if count))
    return round(found, 9)


@dataclass(frozen=True, slots=True)
class Spread:
    """How acts of leadership are spread over organisations.

    Attributes:
        acts: how many there are whose organisation is known.
        unknown: how many there are whose organisation is not.
        holders: how many organisations did them.
        effective: the Hill number of order 1; None where there are too few acts to say.
        effective_2: of order 2; None likewise.
        largest: the largest share, exactly; None likewise.
        top: the organisation with the largest share; the first by id where two have it.
        alarm: whether the largest share is above its threshold.
        records: the records behind it.

    """

    acts: int
    unknown: int
    holders: int
    effective: float | None
    effective_2: float | None
    largest: Fraction | None
    top: str
    alarm: bool
    records: tuple[str, ...]


def spread(acts: Sequence[Act], thresholds: Thresholds = DEFAULT) -> Spread:
    """How acts are spread. Below the fewest acts nothing is said about shares: too few to tell.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> acts = [Act("catalysing", "idea", name, day, "r") for name in ("a", "a", "a", "a", "b")]
    >>> found = spread(acts)
    >>> found.top, found.largest, found.alarm, round(found.effective, 2)
    ('a', Fraction(4, 5), True, 1.65)

    """
    counts = Counter(act.organisation for act in acts if act.organisation)
    total = sum(counts.values())
    told = total >= thresholds.fewest_acts
    top = min(counts, key=lambda name: (-counts[name], name), default="")
    largest = Fraction(counts[top], total) if told else None
    return Spread(
        acts=total,
        unknown=len(acts) - total,
        holders=len(counts),
        effective=effective_number(counts.values(), 1) if told else None,
        effective_2=effective_number(counts.values(), 2) if told else None,
        largest=largest,
        top=top if told else "",
        alarm=largest is not None and 100 * largest > thresholds.largest_percent,
        records=tuple(sorted({act.record for act in acts})),
    )


def spreads(acts: Sequence[Act], thresholds: Thresholds = DEFAULT) -> Mapping[Leading, Spread]:
    """The same for each kind of leading apart.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> acts = [Act("distributive", "forum_led", "county", day, "r1")]
    >>> list(spreads(acts))
    ['distributive', 'integrative', 'catalysing']

    """
    return {
        leading: spread([act for act in acts if act.leading == leading], thresholds)
        for leading in LEADINGS
    }


def parts(ties: Iterable[Tie], without: str = "") -> tuple[frozenset[str], ...]:
    """The groups of organisations that are connected by working together, the largest first.

    Args:
        ties: who worked with whom.
        without: an organisation that is left out, with its ties.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> line = [Tie("a", "b", day, "m"), Tie("b", "c", day, "n")]
    >>> len(parts(line)), len(parts(line, without="b"))
    (1, 2)

    """
    beside: dict[str, set[str]] = {}
    for tie in ties:
        beside.setdefault(tie.one, set()).add(tie.other)
        beside.setdefault(tie.other, set()).add(tie.one)
    left = set(beside) - {without}
    found = []
    while left:
        part = _connected(min(left), beside, without)
        left -= part
        found.append(frozenset(part))
    return tuple(sorted(found, key=lambda part: (-len(part), min(part))))


def _connected(start: str, beside: Mapping[str, set[str]], without: str) -> set[str]:
    part, ahead = {start}, [start]
    while ahead:
        new = beside[ahead.pop()] - part - {without}
        part |= new
        ahead.extend(new)
    return part


@dataclass(frozen=True, slots=True)
class Drill:
    """What would be lost if one organisation or role left.

    Attributes:
        holder: which.
        only: what it alone holds: nobody else would be left.
        parts_before: into how many groups the working relationships fall now.
        parts_after: into how many without it.
        before: how leading is spread now, by kind.
        after: how it would be spread without it.

    """

    holder: str
    only: tuple[Holding, ...]
    parts_before: int
    parts_after: int
    before: Mapping[Leading, Spread]
    after: Mapping[Leading, Spread]


def without(evidence: Evidence, holder: str) -> Evidence:
    """The evidence as if one organisation or role had not been there: its acts, ties, holdings.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> held = (Holding("part", "f", "Jobs", "county", day), Holding("part", "g", "Beds", "a", day))
    >>> [each.title for each in without(Evidence(holdings=held), "county").holdings]
    ['Beds']

    """
    return replace(
        evidence,
        acts=tuple(act for act in evidence.acts if act.organisation != holder),
        holdings=tuple(each for each in evidence.holdings if each.holder != holder),
        ties=tuple(tie for tie in evidence.ties if holder not in {tie.one, tie.other}),
    )


def only_holdings(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """What has one holder and no other, by kind and title.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> jobs = Holding("part", "f", "Jobs", "county", day)
    >>> both = [Holding("part", "g", "Beds", who, day) for who in ("a", "b")]
    >>> [each.title for each in only_holdings([jobs, *both])]
    ['Jobs']

    """
    given = list(holdings)
    holders: dict[tuple[str, str], set[str]] = {}
    for each in given:
        holders.setdefault((each.kind, each.thing), set()).add(each.holder)
    single = {each for each in given if len(holders[each.kind, each.thing]) == 1}
    return tuple(sorted(single, key=lambda each: (each.kind, each.title, each.thing)))


def drill(evidence: Evidence, holder: str, as_of: date, thresholds: Thresholds = DEFAULT) -> Drill:
    """Take one organisation or role away and report what breaks, at the end of a day.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> held = (Holding("part", "f", "Jobs", "county", day), Holding("part", "g", "Beds", "a", day))
    >>> [each.title for each in drill(Evidence(holdings=held), "county", day).only]
    ['Jobs']

    """
    known = at(evidence, as_of)
    left = without(known, holder)
    groups = parts(known.ties)
    return Drill(
        holder=holder,
        only=tuple(each for each in only_holdings(known.holdings) if each.holder == holder),
        parts_before=len(groups),
        parts_after=len(parts(known.ties, holder)),
        before=spreads(known.acts, thresholds),
        after=spreads(left.acts, thresholds),
    )
