from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions import (
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway.problems.models import VisionLine
from headway_analysis.partial_date import PartialDate


def _check_line(text: str, scope: str) -> None:
    if not text.strip():
        raise RuleError(
            _("Say what will be so, like “Nobody waits more than 30 days for a home”."), "text"
        )
    if scope not in VisionLine.Scope.values:
        raise RuleError(_("Choose whether we work toward it or leave it to others."), "scope")


@transaction.atomic
def add_vision_line(
    *,
    by: Actor,
    initiative: Initiative,
    text: str,
    scope: str = VisionLine.Scope.IN,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> VisionLine:
    """Add a line of what success looks like, below the others.

    Raises:
        RuleError: where the line is empty.

    """
    known = as_reported(VisionLine, initiative, provenance, text=text.strip())
    if known is not None:
        return known
    _check_line(text, scope)
    # The initiative's row is the lock: two lines added at once get two ranks.
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    found = VisionLine.objects.in_initiative(initiative).aggregate(last=Max("rank"))
    record = open_record(
        by=by,
        initiative=initiative,
        kind=VisionLine.RECORD_KIND,
        title=title_of(text),
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    line = VisionLine(record=record, text=text.strip(), scope=scope, rank=(found["last"] or 0) + 1)
    line.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=line.text)
    note_event(by=by, record=record, verb="added", changes={"text": ("", line.text)})
    return line


@transaction.atomic
def revise_vision_line(
    *, by: Actor, line: VisionLine, text: str, scope: str, seen: int | None = None
) -> bool:
    """Word a line anew, or move it in or out of scope.

    Raises:
        RuleError: where the line is empty or somebody else wrote in between.

    """
    _check_line(text, scope)
    return revise_record(
        by=by,
        stage=line,
        title=title_of(text),
        values={"text": text.strip(), "scope": scope},
        seen=seen,
    )


@transaction.atomic
def move_vision_line(*, by: Actor, line: VisionLine, up: bool) -> bool:
    """Change places with the line above or below of the same scope.

    Returns whether there was one to change places with.

    Raises:
        RuleError: where the line was withdrawn.

    """
    Initiative.objects.select_for_update().get(pk=line.record.initiative_id)
    record = locked(line.record)
    must_stand(record)
    current = VisionLine.objects.select_for_update().get(pk=line.pk)
    ranked = VisionLine.objects.in_initiative(record.initiative).live().filter(scope=current.scope)
    lines = list(ranked.select_related("record__initiative__stream").in_order())
    place = [each.pk for each in lines].index(current.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(lines):
        return False
    old, new = lines[place].rank, lines[other].rank
    for moved, rank in ((lines[place], new), (lines[other], old)):
        changes = moved.change(rank=rank)
        note_event(by=by, record=moved.record, verb="ranked", changes=changes)
    return True
