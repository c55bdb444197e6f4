from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.arenas.actions.speakers import check_speaks, leads
from headway.arenas.models import AdvocacyLimit, Approach, Ask, ElectionWindow, OnRecord
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Person, Post
from headway.directory.models.organisation import Sector
from headway.initiatives.actions import (
    locked,
    must_stand,
    note_event,
    on_behalf_of,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Mandate
from headway.initiatives.provenance import HERE, Provenance, reported
from headway.problems.actions.citations import as_reported
from headway_analysis.partial_date import PartialDate


@transaction.atomic
def note_on_record(
    *,
    by: Actor,
    ask: Ask,
    kind: str,
    text: str,
    link: str,
    post: Post | None = None,
    person: Person | None = None,
    stance: str = OnRecord.Stance.UNKNOWN,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> OnRecord:
    """Note what somebody with a seat said in public; what was said before stays beside it.

    Raises:
        RuleError: where it names nobody, says nothing, has neither date nor source, or the seat
            is none of the body's.

    """
    initiative = ask.record.initiative
    known = as_reported(OnRecord, initiative, provenance, text=text.strip())
    if known is not None:
        return known
    must_stand(locked(ask.record))
    _check_codes(kind, stance)
    _check_said(text, link, post, person, when, provenance)
    if not provenance.reported:
        _check_seat(ask, post)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=OnRecord.RECORD_KIND,
        title=title_of(text),
        visibility=visibility or ask.record.visibility,
        provenance=provenance,
        when=when,
    )
    row = OnRecord(
        record=record,
        ask=ask,
        post=post,
        person=person,
        kind=kind,
        stance=stance,
        text=text.strip(),
        link=link.strip(),
    )
    row.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=row.text)
    note_event(by=by, record=record, verb="noted", changes={"text": ("", row.text)})
    return row


@transaction.atomic
def revise_on_record(
    *,
    by: Actor,
    row: OnRecord,
    kind: str,
    text: str,
    stance: str,
    link: str,
    when: PartialDate | None,
    seen: int | None = None,
) -> bool:
    """Correct what was noted wrongly; a new word of the same seat is a record of its own.

    Raises:
        RuleError: where it says nothing, has neither date nor source, or somebody else noted it
            and the actor does not lead.

    """
    _check_author(by, row)
    _check_codes(kind, stance)
    source = row.record.source
    _check_said(text, link, row.post, row.person, when, reported(source) if source else HERE)
    values: dict[str, object] = {
        "kind": kind,
        "text": text.strip(),
        "stance": stance,
        "link": link.strip(),
    }
    return revise_record(
        by=by, stage=row, title=title_of(text), when=when, values=values, seen=seen
    )


def _check_codes(kind: str, stance: str) -> None:
    if kind not in OnRecord.Kind.values:
        raise RuleError(_("Choose what it was, like “public statement”."), "kind")
    if stance not in OnRecord.Stance.values:
        raise RuleError(_("Choose where they said they stand, or “not said”."), "stance")


def _check_seat(ask: Ask, post: Post | None) -> None:
    if post is not None and not ask.arena.seats.filter(post=post).exists():
        raise RuleError(
            _("Choose a seat of %(name)s.") % {"name": ask.arena.organisation.canonical.name},
            "post",
        )


def _check_author(by: Actor, row: OnRecord) -> None:
    own = by.member_id is not None and by.member_id == row.record.author_id
    if not own and not leads(by, row.record.initiative):
        raise RuleError(_("Only who noted it and who leads correct it. Note your own beside it."))


def _check_said(
    text: str,
    link: str,
    post: Post | None,
    person: Person | None,
    when: PartialDate | None,
    provenance: Provenance,
) -> None:
    if post is None and person is None:
        raise RuleError(_("Name the seat or the person who said it."), "post")
    if not text.strip():
        raise RuleError(_("Say what was said, like “Wants to see the cost first”."), "text")
    if provenance.reported:
        return
    if when is None:
        raise RuleError(_("Enter the date it was said, like 2026-03-27."), "when")
    if not link.strip():
        raise RuleError(_("Give the address where anybody can read or hear it."), "link")


@transaction.atomic
def limit_advocacy(
    *, by: Actor, ask: Ask, organisation: Organisation, limit: str, because: str = ""
) -> AdvocacyLimit:
    """Say, for one's own organisation, whether it may ask, may inform only, or may not speak.

    Raises:
        RuleError: where no mandate lets this member speak for the organisation.

    """
    if limit not in AdvocacyLimit.Limit.values:
        raise RuleError(_("Choose one of: may ask, may inform only, may not speak."), "limit")
    record = locked(ask.record)
    must_stand(record)
    speaker = on_behalf_of(
        by=by,
        initiative=record.initiative,
        organisation=organisation,
        scope=Mandate.Scope.DECISIONS,
    )
    row = AdvocacyLimit(
        ask=ask,
        organisation=organisation,
        limit=limit,
        because=because.strip(),
        member_id=by.member_id,
        recorded_at=by.at,
    )
    row.save(force_insert=True)
    note_event(by=speaker, record=record, verb="limited", changes={"limit": ("", limit)})
    return row


def limit_of(ask: Ask, organisation: Organisation) -> str:
    """What an organisation last said it may do for a request; empty where it said nothing."""
    said = AdvocacyLimit.objects.filter(
        ask=ask, organisation__in=Organisation.objects.counted_as(organisation)
    )
    last = said.latest_word().last()
    return last.limit if last else ""


def _check_may(ask: Ask, organisation: Organisation, kind: str, today: date) -> None:
    limit = limit_of(ask, organisation)
    if not limit:
        raise RuleError(
            _("%(name)s has not said yet what it may do for this request.")
            % {"name": organisation.name},
            "organisation",
        )
    if limit == AdvocacyLimit.Limit.MAY_NOT:
        raise RuleError(
            _("%(name)s may not speak on this request.") % {"name": organisation.name},
            "organisation",
        )
    if kind == Approach.Kind.ASK and limit == AdvocacyLimit.Limit.MAY_INFORM:
        raise RuleError(
            _("%(name)s may inform only; choose “informs about it”.") % {"name": organisation.name},
            "kind",
        )
    if kind == Approach.Kind.ASK:
        _check_window(ask, organisation, today)


def _check_window(ask: Ask, organisation: Organisation, today: date) -> None:
    if organisation.canonical.sector != Sector.GOVERNMENT:
        return
    windows = ElectionWindow.objects.in_authority(ask.record.initiative.authority)
    window = windows.filter(withdrawn_at__isnull=True).on(today).first()
    if window is not None:
        raise RuleError(
            _("Public employees make no requests until %(day)s (%(name)s).")
            % {"day": window.ends_on.isoformat(), "name": window.name},
            "kind",
        )


@transaction.atomic
def note_approach(
    *,
    by: Actor,
    ask: Ask,
    organisation: Organisation,
    kind: str,
    post: Post | None = None,
    due_on: date | None = None,
    visibility: str = "",
) -> Approach:
    """Note who asks or informs which seat by when, within what the organisation says it may.

    Raises:
        RuleError: where the actor neither leads nor speaks for it, the organisation may not, the
            seat is none of the body's, or an election is too near.

    """
    if kind not in Approach.Kind.values:
        raise RuleError(_("Choose “asks for it” or “informs about it”."), "kind")
    initiative = ask.record.initiative
    must_stand(locked(ask.record))
    check_speaks(by, initiative, organisation)
    _check_seat(ask, post)
    _check_may(ask, organisation, kind, initiative.today(by.at))
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Approach.RECORD_KIND,
        title=_("%(name)s: %(ask)s") % {"name": organisation.name, "ask": ask.record.title[:150]},
        visibility=visibility or "members",
        organisation=organisation,
    )
    row = Approach(
        record=record, ask=ask, organisation=organisation, kind=kind, post=post, due_on=due_on
    )
    row.save(force_insert=True)
    note_event(by=by, record=record, verb="noted", changes={"kind": ("", kind)})
    return row


@transaction.atomic
def answer_approach(*, by: Actor, approach: Approach, done_on: date, answer: str = "") -> bool:
    """Note that it was done, and what they answered.

    Raises:
        RuleError: where the day is to come, or the actor neither leads nor speaks for whom it is.

    """
    record = locked(approach.record)
    must_stand(record)
    check_speaks(by, record.initiative, approach.organisation)
    if done_on > record.initiative.today(by.at):
        raise RuleError(_("Enter the day it was done; that day is still to come."), "done_on")
    current = Approach.objects.select_for_update().get(pk=record.pk)
    changes = current.change(done_on=done_on, answer=answer.strip())
    if "answer" in changes:
        write_wording(by=by, record=record, field="answer", text=current.answer)
    if changes:
        note_event(by=by, record=record, verb="answered", changes=changes)
    return bool(changes)
