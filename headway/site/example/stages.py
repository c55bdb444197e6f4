"""Gives the example's reports a place in the stages: meetings, the plan, requests, promises.

Each record is reported by its source and came from the dated sentence that tells it. Nothing is
made up: where a report names no vote, no owner and no day, the record has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.arenas.actions import (
    RuleWords,
    make_ask,
    move_ask,
    name_arena,
    record_decision,
    set_rule,
)
from headway.arenas.models import Arena, Ask, DecisionRule
from headway.commitments.actions import keep_promise, promise
from headway.commitments.models import Commitment
from headway.directory.models import Organisation
from headway.forums.actions import open_forum, record_meeting
from headway.forums.models import Forum
from headway.initiatives.actions import append_state, link_records
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Happening, Initiative, Link, Record
from headway.initiatives.provenance import Provenance
from headway.measures.actions import say_what_moves
from headway.measures.models import Measure
from headway.problems.models import Problem
from headway.site.formats.example_csv import ActionRow, Cited, EventRow
from headway.solutions.actions import (
    Money,
    add_funding,
    bring_idea,
    move_solution,
    revise_solution,
)
from headway.solutions.actions.outcomes import record_outcome
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate, parse

COMMISSION: Final = "City-County Commission to End Homelessness"
BOARD: Final = "Hennepin County Board of Commissioners"
COUNCIL: Final = "Minneapolis City Council"
MET: Final = ("2006-03-29", "2006-06-16", "2006-07-12")
PLAN: Final = "Heading Home Hennepin: the ten-year plan"
PLAN_TEXT: Final = (
    "A 79-page plan with six goals: prevent homelessness, coordinate outreach, develop housing,"
    " improve services, build capacity for self-support, improve the system."
)
PLAN_DAY: Final = "2006-07-12"
PLAN_OWNER: Final = "Hennepin County"
PLAN_HELD: Final = "The commission ends its 100 days with a plan of 79 pages and six goals."
PLAN_MOVES: Final = "pit_overall"
# How often a promise was written when nothing but its first state stands.
JUST_NOTED: Final = 2
COST, COVERED = Decimal(147_000_000), Decimal(102_000_000)
APPROVED: Final = {"2006-11-28": BOARD, "2006-12-01": COUNCIL}
SHELTER_ASK: Final = "2019-10"
RESOLVED: Final = "2024-03-05"
RULED: Final = "Minneapolis City Council: 13 members"


@dataclass
class Stages:
    """Carries reports into the stages of one initiative."""

    by: Actor
    initiative: Initiative
    organisations: dict[str, Organisation]
    provenance: Callable[[Cited], Provenance]
    actions: dict[str, Solution] = field(default_factory=dict)

    def take(self, row: EventRow) -> None:
        """Give one event of the timeline the record of its stage, where it has one."""
        told = self._told(row)
        if row.kind == "forum" and row.date in MET:
            self._meeting(row, told)
        if row.date == PLAN_DAY:
            self.plan(row, told)
        if row.date in APPROVED and row.kind == "arena decision":
            self._approval(row, told)
        if row.date == SHELTER_ASK and row.kind == "arena ask":
            self._shelter(row, told)
        if row.date == RESOLVED and row.kind == "arena decision":
            self._resolution(row, told)
        if row.event.startswith(RULED):
            self._rule(row)

    def _told(self, row: EventRow) -> Record | None:
        """The dated sentence of an event, on which its record stands."""
        source = self.provenance(row.source).source
        told = Happening.objects.in_initiative(self.initiative).filter(
            text=row.event, record__source=source
        )
        found = told.select_related("record__initiative__stream").first()
        return found.record if found else None

    def _came_from(self, record: Record, told: Record | None) -> None:
        if told is not None and not told.withdrawn and not record.withdrawn:
            kind = Link.Kind.CAME_FROM
            link_records(by=self.by, origin=record, target=told, kind=kind)

    def _forum(self, row: EventRow) -> Forum:
        known = Forum.objects.in_initiative(self.initiative).filter(record__title=COMMISSION)
        return known.select_related("record__initiative__stream").first() or open_forum(
            by=self.by,
            initiative=self.initiative,
            name=COMMISSION,
            purpose="70 members who wrote the plan in 100 days.",
            led_by=self.organisations[COMMISSION],
            when=parse(MET[0]),
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(row.source),
        )

    def _meeting(self, row: EventRow, told: Record | None) -> None:
        meeting = record_meeting(
            by=self.by,
            forum=self._forum(row),
            when=parse(row.date),
            title=title_of(row.event),
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(row.source),
        )
        self._came_from(meeting.record, told)

    def plan(self, row: EventRow, told: Record | None) -> None:
        """The plan as one recommendation, with its cost and the money that was found."""
        provenance = self.provenance(row.source)
        plan = bring_idea(
            by=self.by,
            initiative=self.initiative,
            title=PLAN,
            text=PLAN_TEXT,
            organisations=[self.organisations[COMMISSION]],
            owner=self.organisations[PLAN_OWNER],
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=parse(row.date),
        )
        if plan.record.withdrawn:
            return
        record_outcome(
            by=self.by,
            initiative=self.initiative,
            text=PLAN_HELD,
            organisation=self.organisations[COMMISSION],
            came_from=told,
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=parse(row.date),
        )
        self._came_from(plan.record, told)
        self._answers_the_problem(plan.record)
        if plan.cost is None:
            revise_solution(
                by=self.by,
                solution=plan,
                title=PLAN,
                text=plan.text,
                cost=COST,
                cost_note="as reported in July 2006",
            )
        money = Money(
            amount=COVERED, status="committed", giver_as_said="existing or projected, as reported"
        )
        add_funding(by=self.by, solution=plan, money=money, provenance=provenance)

    def _answers_the_problem(self, record: Record) -> None:
        problems = Problem.objects.in_initiative(self.initiative).live()
        for problem in problems.select_related("record__initiative__stream"):
            kind = Link.Kind.ANSWERS
            link_records(by=self.by, origin=record, target=problem.record, kind=kind)

    def _plan(self) -> Solution | None:
        found = Solution.objects.in_initiative(self.initiative).live().filter(record__title=PLAN)
        return found.select_related("record__initiative__stream").first()

    def _arena(self, name: str, row: EventRow) -> Arena:
        return name_arena(
            by=self.by,
            initiative=self.initiative,
            organisation=self.organisations[name],
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(row.source),
        )

    def _approval(self, row: EventRow, told: Record | None) -> None:
        """A request made of the plan and the body's yes; no report names how many voted."""
        plan, provenance = self._plan(), self.provenance(row.source)
        arena = self._arena(APPROVED[row.date], row)
        ask = make_ask(
            by=self.by,
            arena=arena,
            title=f"Approve the plan ({arena.organisation.name})",
            text=f"Approve the ten-year plan. Asked of: {arena.organisation.name}.",
            solution=plan,
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=parse(row.date),
        )
        decision = record_decision(
            by=self.by,
            arena=arena,
            result="adopted",
            title=title_of(row.event),
            text=row.event,
            ask=ask,
            link=row.source.url,
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=parse(row.date),
        )
        self._came_from(decision.record, told)
        if plan is not None and plan.state in {Solution.State.IDEA, Solution.State.DRAFT}:
            self._move(plan, Solution.State.ADOPTED, provenance, parse(row.date))

    def _move(
        self, row: Solution, state: str, provenance: Provenance, when: PartialDate | None = None
    ) -> None:
        move_solution(by=self.by, solution=row, state=state, provenance=provenance, when=when)

    def _shelter(self, row: EventRow, told: Record | None) -> None:
        """A request that the report says was made; no report says what became of it."""
        provenance, when = self.provenance(row.source), parse(row.date)
        ask = make_ask(
            by=self.by,
            arena=self._arena(BOARD, row),
            title="Expand shelter in the 2020 budget",
            text=row.event,
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=when,
        )
        if ask.state == Ask.State.DRAFT:
            move_ask(by=self.by, ask=ask, state="submitted", when=when, provenance=provenance)
        self._came_from(ask.record, told)

    def _resolution(self, row: EventRow, told: Record | None) -> None:
        decision = record_decision(
            by=self.by,
            arena=self._arena(BOARD, row),
            result="adopted",
            title=title_of(row.event),
            text=row.event,
            link=row.source.url,
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(row.source),
            when=parse(row.date),
        )
        self._came_from(decision.record, told)

    def _rule(self, row: EventRow) -> None:
        """More than half of all thirteen members, as the council's own agenda says."""
        arena = self._arena(COUNCIL, row)
        if not DecisionRule.objects.filter(arena=arena).exists():
            words = RuleWords(basis="members", quorum=7, note=row.event)
            provenance = self.provenance(row.source)
            set_rule(by=self.by, arena=arena, words=words, provenance=provenance)

    def move(self, measures: Mapping[str, Measure]) -> None:
        """Say which count the plan is meant to bring down."""
        plan, measure = self._plan(), measures[PLAN_MOVES]
        if plan is not None and not measure.record.withdrawn:
            say_what_moves(by=self.by, record=plan.record, measure=measure)

    def action(self, row: ActionRow, measures: Mapping[str, Measure]) -> None:
        """One action of the plan, and the promise of whoever was named for it, if anybody was."""
        provenance, plan = self.provenance(row.source), self._plan()
        owner = self.organisations.get(row.organisation)
        solution = bring_idea(
            by=self.by,
            initiative=self.initiative,
            text=f"{row.action}\n\nGoal: {row.goal}\nStatus as reported: {row.status}",
            title=title_of(row.action),
            organisations=[owner] if owner else [],
            owner=owner,
            came_from=plan.record if plan else None,
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=row.said,
        )
        if solution.record.withdrawn:
            return
        self.actions[row.action] = solution
        if solution.state == Solution.State.IDEA:
            self._move(solution, Solution.State.DRAFT, provenance, row.said)
            if row.state != Solution.State.DRAFT:
                self._move(solution, row.state, provenance, row.since)
        self._promise(row, solution, provenance, measures.get(row.moves))

    def _promise(
        self, row: ActionRow, solution: Solution, provenance: Provenance, moves: Measure | None
    ) -> None:
        made = promise(
            by=self.by,
            initiative=self.initiative,
            text=row.action,
            organisation=self.organisations.get(row.organisation),
            organisation_as_said=row.owner if row.owner_stated else "",
            due=row.due,
            came_from=solution.record,
            visibility=Visibility.PUBLIC,
            provenance=provenance,
            when=row.said,
        )
        untouched = made.record.revision <= JUST_NOTED and made.state == Commitment.State.INTENT
        if not untouched or made.record.withdrawn:
            return
        if moves is not None and not moves.record.withdrawn:
            say_what_moves(by=self.by, record=made.record, measure=moves)
        if row.state == Solution.State.CARRIED_OUT:
            keep_promise(
                by=self.by,
                commitment=made,
                evidence=row.status,
                when=row.since,
                provenance=provenance,
            )
        else:
            append_state(
                record=made.record,
                state="as_reported",
                by=self.by,
                when=row.since or row.said,
                because=row.status,
                provenance=provenance,
            )
