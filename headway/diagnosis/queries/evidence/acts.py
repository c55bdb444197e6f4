"""Acts of leadership, what organisations hold, and who worked with whom, as records show."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from headway.diagnosis.queries.evidence.gathered import Gathered
from headway.diagnosis.queries.evidence.rows import RecordRow, View
from headway_analysis.diagnosis import Act, Holding, Leading, Role, Tie

# A meeting of more says little about who works with whom.
LARGEST_ROOM = 12
# A post stands before anybody writes down since when.
DAWN = date.min
# What the organisation behind a record did by it: each record of the kind is one act.
DONE: dict[str, tuple[Leading, str]] = {
    "forum": ("distributive", "forum_led"),
    "agreement": ("integrative", "rules_agreed"),
    "outcome": ("integrative", "decision_taken"),
    "barrier": ("catalysing", "barrier_named"),
}
# The same, once the record came into one of the states.
TURNED: dict[str, tuple[frozenset[str], Leading, str]] = {
    "partner": (frozenset({"taking_part"}), "integrative", "invitation_answered"),
    "framing": (frozenset({"adopted"}), "integrative", "framing_adopted"),
    "objection": (frozenset({"met", "taken_back"}), "integrative", "objection_met"),
    "small_test": (frozenset({"running"}), "catalysing", "test_started"),
    "pilot": (frozenset({"running"}), "catalysing", "test_started"),
}
LEADING = {*DONE, *TURNED, "recommendation"}


def acts(got: Gathered, view: View) -> Iterator[Act]:
    """Acts by organisation; an act whose organisation is not known is counted without one."""
    for row in got.rows.values():
        yield from _of_record(row, got)
    for key, owner in got.owners.items():
        if key in got.rows:
            named, begun = got.owner_on.get(key), got.rows[key].begins
            day = begun if named is None else max(view.day(named), begun)
            yield Act("distributive", "owner_named", _whose(owner, got), day, key)


def _of_record(row: RecordRow, got: Gathered) -> Iterator[Act]:
    if row.kind not in LEADING:
        return
    whose = tuple(_doers(row, got)) or ("",)
    if row.kind in DONE:
        leading, what = DONE[row.kind]
        yield from (Act(leading, what, one, row.begins, row.id) for one in whose)
    if row.kind == "recommendation":
        yield from (Act("catalysing", "idea", one, row.begins, row.id) for one in whose)
    if row.kind == "framing":
        yield from (Act("catalysing", "framing", one, row.begins, row.id) for one in whose)
    if row.kind in TURNED:
        states, leading, what = TURNED[row.kind]
        day = min((on for on, name in row.states if name in states), default=None)
        # Who simply takes part answered no invitation.
        answered = row.kind != "partner" or any(name == "invited" for _on, name in row.states)
        if day is not None and answered:
            yield from (Act(leading, what, one, day, row.id) for one in whose)


def _doers(row: RecordRow, got: Gathered) -> Iterator[str]:
    """The organisations that did it: those who draft, take part or carry out, else its own."""
    told = got.tests.get(row.id)
    found: Iterable[str] = got.authors.get(row.id, ())
    if row.kind == "partner":
        found = got.parties.get(row.id, ())
    if told is not None:
        found = (told.other,)
    yield from sorted({one for one in found if one} or {row.organisation} - {""})


def _whose(owner: str, got: Gathered) -> str:
    """An organisation; a post stands for nobody in particular here."""
    return owner if owner in got.organisations else ""


def holdings(got: Gathered, posts: Iterable[Role]) -> Iterator[Holding]:
    """Who holds what the work rests on: parts of the problem, groups, open work, roles."""
    for facet, whose in got.others("facet").items():
        if facet in got.rows:
            row = got.rows[facet]
            for one in sorted(set(whose)):
                yield Holding("part", facet, row.title, one, row.begins)
    for row in got.rows.values():
        yield from _held(row, got)
    for post in posts:
        if post.kind != "seat" and not post.deputy and post.organisation:
            yield Holding("role", post.id, post.title, post.organisation, DAWN)


def _held(row: RecordRow, got: Gathered) -> Iterator[Holding]:
    day, key = row.begins, row.id
    if row.kind == "forum" and row.organisation:
        yield Holding("forum", key, row.title, row.organisation, day)
    if row.kind == "recommendation" and row.id in got.owners:
        ended = _ended(row, "carried_out", "set_aside", "not_adopted")
        yield Holding("recommendation", key, row.title, got.owners[row.id], day, ended)
    if row.kind == "promise" and (whose := got.promised_by(row.id)):
        ended = _ended(row, "kept", "dropped", "split")
        yield Holding("promise", key, row.title, whose, day, ended)


def _ended(row: RecordRow, *states: str) -> date | None:
    """The day on which it came to an end, where its last state is one."""
    if not row.states or row.states[-1][1] not in states:
        return None
    return row.states[-1][0]


def ties(got: Gathered) -> Iterator[Tie]:
    """Organisations that sat in one small room or drafted one text: working relationships."""
    together = {**got.authors}
    for key, row in got.rows.items():
        if row.kind == "meeting" and any(name == "held" for _day, name in row.states):
            together[key] = got.parties.get(key, ())
    for key, there in together.items():
        whose = sorted(set(there))
        if key in got.rows and len(whose) <= LARGEST_ROOM:
            day = got.rows[key].begins
            yield from (Tie(one, other, day, key) for one, other in combinations(whose, 2))
