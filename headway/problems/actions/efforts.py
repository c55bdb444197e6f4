from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.formats.cells import is_web_address
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import (
    append_state,
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported, cite_all
from headway.problems.models import Effort, EffortState
from headway_analysis.partial_date import PartialDate


def _check_effort(title: str, website: str) -> None:
    if not title.strip():
        raise RuleError(_("Name what is done, like “Street outreach by van”."), "title")
    if website.strip() and not is_web_address(website.strip()):
        raise RuleError(_("Enter the whole address, like https://example.org/outreach."), "website")


@transaction.atomic
def record_effort(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    organisation: Organisation | None = None,
    what: str = "",
    since: PartialDate | None = None,
    website: str = "",
    state: str = EffortState.RUNNING,
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
) -> Effort:
    """Register what somebody already does, before something new starts beside it.

    Raises:
        RuleError: where it has no name or its address is none.

    """
    known = as_reported(Effort, initiative, provenance, record__title=title.strip())
    if known is not None:
        return known
    _check_effort(title, website)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Effort.RECORD_KIND,
        title=title,
        visibility=visibility,
        provenance=provenance,
        when=since,
        organisation=organisation,
    )
    effort = Effort(
        record=record,
        organisation=organisation,
        what=what.strip(),
        website=website.strip(),
        state=state,
    )
    effort.save(force_insert=True)
    write_wording(by=by, record=record, field="what", text=effort.what)
    append_state(record=record, state=state, by=by, when=since, provenance=provenance)
    changes = {
        "organisation": ("", organisation or ""),
        "what": ("", effort.what),
        "sources": ("", cite_all(by, record, sources)),
    }
    note_event(by=by, record=record, verb="recorded", changes=changes)
    return effort


@transaction.atomic
def revise_effort(
    *,
    by: Actor,
    effort: Effort,
    title: str,
    organisation: Organisation | None = None,
    what: str = "",
    since: PartialDate | None = None,
    website: str = "",
    sources: Iterable[Source] = (),
    seen: int | None = None,
) -> bool:
    """Correct what is known about an effort.

    Raises:
        RuleError: where it has no name, its address is none, or somebody wrote in between.

    """
    _check_effort(title, website)
    must_be_of(effort.record.initiative.authority_id, organisation, "organisation")
    cited = cite_all(by, effort.record, sources)
    return revise_record(
        by=by,
        stage=effort,
        title=title,
        when=since,
        values={
            "organisation": organisation,
            "what": what.strip(),
            "website": website.strip(),
        },
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )


@transaction.atomic
def end_effort(
    *, by: Actor, effort: Effort, because: str = "", when: PartialDate | None = None
) -> None:
    """Note that an effort has ended.

    Raises:
        RuleError: where it ended already or was withdrawn.

    """
    _turn(by, effort, EffortState.ENDED, because, when)


@transaction.atomic
def resume_effort(
    *, by: Actor, effort: Effort, because: str = "", when: PartialDate | None = None
) -> None:
    """Note that an effort goes on again.

    Raises:
        RuleError: where it is running or was withdrawn.

    """
    _turn(by, effort, EffortState.RUNNING, because, when)


def _turn(
    by: Actor, effort: Effort, state: EffortState, because: str, when: PartialDate | None
) -> None:
    record = locked(effort.record)
    must_stand(record)
    current = Effort.objects.select_for_update(of=("self",)).get(pk=record.pk)
    old = current.state
    if not current.change(state=state.value):
        raise RuleError(_("This is recorded already: %(state)s.") % {"state": state.label})
    append_state(record=record, state=state, by=by, when=when, because=because.strip())
    note_event(
        by=by,
        record=record,
        verb=state.value,
        changes={"state": (old, state.value)},
        because=because.strip(),
    )
