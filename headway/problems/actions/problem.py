from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Area, Source
from headway.initiatives.actions import (
    must_be_of,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported, cite_all
from headway.problems.models import Problem
from headway_analysis.partial_date import PartialDate


def _check_statement(statement: str) -> None:
    if not statement.strip():
        raise RuleError(
            _("Say what the problem is, like “2,800 people have no home on a given night”."),
            "statement",
        )


def standing_problem(initiative: Initiative) -> Problem | None:
    """The statement of the problem that stands, where there is one."""
    return Problem.objects.in_initiative(initiative).live().select_related("record").first()


@transaction.atomic
def state_problem(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    statement: str,
    place: Area | None = None,
    place_as_said: str = "",
    evidence: str = "",
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Problem:
    """Say what the problem is; an initiative has one statement, which can be revised.

    Raises:
        RuleError: where the statement is empty, or one stands already.

    """
    known = as_reported(Problem, initiative, provenance)
    if known is not None:
        return known
    _check_statement(statement)
    must_be_of(initiative.authority_id, place, "place")
    # The initiative's row is the lock: two people may state the problem at once.
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if standing_problem(initiative) is not None:
        raise RuleError(
            _("The problem is stated already. Change its wording, or withdraw it first.")
        )
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Problem.RECORD_KIND,
        title=title,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    problem = Problem(
        record=record,
        statement=statement.strip(),
        place=place,
        place_as_said=place_as_said.strip(),
        evidence=evidence.strip(),
    )
    problem.save(force_insert=True)
    write_wording(by=by, record=record, field="statement", text=problem.statement)
    write_wording(by=by, record=record, field="evidence", text=problem.evidence)
    cited = cite_all(by, record, sources)
    changes = {"statement": ("", problem.statement), "sources": ("", cited)}
    note_event(by=by, record=record, verb="stated", changes=changes)
    return problem


@transaction.atomic
def revise_problem(
    *,
    by: Actor,
    problem: Problem,
    title: str,
    statement: str,
    place: Area | None = None,
    place_as_said: str = "",
    evidence: str = "",
    sources: Iterable[Source] = (),
    seen: int | None = None,
) -> bool:
    """Word the problem anew; every wording before it is kept.

    Raises:
        RuleError: where the statement is empty or somebody else wrote in between.

    """
    _check_statement(statement)
    must_be_of(problem.record.initiative.authority_id, place, "place")
    cited = cite_all(by, problem.record, sources)
    return revise_record(
        by=by,
        stage=problem,
        title=title,
        values={
            "statement": statement.strip(),
            "place": place,
            "place_as_said": place_as_said.strip(),
            "evidence": evidence.strip(),
        },
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )
