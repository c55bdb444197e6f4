from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.diagnosis.models import Move
from headway.initiatives.actions import (
    append_state,
    link_records,
    note_event,
    open_record,
    write_wording,
)
from headway.initiatives.models import Initiative, Link, Member, Record
from headway_analysis.diagnosis import LEVERS

NOBODY = UUID(int=0)
KEYS = frozenset(lever.key for lever in LEVERS)


@transaction.atomic
def take_move(
    *,
    by: Actor,
    initiative: Initiative,
    lever: str,
    title: str,
    because: str = "",
    told: str = "",
    about: Record | None = None,
) -> Move:
    """Note that a partner takes a next move; what it begins is a step of its own.

    Args:
        by: who takes it, for the organisation they came for.
        initiative: whose next move.
        lever: which, by its key.
        title: what it is called on the page.
        because: why it is taken; may be left out.
        told: the reason for which it was proposed.
        about: the record that it is about, from which what follows is traced.

    Raises:
        RuleError: where it is about a record of another initiative.
        ValueError: where there is no such lever.

    """
    return _answer(by, initiative, _move(lever, Move.Answer.TAKEN, because, told, about), title)


@transaction.atomic
def decline_move(
    *,
    by: Actor,
    initiative: Initiative,
    lever: str,
    title: str,
    because: str,
    told: str = "",
    about: Record | None = None,
) -> Move:
    """Note that a next move is not taken, and why.

    Raises:
        RuleError: where no reason is given, or it is about a record of another initiative.
        ValueError: where there is no such lever.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “the board decides in May anyway”."), "because")
    return _answer(by, initiative, _move(lever, Move.Answer.DECLINED, because, told, about), title)


def _move(lever: str, answer: str, because: str, told: str, about: Record | None) -> Move:
    if lever not in KEYS:
        raise ValueError(f"there is no lever {lever!r}")
    return Move(lever=lever, answer=answer, because=because.strip(), told=told, about=about)


def _answer(by: Actor, initiative: Initiative, move: Move, title: str) -> Move:
    """Keep the answer for those who take part; the record it is about leads to it."""
    if move.about is not None and move.about.initiative_id != initiative.pk:
        raise RuleError(_("Choose a record of this initiative."), "about")
    member = Member.objects.select_related("organisation").filter(pk=by.member_id or NOBODY)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Move.RECORD_KIND,
        title=title,
        visibility=Visibility.MEMBERS,
        organisation=next((each.organisation for each in member), None),
    )
    move.record = record
    move.save(force_insert=True)
    if move.because:
        write_wording(by=by, record=record, field="because", text=move.because)
    append_state(record=record, state=move.answer, by=by, because=move.because)
    if move.about is not None and not move.about.withdrawn:
        link_records(by=by, origin=record, target=move.about, kind=Link.Kind.CAME_FROM)
    changes = {"lever": ("", title), "because": ("", move.because)}
    verb = "took_move" if move.answer == Move.Answer.TAKEN else "declined_move"
    note_event(by=by, record=record, verb=verb, changes=changes)
    return move
