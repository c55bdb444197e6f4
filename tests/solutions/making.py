"""Makers of ideas, recommendations and what stands beside them."""

from datetime import date
from decimal import Decimal

from headway.accounts.actor import Actor
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Initiative, Mandate
from headway.initiatives.provenance import reported
from headway.solutions import actions
from headway.solutions.actions import Money
from headway.solutions.models import Amendment, Barrier, Criterion, Funding, Solution
from tests.world import World

HALLS = "Open the church halls on cold nights"
DEADLINE = date(2026, 12, 1)


def an_idea(world: World, title: str = HALLS, **changes: object) -> Solution:
    """An idea of the shelter and the county's office."""
    said: dict[str, object] = {"organisations": [world.shelter, world.office]}
    return actions.bring_idea(
        by=world.actor("partner"),
        initiative=world.hennepin,
        title=title,
        text=f"{title}, from November to April.",
        **(said | changes),
    )


def a_recommendation(world: World, title: str = HALLS, **changes: object) -> Solution:
    """The same, being drafted."""
    idea = an_idea(world, title, **changes)
    actions.start_recommendation(by=world.actor(), solution=idea)
    return Solution.objects.get(pk=idea.pk)


def a_change(
    world: World, solution: Solution, text: str = "Open two halls first.", **changes: object
) -> Amendment:
    """A suggested change of the evaluator."""
    return actions.suggest_change(
        by=world.actor("evaluator"),
        solution=solution,
        text=text,
        reason="Two halls have beds already",
        **changes,
    )


def some_money(
    world: World,
    solution: Solution,
    amount: str = "102000000",
    status: str = Funding.Status.COMMITTED,
    **changes: object,
) -> Funding:
    """Money of the county for a recommendation."""
    said: dict[str, object] = {"giver": world.office, "fiscal_year": "2026"}
    money = Money(Decimal(amount), status, **(said | changes))
    return actions.add_funding(by=world.actor(), solution=solution, money=money)


def cost(world: World, solution: Solution, amount: str, *, bought: bool = False) -> Solution:
    """The recommendation with what it costs."""
    actions.revise_solution(
        by=world.actor(),
        solution=solution,
        title=solution.record.title,
        text=solution.text,
        expects="Nobody sleeps outside in January",
        cost=Decimal(amount),
        bought=bought,
    )
    return Solution.objects.get(pk=solution.pk)


def a_barrier(world: World, blocks: Solution | None = None) -> Barrier:
    """A rule that the county's office can waive."""
    return actions.note_barrier(
        by=world.actor(),
        initiative=world.hennepin,
        title="No sprinklers",
        text="Halls may not sleep guests without sprinklers",
        kind=Barrier.Kind.RULE,
        blocks=blocks,
        waiver=world.office,
    )


def a_criterion(world: World, title: str = "How soon it helps", weight: int = 2) -> Criterion:
    """One thing by which recommendations are judged."""
    return actions.add_criterion(
        by=world.actor(),
        initiative=world.hennepin,
        title=title,
        text="1: after five years, 5: within three months",
        weight=weight,
    )


def let_decide(
    world: World, role: str = "partner", organisation: Organisation | None = None
) -> None:
    """Let a member speak for an organisation in votes and decisions."""
    give_mandate(
        by=world.actor(),
        member=world.members[role],
        organisation=organisation or world.shelter,
        scope=Mandate.Scope.DECISIONS,
        given_by="Director, letter of March 3",
    )


def fill(world: World) -> None:
    """At least one record of every kind here, in every interesting state."""
    by = world.actor()
    an_idea(world, "Pay landlords a bonus")
    drafted = cost(world, a_recommendation(world), "147000000", bought=True)
    actions.name_owner(by=by, solution=drafted, owner=world.office)
    some_money(world, drafted, deadline=DEADLINE, restriction="only for families")
    some_money(
        world, drafted, "20000000", Funding.Status.ASKED, giver=None, giver_as_said="State fund"
    )
    waived = a_barrier(world, drafted)
    actions.move_barrier(by=by, barrier=waived, state=Barrier.State.ASKED)
    actions.move_barrier(by=by, barrier=waived, state=Barrier.State.WAIVED, answer="until May")
    actions.note_barrier(by=by, initiative=world.hennepin, text="We always did it so")
    a_change(world, drafted)
    actions.accept_change(by=by, amendment=a_change(world, drafted, "Open three halls."))
    actions.refuse_change(by=by, amendment=a_change(world, drafted, "Open none."), because="No.")
    actions.promote_change(by=by, amendment=a_change(world, drafted, "Open schools."))
    let_decide(world)
    actions.declare_interest(
        by=world.actor("partner"),
        solution=drafted,
        organisation=world.shelter,
        text="We would run two of the halls",
    )
    criterion = a_criterion(world)
    actions.score(
        by=world.actor("evaluator"),
        solution=drafted,
        criterion=criterion,
        points=4,
        because="Two counties did it within a year",
    )
    adopted = a_recommendation(world, "Hire ten outreach workers")
    actions.move_solution(by=by, solution=adopted, state=Solution.State.ADOPTED)
    aside = a_recommendation(world, "Build a new shelter downtown")
    actions.move_solution(
        by=by, solution=aside, state=Solution.State.SET_ASIDE, because="no site was found"
    )
    actions.close_suggestions(by=by, solution=aside)


def fill_with(by: Actor, initiative: Initiative, organisation: Organisation, title: str) -> None:
    """One record of every kind here, each with a word in its title."""
    solution = actions.bring_idea(
        by=by, initiative=initiative, title=title, text=title, organisations=[organisation]
    )
    actions.suggest_change(by=by, solution=solution, text=f"{title} soon", reason=title)
    actions.note_barrier(by=by, initiative=initiative, text=title, blocks=solution)
    actions.add_criterion(by=by, initiative=initiative, title=title)
    money = Money(Decimal(1), Funding.Status.ASKED, giver_as_said=title)
    actions.add_funding(by=by, solution=solution, money=money)
    source = record_source(by=by, authority=initiative.authority, title="Minutes of March 3")
    actions.declare_interest(
        by=by,
        solution=solution,
        organisation=organisation,
        text=title,
        provenance=reported(source),
    )
