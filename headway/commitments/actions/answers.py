from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions.standing import (
    State,
    day_of,
    due_values,
    held,
    held_open,
    turn,
)
from headway.commitments.models import Commitment
from headway.commitments.queries.answerers import Answerer, answerers
from headway.core.errors import RuleError
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.partial_date import PartialDate

Authority = Commitment.Authority
Through = Commitment.Through
THROUGH: dict[str, str] = {"link": Through.LINK, "mail": Through.MAIL}


@transaction.atomic
def confirm_promise(
    *,
    by: Actor,
    commitment: Commitment,
    authority_stated: str,
    board_by: date | None = None,
    speaker: Answerer | None = None,
) -> Commitment:
    """Say in the organisation's name that it promises this, and under whose authority.

    Args:
        by: who says so; whoever leads the initiative cannot say it for others.
        commitment: the promise.
        authority_stated: within our authority, needs our board, or intent only.
        board_by: when the board decides, where it has to.
        speaker: whom a link or a mail was made for; on the page it is found by the account.

    Raises:
        RuleError: where nobody lets this person speak for it, or the board has no date.

    """
    row = held_open(commitment)
    _check_authority(authority_stated, board_by, row.record.initiative.today(by.at))
    speaker = speaker or _speaker(by, row)
    if speaker is None or not speaker.may_confirm:
        raise RuleError(_no_mandate(row))
    values = {
        "state": State.CONFIRMED.value,
        "authority_stated": authority_stated,
        "board_by": board_by if authority_stated == Authority.BOARD else None,
        "confirmed_at": by.at,
        "confirmed_by_id": speaker.member_id,
        "confirmed_name": speaker.name,
        "confirmed_through": str(THROUGH.get(by.kind, Through.PAGE)),
    }
    spoken = by.speaking_for(row.organisation.canonical_pk if row.organisation else None)
    words = str(Authority(authority_stated).label)
    return turn(spoken, row, verb="confirmed", state=State.CONFIRMED, values=values, because=words)


def _speaker(by: Actor, row: Commitment) -> Answerer | None:
    address = by.user.email.lower() if by.user else ""
    today = row.record.initiative.today(by.at)
    return next((each for each in answerers(row, today) if each.address == address), None)


def _no_mandate(row: Commitment) -> str:
    return _(
        "Only somebody who may speak for %(name)s on promises confirms this. Ask the convener to "
        "record a mandate, or to name the seat that answers for it."
    ) % {"name": row.who or _("an organization")}


def _check_authority(authority_stated: str, board_by: date | None, today: date) -> None:
    if authority_stated not in Authority.values:
        raise RuleError(
            _("Say under whose authority: within ours, needs our board, or intent only."),
            "authority_stated",
        )
    if authority_stated == Authority.BOARD and board_by is None:
        raise RuleError(_("Enter the day your board decides, like 2026-06-15."), "board_by")
    if authority_stated == Authority.BOARD and board_by is not None and board_by < today:
        raise RuleError(
            _("Enter a day to come on which your board decides, like next month's meeting."),
            "board_by",
        )


@transaction.atomic
def keep_promise(
    *,
    by: Actor,
    commitment: Commitment,
    evidence: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Commitment:
    """Note that a promise was kept, with what shows it.

    Raises:
        RuleError: where it has ended already or was withdrawn.

    """
    row = held_open(commitment, provenance)
    values: dict[str, Any] = {
        "state": State.KEPT.value,
        "evidence": evidence.strip(),
        "ended_on": day_of(by, row, when, provenance),
        "because": "",
    }
    return turn(
        by, row, verb="kept", state=State.KEPT, values=values, when=when, provenance=provenance
    )


@transaction.atomic
def move_promise(
    *,
    by: Actor,
    commitment: Commitment,
    until: PartialDate,
    because: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Commitment:
    """Give a promise a new date; the first one stays on record.

    Raises:
        RuleError: where it has ended, the day is past, or it is the date it has.

    """
    row = held_open(commitment, provenance)
    if not provenance.reported and until.end < row.record.initiative.today(by.at):
        raise RuleError(_("Enter a day that is still to come, like next Friday's date."), "until")
    if row.due is not None and row.due == until:
        raise RuleError(_("This is the date it has. Enter another one."), "until")
    first = row.first_due_to or row.due_to
    values = {**due_values(until), "first_due_to": first, "because": because.strip()}
    return turn(
        by,
        row,
        verb="moved",
        state="new_date",
        values=values,
        because=because.strip(),
        when=when,
        provenance=provenance,
    )


@transaction.atomic
def drop_promise(
    *,
    by: Actor,
    commitment: Commitment,
    because: str,
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Commitment:
    """Note that a promise is not going ahead, and why: an honest end.

    Raises:
        RuleError: where no reason is given, or it has ended already.

    """
    if not because.strip() and not provenance.reported:
        raise RuleError(
            _("Say why it is not going ahead, like “the grant was not renewed”."), "because"
        )
    row = held_open(commitment, provenance)
    values = {
        "state": State.DROPPED.value,
        "because": because.strip(),
        "ended_on": day_of(by, row, when, provenance),
    }
    return turn(
        by,
        row,
        verb="dropped",
        state=State.DROPPED,
        values=values,
        because=because.strip(),
        when=when,
        provenance=provenance,
    )


@transaction.atomic
def reopen_promise(*, by: Actor, commitment: Commitment, because: str) -> Commitment:
    """Open a promise again that was noted as ended by mistake.

    Raises:
        RuleError: where no reason is given, or it has not ended.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “only half of it was sent”."), "because")
    row = held(commitment)
    if row.is_open:
        raise RuleError(_("This promise is open."))
    state = State.CONFIRMED if row.confirmed_at else State.INTENT
    values = {"state": state.value, "ended_on": None, "archived_at": None, "because": ""}
    return turn(by, row, verb="reopened", state=state, values=values, because=because.strip())
