"""The three readings of leadership, each with its figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from headway_analysis.diagnosis.evidence import LEADINGS, Evidence, Leading, Tie
from headway_analysis.diagnosis.items import Item, Recommendation, Trial
from headway_analysis.diagnosis.spread import Spread, spreads
from headway_analysis.diagnosis.steps import BEGUN, Traced
from headway_analysis.diagnosis.thresholds import Thresholds
from headway_analysis.followthrough import MedianWait, Wait, median_wait

Figures = Literal[
    "roles_with_deputy",
    "forums_run_by_others",
    "cross_sector_ties",
    "sectors",
    "facts_agreed",
    "objections_closed",
    "affected_present",
    "common_ground",
    "views",
    "reframings",
    "ideas",
    "ideas_by_sectors",
    "barriers_answered",
    "tests_per_recommendation",
    "changed_after_test",
    "idea_to_test",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it is out of, what it is compared with, and what is behind it.

    Attributes:
        name: which.
        value: the number; None where nothing can be said.
        of: out of how many, where it is a count out of others.
        expected: what chance would give, where it is compared with that.
        records: ids behind it.
        prompt: whether it is worth a question.
        parts: the same by where it comes from, where it has parts.

    """

    name: Figures
    value: int | float | None
    of: int | None = None
    expected: float | None = None
    records: tuple[str, ...] = ()
    prompt: bool = False
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LeadershipReading:
    """One kind of leading: how spread its acts are, and its own figures."""

    leading: Leading
    spread: Spread
    figures: tuple[Figure, ...]

    def figure(self, name: Figures) -> Figure:
        """One of its figures."""
        return next(figure for figure in self.figures if figure.name == name)


def read_leadership(traced: Traced, thresholds: Thresholds) -> tuple[LeadershipReading, ...]:
    """The three readings at the end of a day. Each stands for itself: there is no sum of them.

    Sources: Crosby, 't Hart and Torfing (2017) for the three kinds; Ansell and Gash (2012) for
    stewards, mediators and catalysts; Torfing et al. (2020) for showing diversity beside unity.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> nothing = Traced(Evidence(), day)
    >>> from headway_analysis.diagnosis.thresholds import DEFAULT
    >>> [reading.leading for reading in read_leadership(nothing, DEFAULT)]
    ['distributive', 'integrative', 'catalysing']

    """
    found = spreads(traced.evidence.acts, thresholds)
    return tuple(
        LeadershipReading(
            leading, found[leading], tuple(make(traced, thresholds) for make in MAKERS[leading])
        )
        for leading in LEADINGS
    )


def cross_sector_share(evidence: Evidence) -> tuple[Fraction | None, Fraction | None]:
    """The share of working relationships that cross sectors, and what chance would give.

    Chance: if the sectors of the organisations that have a relationship were dealt out anew, each
    relationship would cross with probability 1 − Σ n(n−1) / N(N−1), with n organisations in a
    sector and N in all; that is the mean over all relabellings, exactly. Organisations whose sector
    nobody stated are left out, with their relationships.

    Returns both shares; None where there is no relationship, or fewer than two organisations.

    Source: Krackhardt and Stern (1988) for the index; the expectation is elementary.

    >>> from datetime import date
    >>> from headway_analysis.diagnosis.evidence import (Tie)
    >>> day, known = date(2026, 1, 8), (("a", "health"), ("b", "faith"), ("c", "faith"))
    >>> cross_sector_share(Evidence(ties=(Tie("a", "b", day, "m"),), sectors=known))
    (Fraction(1, 1), Fraction(1, 1))

    """
    sectors = {name: sector for name, sector in evidence.sectors if sector}
    pairs = {_pair(tie) for tie in evidence.ties if tie.one != tie.other}
    known = [pair for pair in pairs if pair[0] in sectors and pair[1] in sectors]
    if not known:
        return None, None
    crossing = sum(sectors[one] != sectors[other] for one, other in known)
    there = {one for one, _other in known} | {other for _one, other in known}
    sizes = Counter(sectors[name] for name in there).values()
    alike = sum(size * (size - 1) for size in sizes)
    expected = 1 - Fraction(alike, len(there) * (len(there) - 1))
    return Fraction(crossing, len(known)), expected


def _pair(tie: Tie) -> tuple[str, str]:
    return (tie.one, tie.other) if tie.one < tie.other else (tie.other, tie.one)


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _some_of(name: Figures, some: Iterable[Item], every: Iterable[Item]) -> Figure:
    """How many of all there are; worth a question where there are some and none of them."""
    found, out_of = _ids(some), _ids(every)
    return Figure(name, len(found), len(out_of), records=out_of, prompt=bool(out_of) and not found)


def _deputies(traced: Traced, _thresholds: Thresholds) -> Figure:
    roles = [role for role in traced.evidence.roles if role.kind != "seat"]
    found = sum(role.deputy for role in roles)
    return Figure(
        "roles_with_deputy",
        found,
        len(roles),
        records=tuple(role.id for role in roles),
        prompt=bool(roles) and not found,
    )


def _forums(traced: Traced, _thresholds: Thresholds) -> Figure:
    forums = [item for item in traced.of("forum") if item.holder]
    others = [item for item in forums if item.holder != traced.evidence.convener]
    return _some_of("forums_run_by_others", others, forums)


def _ties(traced: Traced, _thresholds: Thresholds) -> Figure:
    found, expected = cross_sector_share(traced.evidence)
    return Figure(
        "cross_sector_ties",
        None if found is None else float(found),
        expected=None if expected is None else float(expected),
        records=tuple(sorted({tie.record for tie in traced.evidence.ties})),
        prompt=found is not None and expected is not None and found < expected,
    )


def _sectors(traced: Traced, _thresholds: Thresholds) -> Figure:
    joined = [item for item in traced.of("partner") if item.state == "taking_part"]
    known = dict(traced.evidence.sectors)
    found = {known[party] for item in joined for party in item.parties if known.get(party)}
    return Figure("sectors", len(found), records=_ids(joined), prompt=len(found) == 1)


def _facts(traced: Traced, _thresholds: Thresholds) -> Figure:
    spoken = [item for item in traced.of("fact") if item.state in {"agreed", "disputed"}]
    return _some_of("facts_agreed", (one for one in spoken if one.state == "agreed"), spoken)


def _objections(traced: Traced, _thresholds: Thresholds) -> Figure:
    raised = traced.of("objection")
    closed = (item for item in raised if item.state in {"met", "taken_back"})
    return _some_of("objections_closed", closed, raised)


def _affected(traced: Traced, _thresholds: Thresholds) -> Figure:
    """Groups affected by the problem for which somebody takes part: `parties` names who speaks."""
    groups = traced.of("affected_group")
    return _some_of("affected_present", (one for one in groups if one.parties), groups)


def _common_ground(traced: Traced, _thresholds: Thresholds) -> Figure:
    """What was agreed; shown beside the views that differ, never alone."""
    talks = [item for item in traced.of("conversation", "vote") if item.state == "closed"]
    found = (*talks, *traced.of("outcome"))
    return Figure("common_ground", len(found), records=_ids(found))


def _views(traced: Traced, _thresholds: Thresholds) -> Figure:
    """Ways to see the problem, disputed facts and objections: where people differ."""
    disputed = [item for item in traced.of("fact") if item.first("disputed") is not None]
    found = (*traced.of("framing"), *disputed, *traced.of("objection"))
    agreed = traced.of("outcome")
    return Figure("views", len(found), records=_ids(found), prompt=bool(agreed) and len(found) <= 1)


def _reframings(traced: Traced, _thresholds: Thresholds) -> Figure:
    """Ways to see the problem that came after the first."""
    later = traced.of("framing")[1:]
    return Figure("reframings", len(later), records=_ids(later))


ORIGINS: Mapping[str, str] = {
    "statement": "conversation",
    "conversation": "conversation",
    "outcome": "common_ground",
    "barrier": "barrier",
    "effort": "elsewhere",
    "lesson": "elsewhere",
    "meeting": "meeting",
    "minute_line": "meeting",
    "framing": "reframing",
    "fact": "fact",
    "happening": "story",
    "small_test": "test",
    "pilot": "test",
}


def _ideas(traced: Traced, _thresholds: Thresholds) -> Figure:
    """Ideas by where they came from; one may have come from several things."""
    ideas = traced.recommendations
    known = {item.id for item in ideas}
    counts: dict[str, int] = {}
    for link in traced.evidence.links:
        origin = ORIGINS.get(traced.by_id[link.earlier].kind)
        if link.later in known and origin is not None:
            counts[origin] = counts.get(origin, 0) + 1
    return Figure("ideas", len(ideas), records=_ids(ideas), parts=tuple(sorted(counts.items())))


def _by_sectors(traced: Traced, _thresholds: Thresholds) -> Figure:
    written = [item for item in traced.recommendations if item.sectors]
    shared = (item for item in written if len(item.sectors) > 1)
    return _some_of("ideas_by_sectors", shared, written)


def _barriers(traced: Traced, _thresholds: Thresholds) -> Figure:
    raised = traced.of("barrier")
    answered = (item for item in raised if item.state in {"waived", "changed", "refused"})
    return _some_of("barriers_answered", answered, raised)


def _per_recommendation(traced: Traced, _thresholds: Thresholds) -> Figure:
    drafted = [item for item in traced.recommendations if item.state != "idea"]
    tests = traced.tests
    per = len(tests) / len(drafted) if drafted else None
    return Figure("tests_per_recommendation", per, len(drafted), records=_ids((*tests, *drafted)))


def _changed(traced: Traced, thresholds: Thresholds) -> Figure:
    """Tests that were adapted or abandoned; none of many is suspicious."""
    decided = [item for item in traced.tests if isinstance(item, Trial) and item.decision]
    decided = [item for item in decided if item.state == "decided"]
    changed = [item for item in decided if item.decision in {"adapt", "abandon"}]
    prompt = len(decided) >= thresholds.fewest_decided and not changed
    return Figure(
        "changed_after_test", len(changed), len(decided), records=_ids(decided), prompt=prompt
    )


def idea_to_test(traced: Traced) -> MedianWait:
    """Days from each idea to the first test on its trace; ideas without one are still open.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> nothing = Traced(Evidence(), day)
    >>> found = idea_to_test(nothing)
    >>> found.days, found.reached, found.open
    (None, 0, 0)

    """
    waits = [_to_test(idea, traced) for idea in traced.recommendations]
    return median_wait(waits)


def _to_test(idea: Recommendation, traced: Traced) -> Wait:
    followed = (item for item in traced.followed[idea.id] if isinstance(item, Trial))
    begun = min((day for item in followed if (day := item.first(*BEGUN))), default=None)
    return Wait(max(0, ((begun or traced.as_of) - idea.on).days), over=begun is not None)


def _idea_to_test(traced: Traced, _thresholds: Thresholds) -> Figure:
    found = idea_to_test(traced)
    every = _ids(traced.recommendations)
    return Figure("idea_to_test", found.days, found.reached + found.open, records=every)


Maker = Callable[[Traced, Thresholds], Figure]
MAKERS: Mapping[Leading, tuple[Maker, ...]] = {
    "distributive": (_deputies, _forums),
    "integrative": (
        _ties,
        _sectors,
        _facts,
        _objections,
        _affected,
        _common_ground,
        _views,
    ),
    "catalysing": (
        _reframings,
        _ideas,
        _by_sectors,
        _barriers,
        _per_recommendation,
        _changed,
        _idea_to_test,
    ),
}
