"""What Riverbend proposes, votes on among itself, and asks of its council."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from headway.arenas.actions import (
    RuleWords,
    limit_advocacy,
    make_ask,
    move_ask,
    name_arena,
    note_on_record,
    record_decision,
    set_rule,
)
from headway.arenas.models import AdvocacyLimit, Arena, Ask, OnRecord
from headway.initiatives.models import Initiative
from headway.site.example.riverbend.clock import Clock
from headway.site.example.riverbend.ground import Ground
from headway.site.example.riverbend.place import CENTER, CITY, COLLEGE, COUNCIL, HOSPITAL, Place
from headway.solutions.actions import (
    Money,
    add_funding,
    bring_idea,
    name_owner,
    note_barrier,
    revise_solution,
    start_recommendation,
)
from headway.solutions.actions.ballots import OptionLine, VoteRule, open_ballot, prepare_ballot
from headway.solutions.models import Ballot, Barrier, Funding, Solution

VOTE_IN: Final = 21
COST: Final = Decimal(180_000)
IN_HAND: Final = Decimal(120_000)
MINUTES: Final = "https://riverbend.example/minutes"


@dataclass(frozen=True)
class Asking:
    """What acting stands on."""

    visits: Solution
    classes: Solution
    ask: Ask

    @classmethod
    def done(cls, clock: Clock, initiative: Initiative, place: Place, ground: Ground) -> "Asking":
        """From the first idea to the request that waits for its vote."""
        visits = _visits(clock, initiative, place, ground)
        classes = _idea(clock, initiative, place, "Balance classes in each ward", CENTER, -290)
        lamps = _idea(
            clock, initiative, place, "Lamps that light at night by themselves", COLLEGE, -60
        )
        _ballot(clock, initiative, ground, (classes, lamps))
        note_barrier(
            by=clock.convener(-90),
            initiative=initiative,
            title="Addresses may not be passed on",
            text="The fire department may not tell the city at which address somebody fell.",
            kind=Barrier.Kind.RULE,
            blocks=visits,
            waiver=place.organisations[CITY],
        )
        return cls(visits, classes, _ask(clock, initiative, place, visits))


def _idea(
    clock: Clock, initiative: Initiative, place: Place, title: str, whose: str, days: int
) -> Solution:
    return bring_idea(
        by=clock.convener(days),
        initiative=initiative,
        title=title,
        text=f"{title}, free for everybody over 75.",
        organisations=[place.organisations[whose]],
    )


def _visits(clock: Clock, initiative: Initiative, place: Place, ground: Ground) -> Solution:
    """A recommendation with owner, cost and a gap."""
    by = clock.convener(-280)
    visits = bring_idea(
        by=by,
        initiative=initiative,
        title="A nurse looks at each home",
        text="A nurse and a handyman visit people over 75 and mend what they may fall over.",
        organisations=[place.organisations[HOSPITAL], place.organisations[CITY]],
        forum=ground.forum,
    )
    start_recommendation(by=by, solution=visits)
    name_owner(by=by, solution=visits, owner=place.organisations[HOSPITAL])
    revise_solution(
        by=clock.convener(-100),
        solution=visits,
        title=visits.record.title,
        text=visits.text,
        expects="A third fewer falls in the homes that are visited",
        cost=COST,
        cost_note="for one year, 600 homes",
    )
    money = Money(
        amount=IN_HAND, status=Funding.Status.COMMITTED, giver=place.organisations[HOSPITAL]
    )
    add_funding(by=clock.convener(-95), solution=visits, money=money)
    return Solution.objects.select_related("record__initiative__stream").get(pk=visits.pk)


def _ballot(
    clock: Clock, initiative: Initiative, ground: Ground, options: tuple[Solution, ...]
) -> None:
    """An open vote on what comes next, six days before its end."""
    ballot = prepare_ballot(
        by=clock.convener(-5),
        initiative=initiative,
        title="What do we try next?",
        text="Rank what we try after the home visits.",
        options=[OptionLine(solution=each) for each in options],
        rule=VoteRule(
            rule=Ballot.Rule.RANKING,
            method=Ballot.Method.SCHULZE,
            voices=Ballot.Voices.PERSONS,
            closes_at=clock.at(6, 17),
        ),
        forum=ground.forum,
    )
    open_ballot(by=clock.convener(-5, 11), ballot=ballot)


def _ask(clock: Clock, initiative: Initiative, place: Place, visits: Solution) -> Ask:
    """A request whose vote comes after the sponsor's term ends."""
    arena = name_arena(
        by=clock.convener(-110), initiative=initiative, organisation=place.organisations[COUNCIL]
    )
    _rule(clock, arena)
    ask = make_ask(
        by=clock.convener(-80),
        arena=arena,
        title="Pay for a third of the home visits",
        text="60,000 dollars for one year of home visits, beside what the hospital gives.",
        solution=visits,
        vote_on=clock.day(VOTE_IN),
    )
    move_ask(by=clock.convener(-25), ask=ask, state=Ask.State.SUBMITTED)
    limit_advocacy(
        by=clock.partner(-24),
        ask=ask,
        organisation=place.organisations[CENTER],
        limit=AdvocacyLimit.Limit.MAY_ASK,
    )
    said = (
        (0, OnRecord.Stance.FOR, "My mother would still live at home."),
        (1, OnRecord.Stance.UNKNOWN, "I want to see what the first homes came to."),
    )
    for number, stance, text in said:
        note_on_record(
            by=clock.convener(-20, 10 + number),
            ask=ask,
            kind=OnRecord.Kind.STATEMENT,
            post=place.seats[number],
            text=text,
            stance=stance,
            link=f"{MINUTES}#{number + 1}",
            when=clock.on(-20),
        )
    return ask


def _rule(clock: Clock, arena: Arena) -> None:
    """How the council decides, and what it decided once before."""
    set_rule(by=clock.convener(-110), arena=arena, words=RuleWords(basis="members", quorum=3))
    record_decision(
        by=clock.convener(-105),
        arena=arena,
        result="adopted",
        title="Resolution on falls (illustrative)",
        text="The council asks its departments to work on falls together.",
        link=f"{MINUTES}#resolution",
        when=clock.on(-106),
    )
