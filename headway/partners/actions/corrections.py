from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_happening,
    revise_record,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Happening, Initiative, Record
from headway.partners.actions.contacts import revise_contact
from headway.partners.models import Contact, Correction, Need, Offer, Partner
from headway.partners.queries.correctable import (
    can_be_carried_out,
    parts_of,
    says_now,
    stage_of,
)
from headway_analysis.partial_date import PartialDate, parse

Part = Correction.Part


def _as_date(words: str) -> PartialDate:
    try:
        return parse(words)
    except ValueError:
        raise RuleError(
            _("Write the date like 2006-11-28, 2006-11, 2006 or autumn 2007."), "should_say"
        ) from None


def _check(
    initiative: Initiative,
    organisation: Organisation,
    about: Record | None,
    part: str,
    should_say: str,
) -> None:
    if organisation.authority_id != initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "organisation")
    if about is not None and about.initiative_id != initiative.pk:
        raise RuleError(_("Choose a record of this initiative."), "about")
    if part not in parts_of(about):
        raise RuleError(_("Choose what is wrong from the list."), "part")
    if not should_say.strip():
        raise RuleError(_("Say what is right, like “We joined in 2008, not 2006”."), "should_say")
    if part == Part.DATE:
        _as_date(should_say)


@transaction.atomic
def ask_correction(
    *,
    by: Actor,
    initiative: Initiative,
    organisation: Organisation,
    part: str,
    should_say: str,
    about: Record | None = None,
) -> Correction:
    """Say that something recorded about an organisation is wrong, and what is right.

    Without `about` it concerns what the directory holds.

    Raises:
        RuleError: where it does not say what is right, or names nothing that can be wrong.

    """
    _check(initiative, organisation, about, part, should_say)
    name = about.title if about else organisation.canonical.name
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Correction.RECORD_KIND,
        title=title_of(_("Correction of “%(name)s”") % {"name": name}),
        visibility=Visibility.MEMBERS,
        organisation=organisation,
    )
    correction = Correction(
        record=record,
        organisation=organisation,
        about=about,
        part=part,
        says_now=says_now(organisation, about, part)[:5_000],
        should_say=should_say.strip(),
    )
    correction.save(force_insert=True)
    append_state(record=record, state=correction.state, by=by)
    changes = {part: (correction.says_now, correction.should_say)}
    note_event(by=by, record=record, verb="asked", changes=changes)
    return correction


def _waiting(correction: Correction) -> Correction:
    """The correction, locked; refused where somebody has answered it."""
    must_stand(locked(correction.record))
    current = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("record__initiative__stream", "organisation", "about__initiative__stream")
        .get(pk=correction.pk)
    )
    if current.state != Correction.State.ASKED:
        raise RuleError(_("Somebody has answered this already. Ask anew if it is still wrong."))
    return current


def _answer(by: Actor, current: Correction, state: str, answer: str, *, done: bool) -> Correction:
    current.change(state=state, answer=answer, carried_out=done)
    append_state(record=current.record, state=state, by=by, because=answer)
    changes = {"state": (Correction.State.ASKED.value, state), "carried_out": (False, done)}
    note_event(by=by, record=current.record, verb=state, changes=changes, because=answer)
    return current


@transaction.atomic
def decline_correction(*, by: Actor, correction: Correction, answer: str) -> Correction:
    """Leave the record as it is and say why.

    Raises:
        RuleError: where no reason is given, or it was answered before.

    """
    if not answer.strip():
        raise RuleError(
            _("Say why, like “the minutes of March 3 name you as co-author”."), "answer"
        )
    current = _waiting(correction)
    return _answer(by, current, Correction.State.DECLINED, answer.strip(), done=False)


@transaction.atomic
def accept_correction(*, by: Actor, correction: Correction, answer: str = "") -> Correction:
    """Agree with a correction, and change the record where that can be done by itself.

    Elsewhere `carried_out` stays false: somebody changes the record by hand.

    Raises:
        RuleError: where it was answered before, or the record to change was withdrawn.

    """
    current = _waiting(correction)
    done = current.about is not None and can_be_carried_out(current.about, current.part)
    if current.about is not None and done:
        _carry_out(by, current.about, current.part, current.should_say)
    return _answer(by, current, Correction.State.ACCEPTED, answer.strip(), done=done)


def _carry_out(by: Actor, about: Record, part: str, should_say: str) -> None:
    stage = stage_of(about)
    carry: Callable[..., Any] = HOW[type(stage)]
    carry(by, stage, part, should_say)


def _partner(by: Actor, partner: Partner, part: str, should_say: str) -> None:
    if part == Part.DATE:
        revise_record(by=by, stage=partner, when=_as_date(should_say))
    else:
        revise_record(by=by, stage=partner, values={"role_as_said": should_say})


def _resource(by: Actor, stage: Offer | Need, _part: str, should_say: str) -> None:
    revise_record(by=by, stage=stage, title=title_of(should_say), values={"what": should_say})


def _contact(by: Actor, contact: Contact, part: str, should_say: str) -> None:
    named = contact.organisations.select_related("organisation")
    revise_contact(
        by=by,
        contact=contact,
        kind=contact.kind,
        text=should_say if part == Part.TEXT else contact.text,
        when=_as_date(should_say) if part == Part.DATE else contact.record.when,
        organisations=[row.organisation for row in named],
        next_step=contact.next_step,
        next_step_by=contact.next_step_by,
    )


def _happening(by: Actor, happening: Happening, part: str, should_say: str) -> None:
    revise_happening(
        by=by,
        happening=happening,
        category=happening.category,
        text=should_say if part == Part.TEXT else happening.text,
        when=_as_date(should_say) if part == Part.DATE else happening.record.when,
        organisations=[
            row.organisation for row in happening.organisations.select_related("organisation")
        ],
    )


HOW: dict[type, Callable[..., Any]] = {
    Partner: _partner,
    Offer: _resource,
    Need: _resource,
    Contact: _contact,
    Happening: _happening,
}
