"""The eleven levers from talk to action: what triggers each, and what its button starts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from headway_analysis.diagnosis.evidence import CONDITIONS, Condition
from headway_analysis.diagnosis.items import Item, Phase, Recommendation, Request
from headway_analysis.diagnosis.steps import OVER, TESTS, Traced
from headway_analysis.diagnosis.tenure import gaps, vacant
from headway_analysis.diagnosis.thresholds import Thresholds

LeverKey = Literal[
    "deadline",
    "shared_facts",
    "small_win",
    "sponsor",
    "owner",
    "implementer",
    "path",
    "resources",
    "small_test",
    "report_back",
    "act_before",
]
Reason = Literal[
    "no_end",
    "no_draft",
    "disputed",
    "no_result",
    "no_supporter",
    "role_vacant",
    "no_recommendation",
    "no_owner",
    "no_promise",
    "condition_unmet",
    "step_late",
    "step_unowned",
    "nobody_may_ask",
    "need_unanswered",
    "untested",
    "effect_disputed",
    "no_public_word",
    "term_ends",
    "election",
    "budget",
]
MOST_MOVES = 2
PUBLIC_WORDS = ("happening", "lesson", "reading", "own_reading", "report")


@dataclass(frozen=True, slots=True)
class Lever:
    """One way from talk to action.

    Attributes:
        key: its name.
        condition: the condition that it serves first.
        starts: what its button starts.
        source: where it is from.

    """

    key: LeverKey
    condition: Condition
    starts: str
    source: str


LEVERS: tuple[Lever, ...] = (
    Lever(
        "deadline",
        "proposed",
        "phase with an end and a product",
        "100 days to a plan, City-County Commission to End Homelessness (2006)",
    ),
    Lever("shared_facts", "common_ground", "fact activity", "Intersector Toolkit"),
    Lever(
        "small_win",
        "result",
        "smallest useful promise",
        "Ansell and Gash (2008); Vangen and Huxham (2003)",
    ),
    Lever("sponsor", "supported", "vacancy or approach", "Crosby and Bryson (2010)"),
    Lever("owner", "proposed", "recommendation with an owner", "Koschmann et al. (2012)"),
    Lever(
        "implementer",
        "promised",
        "readiness check and promise",
        "Mazmanian and Sabatier, in Crosby and Bryson (2005)",
    ),
    Lever("path", "supported", "path to the agenda with askers", "Bryson (2004)"),
    Lever("resources", "promised", "pledge round", "Currie Avenue Partnership (2009–2010)"),
    Lever("small_test", "tested", "small test or pilot card", "Stable Families (2014–2015)"),
    Lever("report_back", "result", "public report", "Outside reporting every six months"),
    Lever("act_before", "supported", "moved date or named deputy", "Crosby and Bryson (2005)"),
)
KEYS: tuple[LeverKey, ...] = get_args(LeverKey)
BY_KEY = {lever.key: lever for lever in LEVERS}


@dataclass(frozen=True, slots=True)
class Trigger:
    """That a lever would help, why, and about what.

    Attributes:
        lever: which.
        reason: why, as a key for words.
        records: the ids behind it, the one that the button starts from first.
        days: how many days the reason speaks of; None where it speaks of none.
        by: the day by which it is to be done; None where none presses.
        names: what the words name: a step, a role, a condition.

    """

    lever: LeverKey
    reason: Reason
    records: tuple[str, ...]
    days: int | None = None
    by: date | None = None
    names: tuple[str, ...] = ()


def triggered(traced: Traced, thresholds: Thresholds) -> tuple[Trigger, ...]:
    """Every lever whose trigger holds, once each, in the order of the table.

    Where one lever has several reasons, the most pressing one is told: the one with the earliest
    day, else the first of the table; what is behind the other reasons of the same kind is told too.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> nothing = Traced(Evidence(), day)
    >>> from headway_analysis.diagnosis.thresholds import DEFAULT
    >>> isinstance(triggered(nothing, DEFAULT), tuple)
    True

    """
    return tuple(
        found
        for key in KEYS
        if (found := _told(key, list(TRIGGERS[key](traced, thresholds)))) is not None
    )


def _told(key: LeverKey, found: list["Because"]) -> Trigger | None:
    if not found:
        return None
    # Of several with one day the first that was found is told.
    first = min(found, key=lambda one: one.by or date.max)
    alike = [one for one in found if one.reason == first.reason]
    records = dict.fromkeys((first.record, *(one.record for one in alike)))
    records.pop("", None)
    return Trigger(key, first.reason, tuple(records), first.days, first.by, first.names)


@dataclass(frozen=True, slots=True)
class Because:
    """One reason about one record."""

    reason: Reason
    record: str
    days: int | None = None
    by: date | None = None
    names: tuple[str, ...] = ()


def moves(
    found: Iterable[Trigger],
    traced: Traced,
    waited_on: Condition | None,
    thresholds: Thresholds,
) -> tuple[Trigger, ...]:
    """At most two next moves out of the levers that would help.

    In this order: what serves the condition that is waited on; what has to be done by a day, the
    earliest first; what serves an earlier condition; the order of the table. A lever that somebody
    took or declined rests for so many days, and is then asked again if its trigger still holds.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> nothing = Traced(Evidence(), day)
    >>> from headway_analysis.diagnosis.thresholds import DEFAULT
    >>> moves((), nothing, None, DEFAULT)
    ()

    """
    rested = timedelta(thresholds.rest_days)
    resting = {each.lever for each in traced.evidence.answers if traced.as_of - each.on < rested}
    free = [trigger for trigger in found if trigger.lever not in resting]
    return tuple(sorted(free, key=lambda one: _rank(one, waited_on))[:MOST_MOVES])


def _rank(trigger: Trigger, waited_on: Condition | None) -> tuple[bool, date, int, int]:
    condition = BY_KEY[trigger.lever].condition
    return (
        condition != waited_on,
        trigger.by or date.max,
        CONDITIONS.index(condition),
        KEYS.index(trigger.lever),
    )


def _deadline(traced: Traced, thresholds: Thresholds) -> Iterator[Because]:
    for phase in traced.of("phase"):
        if not isinstance(phase, Phase) or phase.state == "closed":
            continue
        if phase.ends is not None and phase.ends < traced.as_of:
            continue
        days = (traced.as_of - phase.on).days
        if phase.ends is None:
            yield Because("no_end", phase.id, days)
        elif days > thresholds.phase_days and not _drafted(phase, traced):
            yield Because("no_draft", phase.id, days)


def _drafted(phase: Phase, traced: Traced) -> bool:
    return any(
        item.forum == phase.forum and (item.first("draft", "adopted") or date.min) >= phase.on
        for item in traced.recommendations
    )


def _shared_facts(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    adopted = any(item.state == "adopted" for item in traced.of("framing"))
    for fact in traced.of("fact"):
        rests = any(isinstance(each, Recommendation) for each in traced.after(fact.id))
        if fact.state == "disputed" and (adopted or rests):
            yield Because("disputed", fact.id, (traced.as_of - fact.since).days)


def _begun(traced: Traced) -> tuple[date, str] | None:
    """The first day on which the initiative met or promised, and the record behind it."""
    held = (item for item in traced.of("meeting") if item.state == "held")
    days = (((item.first("held") or item.on), item.id) for item in held)
    return min((*days, *((item.on, item.id) for item in traced.pledges)), default=None)


def _small_win(traced: Traced, thresholds: Thresholds) -> Iterator[Because]:
    begun = _begun(traced)
    if begun is None:
        return
    day, record = max((begun, *traced.results[-1:]), key=lambda one: one[0])
    if (days := (traced.as_of - day).days) > thresholds.win_days:
        yield Because("no_result", record, days)


def _sponsor(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    for request in traced.requests:
        if request.is_ahead(traced.as_of) and not request.backed:
            yield Because("no_supporter", request.id, by=request.vote_on)
    for role in vacant(traced):
        yield Because("role_vacant", role.id, names=(role.title,))


def _owner(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    for item in traced.recommendations:
        if item.state in {"draft", "adopted"} and not item.owner:
            yield Because("no_owner", item.id, (traced.as_of - item.on).days)
    talks = (item for item in traced.of("conversation") if item.state == "closed")
    for agreed in (*talks, *traced.of("outcome")):
        if not _led_on(agreed, traced):
            yield Because("no_recommendation", agreed.id, (traced.as_of - agreed.since).days)


LED_ON = frozenset({"recommendation", "promise", "ask"})


def _led_on(item: Item, traced: Traced) -> bool:
    """Whether it is about a recommendation, or something to be done followed from it."""
    about = (traced.by_id[key] for key in traced.preceders.get(item.id, ()))
    return any(each.kind in LED_ON for each in (*about, *traced.after(item.id)))


def _implementer(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    for item in traced.approved:
        if item.state == "carried_out":
            continue
        if not any(each.kind == "promise" for each in traced.followed[item.id]):
            since = traced.reached[item.id]["approved"]
            yield Because("no_promise", item.id, (traced.as_of - since).days)
        elif item.unmet:
            yield Because("condition_unmet", item.id, names=item.unmet)


def _path(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    for request in traced.requests:
        if request.is_open and request.vote_on is not None:
            yield from _path_of(request, traced.as_of)


def _path_of(request: Request, today: date) -> Iterator[Because]:
    for step in sorted(request.steps, key=lambda one: (one.due or date.max, one.title)):
        if step.done_on is not None:
            continue
        if step.due is not None and step.due < today:
            late = (today - step.due).days
            yield Because("step_late", request.id, late, request.vote_on, (step.title,))
        elif not step.owner:
            yield Because("step_unowned", request.id, None, step.due, (step.title,))
    if not request.may_ask:
        yield Because("nobody_may_ask", request.id, None, request.vote_on)


def _resources(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    approved = {item.id for item in traced.approved}
    answered = {link.target for link in traced.evidence.links if link.kind == "answers"}
    for need in traced.of("need"):
        options = {key for key in traced.preceders.get(need.id, ()) if key in traced.followed}
        wanted = options & approved if options else approved
        if need.id not in answered and wanted:
            yield Because("need_unanswered", need.id, (traced.as_of - need.on).days)


def _small_test(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    approved = {item.id for item in traced.approved}
    for item in traced.recommendations:
        followed = traced.followed[item.id]
        if any(each.kind in TESTS and each.state not in OVER for each in followed):
            continue
        tested = any(each.kind in TESTS for each in followed)
        disputed = any(each.kind == "objection" and each.state == "open" for each in followed)
        if disputed and item.state in {"idea", "draft"}:
            yield Because("effect_disputed", item.id)
        elif item.id in approved and item.state == "adopted" and not tested:
            since = traced.reached[item.id]["approved"]
            yield Because("untested", item.id, (traced.as_of - since).days)


def _report_back(traced: Traced, thresholds: Thresholds) -> Iterator[Because]:
    begun = _begun(traced)
    if begun is None:
        return
    said = [(item.on, item.id) for item in traced.of(*PUBLIC_WORDS) if item.public]
    day, record = max((begun, *said), key=lambda one: one[0])
    if (days := (traced.as_of - day).days) > thresholds.public_days:
        yield Because("no_public_word", record, days)


def _act_before(traced: Traced, _thresholds: Thresholds) -> Iterator[Because]:
    for gap in gaps(traced):
        reason: Reason = "term_ends" if gap.kind == "term" else gap.kind
        if not gap.deputy:
            yield Because(reason, gap.milestone.record, gap.days, gap.ends, (gap.title,))


Maker = Callable[[Traced, Thresholds], Iterator[Because]]
TRIGGERS: dict[LeverKey, Maker] = {
    "deadline": _deadline,
    "shared_facts": _shared_facts,
    "small_win": _small_win,
    "sponsor": _sponsor,
    "owner": _owner,
    "implementer": _implementer,
    "path": _path,
    "resources": _resources,
    "small_test": _small_test,
    "report_back": _report_back,
    "act_before": _act_before,
}
