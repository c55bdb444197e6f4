"""How somebody tells what they saw, so that nothing stored leads back to who told it.

What is told waits sealed under the review's key, which lies outside the database. As soon as two
people's tellings wait, or when their day is over, they are stored together in one shuffled batch,
without a time. The log says nothing of it.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.keys import KeyGoneError, key_bytes
from headway.core.text import text_refusal
from headway.initiatives.actions import locked
from headway.pilots.actions.reviews import held_open
from headway.pilots.actions.sealing import Told, seal_told, unseal_told
from headway.pilots.models import Review, ReviewParticipant, SealedTelling, Telling

LONGEST = 5_000
MOST_AT_ONCE = 100
TELLERS_TOGETHER = 2


@transaction.atomic
def tell(*, by: Actor, review: Review, told: Sequence[Told]) -> int:
    """Tell what one saw, expected or learned; answers how much of it waits for somebody else's.

    Raises:
        RuleError: where nothing is told, one does not take part, or the review is closed.

    """
    _check(told)
    row = held_open(review)
    standing = ReviewParticipant.objects.standing().filter(review=row)
    if by.member_id is None or not standing.filter(member=by.member_id).exists():
        raise RuleError(_("First take part in this review."))
    key = _key(row)
    if key is None:
        raise RuleError(_("What you tell cannot be kept now. Ask whoever runs this installation."))
    teller = hmac.new(key, f"teller:{by.member_id}".encode(), sha256).hexdigest()
    day = row.record.initiative.today(by.at)
    SealedTelling.objects.bulk_create(
        [
            SealedTelling(
                review=row,
                day=day,
                teller=teller,
                sealed=seal_told(each, key=key, review_id=row.pk),
            )
            for each in told
        ]
    )
    waiting = SealedTelling.objects.filter(review=row)
    if waiting.values("teller").distinct().count() >= TELLERS_TOGETHER:
        store_waiting(row)
    return waiting.count()


def _check(told: Sequence[Told]) -> None:
    if not told:
        raise RuleError(_("Tell at least one thing, like “March 2026: the van came at nine”."))
    if len(told) > MOST_AT_ONCE:
        raise RuleError(
            _("Tell at most %(most)s things at once, then go on with the next.")
            % {"most": MOST_AT_ONCE}
        )
    for each in told:
        if each.part not in Telling.Part.values:
            raise ValueError(f"part must be one of {Telling.Part.values}, got {each.part!r}")
        if not each.text.strip():
            raise RuleError(_("Write at least a word in each line."))
        refusal = text_refusal(each.text, LONGEST)
        if refusal is not None:
            raise RuleError(refusal)


def _key(review: Review) -> bytes | None:
    try:
        return key_bytes(review.key_id) if review.key_id else None
    except KeyGoneError:
        return None


def store_waiting(review: Review) -> int:
    """Store everything that waits in a review that is held, in an order that says nothing.

    Where the key is gone nothing can be read any more; what waits is let go.
    """
    waiting = list(SealedTelling.objects.filter(review=review))
    if not waiting:
        return 0
    key = _key(review)
    told = (
        [unseal_told(bytes(each.sealed), key=key, review_id=review.pk) for each in waiting]
        if key
        else []
    )
    # A shuffle that nobody can foresee or repeat.
    secrets.SystemRandom().shuffle(told)
    SealedTelling.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    rows = [
        Telling(review=review, part=each.part, text=each.text).set_when(each.when) for each in told
    ]
    Telling.objects.bulk_create(rows)
    return len(rows)


def store_told(*, now: datetime) -> int:
    """Store what waits wherever its day is over; answers how much it was."""
    oldest = SealedTelling.objects.values("review").order_by("review").annotate(day=Min("day"))
    stored = 0
    for waiting in list(oldest):
        row = Review.objects.select_related("record__initiative").get(pk=waiting["review"])
        if waiting["day"] < row.record.initiative.today(now):
            stored += _store(row.pk)
    return stored


@transaction.atomic
def _store(review_id: UUID) -> int:
    row = Review.objects.select_related("record").get(pk=review_id)
    locked(row.record)
    return store_waiting(row)
