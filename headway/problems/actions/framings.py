from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import (
    append_state,
    as_closed_as,
    link_records,
    lock_all,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported, cite_all, in_the_name_of
from headway.problems.models import Framing, FramingState
from headway.problems.queries.start import missing_start
from headway_analysis.partial_date import PartialDate


def _check_text(title: str, text: str) -> None:
    if not title.strip():
        raise RuleError(_("Give it a name, like “A housing problem first”."), "title")
    if not text.strip():
        raise RuleError(
            _("Say how you see it, like “People are homeless because rents outran wages”."), "text"
        )


@transaction.atomic
def propose_framing(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    text: str,
    organisation: Organisation | None = None,
    came_from: Iterable[Record] = (),
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Framing:
    """Open a way to see the problem, in one's own name or an organisation's.

    Raises:
        RuleError: where it has no name or text, or no mandate lets one speak for the organisation.

    """
    known = as_reported(Framing, initiative, provenance, record__title=title.strip())
    if known is not None:
        return known
    _check_text(title, text)
    openers = lock_all(*came_from)
    speaker = in_the_name_of(by, initiative, organisation, provenance)
    record = open_record(
        by=speaker,
        initiative=initiative,
        kind=Framing.RECORD_KIND,
        title=title,
        visibility=visibility or as_closed_as(openers),
        provenance=provenance,
        when=when,
        organisation=organisation,
    )
    framing = Framing(record=record, text=text.strip())
    framing.save(force_insert=True)
    write_wording(
        by=speaker, record=record, field="text", text=framing.text, organisation=organisation
    )
    append_state(
        record=record, state=FramingState.PROPOSED, by=speaker, when=when, provenance=provenance
    )
    cited = cite_all(speaker, record, sources)
    changes = {"text": ("", framing.text), "sources": ("", cited)}
    note_event(by=speaker, record=record, verb="reframed", changes=changes)
    for opener in openers:
        link_records(by=speaker, origin=record, target=opener, kind=Link.Kind.CAME_FROM)
    return framing


@transaction.atomic
def revise_framing(
    *,
    by: Actor,
    framing: Framing,
    title: str,
    text: str,
    sources: Iterable[Source] = (),
    seen: int | None = None,
) -> bool:
    """Word a way to see the problem anew; every wording before it is kept.

    Raises:
        RuleError: where name or text is missing, or somebody else wrote in between.

    """
    _check_text(title, text)
    cited = cite_all(by, framing.record, sources)
    return revise_record(
        by=by,
        stage=framing,
        title=title,
        values={"text": text.strip()},
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )


@transaction.atomic
def adopt_framing(
    *,
    by: Actor,
    framing: Framing,
    because: str,
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Framing:
    """Make one way to see the problem the initiative's own; the one before is set aside.

    A reported adoption may come without a starting point; the page then says so.

    Raises:
        RuleError: without a reason, without who is affected and a starting point, or twice.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “nine of eleven partners could work with it”."), "because")
    initiative = framing.record.initiative
    # The initiative's row is the lock: two ways to see it may be adopted at once.
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    refusal = "" if provenance.reported else missing_start(initiative)
    if refusal:
        raise RuleError(refusal)
    record = locked(framing.record)
    must_stand(record)
    current = Framing.objects.select_for_update().get(pk=record.pk)
    if current.adopted and provenance.reported:
        return current
    if current.adopted:
        raise RuleError(_("This one is adopted already."))
    for before in Framing.objects.in_initiative(initiative).live().adopted():
        _move(by, before, FramingState.SET_ASIDE, _after(record), when)
    _move(by, current, FramingState.ADOPTED, because.strip(), when)
    return current


def _after(record: Record) -> str:
    return _("“%(title)s” was adopted instead.") % {"title": record.title}


def _move(
    by: Actor, framing: Framing, state: FramingState, because: str, when: PartialDate | None
) -> None:
    old = framing.state
    framing.change(state=state.value)
    append_state(record=framing.record, state=state, by=by, when=when, because=because)
    note_event(
        by=by,
        record=framing.record,
        verb=state.value,
        changes={"state": (old, state.value)},
        because=because,
    )


@transaction.atomic
def set_framing_aside(
    *, by: Actor, framing: Framing, because: str, when: PartialDate | None = None
) -> Framing:
    """Put a way to see the problem aside, with the reason; it stays readable.

    Raises:
        RuleError: without a reason, or where it is set aside already.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “joined with another one”."), "because")
    must_stand(locked(framing.record))
    current = Framing.objects.select_for_update().get(pk=framing.pk)
    if current.state == FramingState.SET_ASIDE:
        raise RuleError(_("This one is set aside already."))
    _move(by, current, FramingState.SET_ASIDE, because.strip(), when)
    return current
