"""What can be done with a recommendation, the most pressing first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.initiatives.pages.detail import Step, address
from headway.initiatives.reader import Reader
from headway.solutions.models import BallotOption, Solution
from headway.solutions.models.solution import STEPS
from headway.solutions.queries.money import Sums
from headway.solutions.queries.parts import withdraw_step

State = Solution.State
WORKED_ON = {State.IDEA, State.DRAFT}


@dataclass(frozen=True)
class Standing:
    """What is known about a recommendation that decides on the next step."""

    open_changes: int
    unasked: int
    open_vote: BallotOption | None
    money: Sums
    drafts: bool


def _all_steps(solution: Solution, reader: Reader, standing: Standing) -> list[Step]:
    """What can be done, the most pressing first."""
    found = _vote_steps(standing, reader)
    if standing.drafts:
        found += _draft_steps(solution, reader, standing)
    if solution.state == State.DRAFT and reader.may("solutions.prepare_ballot"):
        href = address(reader, "solutions:prepare_ballot")
        found.append(Step(_("Prepare a vote on it"), f"{href}?solution={solution.pk}"))
    if standing.drafts:
        found += _writing_steps(solution, reader)
    if reader.may("solutions.lead") and STEPS[solution.state]:
        href = address(reader, "solutions:move_solution", solution.pk)
        found.append(Step(_("Say what became of it"), href))
    return found


def _vote_steps(standing: Standing, reader: Reader) -> list[Step]:
    if standing.open_vote is None or not reader.may("solutions.vote"):
        return []
    href = address(reader, "solutions:ballot", standing.open_vote.ballot.pk)
    return [Step(_("Go to the open vote"), href)]


def _writing_steps(solution: Solution, reader: Reader) -> list[Step]:
    owner = Step(_("Name who answers for it"), address(reader, "solutions:name_owner", solution.pk))
    edit = Step(_("Change the wording"), address(reader, "solutions:edit_solution", solution.pk))
    return [edit, owner] if solution.state in WORKED_ON else [owner]


def _draft_steps(solution: Solution, reader: Reader, standing: Standing) -> list[Step]:
    """What a draft still needs before it can be decided."""
    pk, found = solution.pk, []
    if solution.state == State.IDEA:
        href = address(reader, "solutions:start_recommendation", pk)
        return [Step(_("Draft a recommendation from it"), href)]
    if solution.state != State.DRAFT:
        return []
    if solution.owner is None:
        href = address(reader, "solutions:name_owner", pk)
        found.append(Step(_("Name who answers for it"), href))
    if standing.open_changes:
        label = ngettext(
            "Answer %(count)s suggested change",
            "Answer %(count)s suggested changes",
            standing.open_changes,
        )
        found.append(Step(label % {"count": standing.open_changes}, "#changes"))
    if standing.unasked:
        found.append(Step(_("Ask who can take away what is in the way"), "#in-the-way"))
    if standing.money.cost is None:
        href = address(reader, "solutions:edit_solution", pk)
        found.append(Step(_("Say what it costs"), href))
    return found


def steps_of(solution: Solution, reader: Reader, standing: Standing) -> tuple[Step, ...]:
    """Every step once by its label; none on what was withdrawn."""
    if solution.record.withdrawn:
        return ()
    unique = {str(step.label): step for step in _all_steps(solution, reader, standing)}
    return (*unique.values(), *withdraw_step(solution.record, reader))
