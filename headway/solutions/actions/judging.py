from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    locked,
    must_be_of,
    must_stand,
    note_event,
    on_behalf_of,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative, Mandate
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway.solutions.models import Criterion, CriterionScore, Interest, Solution
from headway_analysis.partial_date import PartialDate


def _speaker(
    by: Actor, initiative: Initiative, organisation: Organisation, provenance: Provenance
) -> Actor:
    """The actor in the name of an organisation, for votes and decisions."""
    must_be_of(initiative.authority_id, organisation, "organisation")
    if provenance.reported:
        return by.speaking_for(organisation.pk)
    return on_behalf_of(
        by=by,
        initiative=initiative,
        organisation=organisation,
        scope=Mandate.Scope.DECISIONS,
    )


@transaction.atomic
def declare_interest(
    *,
    by: Actor,
    solution: Solution,
    organisation: Organisation,
    text: str,
    recused: bool = True,
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Interest:
    """Declare, for one's own organisation, what it would gain or lose; recused, it has no vote.

    What a source reports an organisation to have declared needs no mandate.

    Raises:
        RuleError: where nothing is said, or no mandate lets this member speak for it.

    """
    _check_interest(text)
    record = locked(solution.record)
    must_stand(record)
    said = {"solution": solution, "organisation": organisation, "text": text.strip()}
    known = as_reported(Interest, record.initiative, provenance, **said)
    if known is not None:
        return known
    speaker = _speaker(by, record.initiative, organisation, provenance)
    interest = Interest(**said, recused=recused)
    interest.record = open_record(
        by=speaker,
        initiative=record.initiative,
        kind=Interest.RECORD_KIND,
        title=_("Interest of %(name)s") % {"name": organisation.name[:200]},
        visibility=record.visibility,
        organisation=organisation,
        provenance=provenance,
        when=when,
    )
    _keep(speaker, interest)
    return interest


def _check_interest(text: str) -> None:
    if not text.strip():
        raise RuleError(_("Say what it is, like “We would run two of the shelters”."), "text")


def _keep(by: Actor, interest: Interest) -> None:
    """Write an interest down in its table, its texts and the log."""
    interest.save(force_insert=True)
    write_wording(by=by, record=interest.record, field="text", text=interest.text)
    changes = {"text": ("", interest.text), "recused": ("", str(interest.recused))}
    note_event(by=by, record=interest.record, verb="declared", changes=changes)


@transaction.atomic
def revise_interest(
    *, by: Actor, interest: Interest, text: str, recused: bool, seen: int | None = None
) -> bool:
    """Say it anew, or take part in the vote after all, for one's own organisation.

    Raises:
        RuleError: where nothing is said, or no mandate lets this member speak for it.

    """
    _check_interest(text)
    speaker = on_behalf_of(
        by=by,
        initiative=interest.record.initiative,
        organisation=interest.organisation,
        scope=Mandate.Scope.DECISIONS,
    )
    values: dict[str, object] = {"text": text.strip(), "recused": recused}
    return revise_record(by=speaker, stage=interest, values=values, seen=seen)


def _check_weight(weight: int) -> None:
    if not 1 <= weight <= 10:
        raise RuleError(_("Enter a weight from 1 to 10."), "weight")


@transaction.atomic
def add_criterion(
    *, by: Actor, initiative: Initiative, title: str, text: str = "", weight: int = 1
) -> Criterion:
    """Name one thing by which recommendations are judged from 1 to 5.

    Raises:
        RuleError: where it has no name or a weight that cannot be.

    """
    _check_weight(weight)
    record = open_record(by=by, initiative=initiative, kind=Criterion.RECORD_KIND, title=title)
    criterion = Criterion(record=record, text=text.strip(), weight=weight)
    criterion.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=criterion.text)
    note_event(by=by, record=record, verb="noted", changes={"text": ("", criterion.text)})
    return criterion


@transaction.atomic
def revise_criterion(
    *,
    by: Actor,
    criterion: Criterion,
    title: str,
    text: str = "",
    weight: int = 1,
    seen: int | None = None,
) -> bool:
    """Change a criterion; scores given before keep standing beside it.

    Raises:
        RuleError: where it has no name or a weight that cannot be.

    """
    _check_weight(weight)
    values: dict[str, object] = {"text": text.strip(), "weight": weight}
    return revise_record(by=by, stage=criterion, title=title, values=values, seen=seen)


@transaction.atomic
def score(
    *, by: Actor, solution: Solution, criterion: Criterion, points: int, because: str = ""
) -> CriterionScore:
    """Judge a recommendation by one criterion, by name and with the reason; later replaces.

    Raises:
        RuleError: where the points are not 1 to 5 or belong to another initiative.

    """
    if not 1 <= points <= 5:
        raise RuleError(_("Choose 1, 2, 3, 4 or 5."), "points")
    if not because.strip():
        raise RuleError(_("Say why, like “two counties did it within a year”."), "because")
    record = locked(solution.record)
    must_stand(record)
    if criterion.record.initiative_id != record.initiative_id:
        raise RuleError(_("Choose a criterion of this initiative."), "criterion")
    if by.member_id is None:
        raise RuleError(_("Only a member can judge, by name."))
    row, made = CriterionScore.objects.get_or_create(
        solution=solution,
        criterion=criterion,
        member_id=by.member_id,
        defaults={"score": points, "because": because.strip(), "scored_at": by.at},
    )
    old = "" if made else str(row.score)
    if not made:
        row.change(score=points, because=because.strip(), scored_at=by.at)
    changes = {"score": (old, str(points))}
    note_event(by=by, record=record, verb="scored", changes=changes, because=because.strip())
    return row
