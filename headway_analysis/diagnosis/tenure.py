"""The end of every term against the milestones that need it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from headway_analysis.diagnosis.evidence import Role
from headway_analysis.diagnosis.items import Phase
from headway_analysis.diagnosis.steps import Traced

STEADY = frozenset({"sponsor", "champion", "coordinator"})
MilestoneKind = Literal["vote", "promise", "test", "phase"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that somebody's role is needed on.

    Attributes:
        record: id of the record.
        kind: what happens then.
        on: the day.
        roles: ids of the roles that it needs beside sponsor, champion and coordinator.

    """

    record: str
    kind: MilestoneKind
    on: date
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gap:
    """That a term, or the time before an election or budget, ends before a milestone.

    Attributes:
        cause: id of the role or of the turn.
        title: what it is called.
        kind: `term`, `election` or `budget`.
        ends: the last day before it.
        milestone: the first milestone after it.
        days: how many days lie in between.
        deputy: whether somebody is named who steps in.

    """

    cause: str
    title: str
    kind: Literal["term", "election", "budget"]
    ends: date
    milestone: Milestone
    days: int
    deputy: bool = False


def milestones(traced: Traced) -> tuple[Milestone, ...]:
    """Votes, promises, tests and phases that lie ahead, the next one first.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> nothing = Traced(Evidence(), day)
    >>> milestones(nothing)
    ()

    """
    today = traced.as_of
    found = [
        Milestone(item.id, "vote", item.vote_on, item.seats)
        for item in traced.requests
        if item.is_open and item.vote_on is not None and item.vote_on >= today
    ]
    found += [
        Milestone(item.id, "promise", item.due, frozenset({item.owner} - {""}))
        for item in traced.pledges
        if item.is_open and item.due is not None and item.due >= today
    ]
    found += [
        Milestone(item.id, "test", item.ends, frozenset({item.role} - {""}))
        for item in traced.tests
        if item.is_running and item.ends is not None and item.ends >= today
    ]
    found += [
        Milestone(item.id, "phase", item.ends)
        for item in traced.of("phase")
        if isinstance(item, Phase) and item.ends is not None and item.ends >= today
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.record)))


def gaps(traced: Traced) -> tuple[Gap, ...]:
    """Terms that end before a milestone that needs them, and elections and budgets before votes.

    A seat is needed on its body's votes, the post that answers for a promise on its day, the role
    that decides a test at its end; sponsor, champion and coordinator on all of them. An election or
    a budget counts before a vote only, because it changes what a body cares for. Each is told with
    its first milestone; a role whose holder's end is not known is not told.

    >>> from headway_analysis.diagnosis import Evidence, Request
    >>> vote = Request(id="r", kind="ask", on=date(2026, 1, 8), vote_on=date(2026, 6, 1))
    >>> post = Role("s", "sponsor", "Mayor", terms=((None, date(2026, 5, 2)),))
    >>> [(gap.title, gap.days) for gap in gaps(Traced(Evidence(items=(vote,), roles=(post,)),
    ...     date(2026, 3, 1)))]
    [('Mayor', 30)]

    """
    ahead = milestones(traced)
    found = [gap for role in traced.evidence.roles if (gap := _of_role(role, ahead, traced.as_of))]
    votes = [milestone for milestone in ahead if milestone.kind == "vote"]
    for turn in traced.evidence.turns:
        first = next((vote for vote in votes if turn.on < vote.on), None)
        if turn.on >= traced.as_of and first is not None:
            days = (first.on - turn.on).days
            found.append(Gap(turn.id, turn.title, turn.kind, turn.on, first, days))
    return tuple(sorted(found, key=lambda gap: (gap.ends, gap.cause)))


def _of_role(role: Role, ahead: tuple[Milestone, ...], today: date) -> Gap | None:
    ends = role.ends(today)
    if ends is None:
        return None
    needs = (one for one in ahead if role.kind in STEADY or role.id in one.roles)
    first = next((one for one in needs if one.on > ends), None)
    if first is None:
        return None
    return Gap(role.id, role.title, "term", ends, first, (first.on - ends).days, role.deputy)


def vacant(traced: Traced) -> tuple[Role, ...]:
    """Roles of a sponsor or champion that nobody holds on the day.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence, Role
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> sponsor = Role("p", "sponsor", "Sponsor", "county", (), False)
    >>> [role.title for role in vacant(Traced(Evidence(roles=(sponsor,)), day))]
    ['Sponsor']

    """
    wanted = (role for role in traced.evidence.roles if role.kind in {"sponsor", "champion"})
    return tuple(role for role in wanted if not role.held(traced.as_of))
