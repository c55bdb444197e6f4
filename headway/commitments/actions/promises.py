from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions.standing import due_values, held, held_open
from headway.commitments.models import Commitment
from headway.commitments.queries.answerers import may_confirm
from headway.core.errors import RuleError
from headway.core.text import PAGE, text_refusal
from headway.directory.models import Organisation, Person, Post
from headway.forums.models import MinuteLine
from headway.initiatives.actions import (
    append_state,
    link_records,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Link, Member, Record, Wording
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.partial_date import PartialDate


@transaction.atomic
def promise(
    *,
    by: Actor,
    initiative: Initiative,
    text: str,
    organisation: Organisation | None = None,
    organisation_as_said: str = "",
    post: Post | None = None,
    person: Person | None = None,
    due: PartialDate | None = None,
    authority_stated: str = "",
    came_from: Record | None = None,
    asked_by: Member | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Commitment:
    """Note what an organisation promised; an intent until that organisation confirms it.

    Raises:
        RuleError: where it says nothing, nobody is named, or the seat is another organisation's.

    """
    said = organisation_as_said.strip()
    known = _as_reported(initiative, provenance, text.strip(), said)
    if known is not None:
        return known
    row = Commitment(
        text=text.strip(),
        organisation=organisation or (post.organisation if post else None),
        organisation_as_said=said,
        post=post,
        person=person,
        authority_stated=authority_stated,
        asked_by=asked_by,
        first_due_to=due.end if due else None,
        **due_values(due),
    )
    if not row.who and not provenance.reported:
        raise RuleError(_("Name the organization that promises it."), "organisation")
    return _keep(by, initiative, row, came_from, visibility, provenance, when)


def _as_reported(
    initiative: Initiative, provenance: Provenance, text: str, said: str
) -> Commitment | None:
    """The same promise of the same organisation from the same source, noted before."""
    if not provenance.reported or text_refusal(text, PAGE) or text_refusal(said, PAGE):
        return None
    known = Commitment.objects.in_initiative(initiative).filter(
        record__source=provenance.source, organisation_as_said=said
    )
    first_said = Wording.objects.filter(
        record__initiative=initiative, field="text", number=1, text=text
    )
    same = Q(text=text) | Q(pk__in=first_said.values("record"))
    return known.filter(same).order_by("record__recorded_at").first()


@transaction.atomic
def promise_from_minute(*, by: Actor, line: MinuteLine) -> Commitment:
    """Make a promise out of a line of the minutes; the same line answers with the same promise.

    Where the line names nobody the promise stands with nobody named, until somebody says who.
    """
    made = _made_from(line)
    if made is not None:
        return made
    row = Commitment(**_line_values(line), first_due_to=line.due.end if line.due else None)
    record = line.record
    return _keep(by, record.initiative, row, record, record.visibility, HERE, None)


@transaction.atomic
def follow_minute(*, by: Actor, line: MinuteLine) -> Commitment:
    """Let the promise of a corrected line say what the line says now, while it is an intent.

    What its organisation has confirmed, or what has ended, stays as it is.
    """
    made = _made_from(line)
    if made is None:
        return promise_from_minute(by=by, line=line)
    row = held(made)
    if row.state != Commitment.State.INTENT:
        return row
    values = _line_values(line)
    if not row.was_moved:
        values["first_due_to"] = line.due.end if line.due else None
    revise_record(by=by, stage=row, title=title_of(str(values["text"])), values=values)
    row.record.change(organisation=line.owner)
    return Commitment.objects.select_related("record").get(pk=row.pk)


def _made_from(line: MinuteLine) -> Commitment | None:
    rows = Commitment.objects.live().came_from(Record.objects.filter(pk=line.pk))
    return rows.select_related("record__initiative").order_by("record__recorded_at").first()


def _line_values(line: MinuteLine) -> dict[str, Any]:
    """What a line says of a promise."""
    return {
        "text": (line.what or line.text).strip(),
        "organisation": line.owner,
        "organisation_as_said": line.owner_as_said,
        "post": line.owner_post,
        "person": line.owner_person,
        **due_values(line.due),
    }


def _keep(
    by: Actor,
    initiative: Initiative,
    row: Commitment,
    came_from: Record | None,
    visibility: str,
    provenance: Provenance,
    when: PartialDate | None,
) -> Commitment:
    _check(initiative, row)
    # What comes out of something that few may read is not told to everybody.
    visibility = visibility or (came_from.visibility if came_from is not None else "")
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Commitment.RECORD_KIND,
        title=title_of(row.text),
        visibility=visibility,
        provenance=provenance,
        when=when,
        organisation=row.organisation,
    )
    row.record = record
    if row.asked_by is None:
        row.asked_by_id = _asker(by, row.organisation)
    row.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=row.text)
    append_state(record=record, state=row.state, by=by, when=when, provenance=provenance)
    if came_from is not None:
        link_records(by=by, origin=record, target=came_from, kind=Link.Kind.CAME_FROM)
    changes = {"text": ("", row.text), "organisation": ("", row.who), "due": ("", row.due)}
    note_event(by=by, record=record, verb="promised", changes=changes)
    return row


def _asker(by: Actor, organisation: Organisation | None) -> UUID | None:
    """Who asked for it: whoever notes another organisation's promise."""
    if by.member_id is None:
        return None
    member = Member.objects.select_related("organisation").filter(pk=by.member_id).first()
    if member is None or organisation is None or member.organisation is None:
        return by.member_id
    own = member.organisation.canonical_pk == organisation.canonical_pk
    return None if own else member.pk


def _check(initiative: Initiative, row: Commitment) -> None:
    if not row.text:
        raise RuleError(
            _("Say what is promised, like “Send the list of landlords to all partners”."), "text"
        )
    if row.authority_stated not in {"", *Commitment.Authority.values}:
        raise RuleError(_("Choose under whose authority it is promised."), "authority_stated")
    check_whose(initiative, row.organisation, row.post, row.person)


def check_whose(
    initiative: Initiative,
    organisation: Organisation | None,
    post: Post | None,
    person: Person | None,
) -> None:
    """Refuse names of another directory, and a seat of another organisation.

    Raises:
        RuleError: where one of them is.

    """
    for field, named in (("organisation", organisation), ("post", post), ("person", person)):
        if named is not None and named.authority_id != initiative.authority_id:
            raise RuleError(_("Choose a name of this directory."), field)
    if post is None or organisation is None:
        return
    if post.organisation.canonical_pk != organisation.canonical_pk:
        raise RuleError(
            _("This seat belongs to another organization. Choose one of %(name)s.")
            % {"name": organisation.canonical.name},
            "post",
        )


@transaction.atomic
def revise_promise(
    *,
    by: Actor,
    commitment: Commitment,
    text: str,
    organisation_as_said: str = "",
    seen: int | None = None,
) -> bool:
    """Word a promise anew; others than the organisation make it an intent again by that.

    Raises:
        RuleError: where it says nothing, it has ended, or somebody else wrote in between.

    """
    row = held_open(commitment)
    if not text.strip():
        raise RuleError(_("Say what is promised, like “Send the list to all partners”."), "text")
    values: dict[str, object] = {
        "text": text.strip(),
        "organisation_as_said": organisation_as_said.strip(),
    }
    confirmed = row.state == Commitment.State.CONFIRMED and row.text != text.strip()
    if confirmed and not may_confirm(row, by.user, row.record.initiative.today(by.at)):
        values |= unconfirmed()
        append_state(
            record=row.record,
            state=Commitment.State.INTENT,
            by=by,
            because=_("worded anew by somebody else"),
        )
        seen = None if seen is None else seen + 1
    return revise_record(by=by, stage=commitment, title=title_of(text), values=values, seen=seen)


def unconfirmed() -> dict[str, object]:
    """The values of a promise that its organisation has not confirmed (any more)."""
    return {
        "state": Commitment.State.INTENT.value,
        "authority_stated": "",
        "board_by": None,
        "confirmed_at": None,
        "confirmed_by": None,
        "confirmed_name": "",
        "confirmed_through": "",
    }
