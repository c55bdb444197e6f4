"""The learning review: opened, led, joined, answered, agreed on, closed."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.keys import make_key
from headway.initiatives.actions import (
    append_state,
    link_records,
    locked,
    must_stand,
    note_event,
    open_record,
)
from headway.initiatives.actions.records import for_members
from headway.initiatives.models import Link, Member, Record
from headway.pilots.actions.publishing import keep_among_partners, lock_with_lessons
from headway.pilots.actions.turning import held
from headway.pilots.models import Review, ReviewDraft, ReviewParticipant
from headway.pilots.queries.agreed import agreed_version, tells_more

DAYS_TO_HOLD_IT = 14
QUESTIONS = Review.TEXTS
Reach = ReviewParticipant.Reach


@transaction.atomic
def open_review(
    *,
    by: Actor,
    about: Record,
    occasion: str,
    due_on: date | None = None,
    conductor: Member | None = None,
) -> Review:
    """Ask what is learned of a record; while one is open about it, that one answers.

    Raises:
        RuleError: where the occasion is unknown, or the record was withdrawn.

    """
    record = locked(about)
    must_stand(record)
    if occasion not in Review.Occasion.values:
        raise RuleError(_("Choose why it is opened, like “it ended”."), "occasion")
    known = Review.objects.live().still_open().filter(about=record).first()
    if known is not None:
        return known
    _must_be_here(record.initiative_id, conductor)
    row = Review(
        about=record,
        occasion=occasion,
        conductor=conductor,
        due_on=due_on or record.initiative.today(by.at) + timedelta(days=DAYS_TO_HOLD_IT),
    )
    row.record = open_record(
        by=by,
        initiative=record.initiative,
        kind=Review.RECORD_KIND,
        title=_("What we learned: %(what)s") % {"what": record.title[:220]},
        # Its answers are for the partners, whatever else is public.
        visibility=for_members(record),
    )
    row.save(force_insert=True)
    append_state(record=row.record, state=row.state, by=by)
    note_event(by=by, record=row.record, verb="opened", changes={"about": ("", record.title)})
    link_records(by=by, origin=row.record, target=record, kind=Link.Kind.CAME_FROM)
    return row


def _must_be_here(initiative_id: UUID, member: Member | None) -> None:
    if member is None:
        return
    if member.initiative_id != initiative_id or member.left_at is not None:
        raise RuleError(_("Choose a member of this initiative."), "conductor")


def held_open(review: Review) -> Review:
    """The review, held until the transaction ends.

    Raises:
        RuleError: where it was closed or withdrawn.

    """
    row = held(review)
    if row.state != Review.State.OPEN:
        raise RuleError(_("This review is closed. Open another one to learn more."))
    return row


@transaction.atomic
def name_conductor(
    *,
    by: Actor,
    review: Review,
    conductor: Member | None = None,
    conductor_as_said: str = "",
    due_on: date | None = None,
) -> bool:
    """Say who leads the conversation, a member or somebody from outside, and by when.

    Somebody involved may lead it where nobody else can; the page then says so.

    Raises:
        RuleError: where the member belongs elsewhere, or the review is closed.

    """
    row = held_open(review)
    _must_be_here(row.record.initiative_id, conductor)
    changes = row.change(
        conductor=conductor,
        conductor_as_said=conductor_as_said.strip(),
        due_on=due_on or row.due_on,
    )
    if changes:
        note_event(by=by, record=row.record, verb="named", changes=changes)
    return bool(changes)


@transaction.atomic
def join_review(*, by: Actor, review: Review) -> ReviewParticipant:
    """Take part; of what one tells nothing leads back here.

    Raises:
        RuleError: where one is no member, or the review is closed.

    """
    row = held_open(review)
    if by.member_id is None:
        raise RuleError(_("Only a member of the initiative can take part."))
    if row.key_id is None:
        row.change(key_id=make_key())
    today = row.record.initiative.today(by.at)
    known = ReviewParticipant.objects.filter(review=row, member=by.member_id).first()
    if known is not None and known.left_on is None:
        return known
    if known is not None:
        known.change(left_on=None, joined_on=today)
    else:
        known = ReviewParticipant(review=row, member_id=by.member_id, joined_on=today)
        known.save(force_insert=True)
    note_event(by=by, record=row.record, verb="took_part")
    return known


@transaction.atomic
def leave_review(*, by: Actor, review: Review) -> None:
    """Take part no longer; what one told stays, as nobody can tell which it was.

    Raises:
        RuleError: where one does not take part, or the review is closed.

    """
    row = held_open(review)
    participant = _participant(row, by.member_id)
    participant.change(
        left_on=row.record.initiative.today(by.at), agreed_to="", agreed_on=None, noted_at=None
    )
    note_event(by=by, record=row.record, verb="left_review")


def _participant(review: Review, member_id: UUID | None) -> ReviewParticipant:
    """How a member takes part.

    Raises:
        RuleError: where the member does not.

    """
    standing = ReviewParticipant.objects.standing().filter(review=review)
    found = standing.filter(member=member_id).first() if member_id else None
    if found is None:
        raise RuleError(_("First take part in this review."))
    return found


@transaction.atomic
def draft_answers(
    *,
    by: Actor,
    review: Review,
    expected: str = "",
    happened: str = "",
    difference: str = "",
    learned: str = "",
    seen: int | None = None,
) -> bool:
    """Put the answers together; whoever agreed to others before is asked anew.

    The log tells that it was done, not what it says: that is for those who take part.

    Raises:
        RuleError: where somebody else wrote in between, or the review is closed.

    """
    row = held_open(review)
    draft, _made = ReviewDraft.objects.select_for_update().get_or_create(review=row)
    if seen is not None and seen != draft.revision:
        raise RuleError(
            _("Somebody changed this while you wrote. Save again to see what it says now.")
        )
    said = {
        "expected": expected.strip(),
        "happened": happened.strip(),
        "difference": difference.strip(),
        "learned": learned.strip(),
    }
    if not draft.change(**said):
        return False
    draft.change(revision=draft.revision + 1)
    ReviewParticipant.objects.filter(review=row).update(agreed_to="", agreed_on=None, noted_at=None)
    note_event(by=by, record=row.record, verb="answers_drafted")
    return True


@transaction.atomic
def agree(
    *,
    by: Actor,
    review: Review,
    reach: str,
    participant: ReviewParticipant | None = None,
    seen: int | None = None,
) -> ReviewParticipant:
    """Agree that the answers are told to the partners, or to everybody; empty takes it back.

    Given a participant, somebody else notes what that one said in the conversation; that one is
    told. For what is told to everybody one may still agree after the close, also where one left,
    and take it back: what was published without it goes back to the partners. The log names
    neither who agreed nor who noted it.

    Raises:
        RuleError: where there are no answers yet, other words were read, or one takes no part.

    """
    lock_with_lessons(review)
    row = held(review)
    draft = ReviewDraft.objects.filter(review=row).first()
    _check_agreement(row, draft, reach, seen)
    found = _asked(row, participant.member_id if participant else by.member_id)
    nobody = Actor(kind="participant", at=by.at)
    if _note_agreement(by, found, reach, row.record.initiative.today(by.at)):
        note_event(by=nobody, record=row.record, verb="agreed")
    if reach != Reach.EVERYBODY:
        keep_among_partners(by=nobody, review=row)
    return found


def _note_agreement(by: Actor, found: ReviewParticipant, reach: str, today: date) -> bool:
    """Note how far somebody agrees, and when somebody else said so; whether that is news."""
    changes = found.change(agreed_to=reach, agreed_on=today if reach else None)
    own = found.member_id == by.member_id
    if own or changes:
        found.change(noted_at=None if own else by.at)
    return bool(changes)


def _check_agreement(row: Review, draft: ReviewDraft | None, reach: str, seen: int | None) -> None:
    if reach not in {"", *Reach.values}:
        raise RuleError(_("Choose how far the answers may go."), "reach")
    if row.state == Review.State.CLOSED and not reach:
        raise RuleError(_("The partners know the answers already."), "reach")
    if row.state == Review.State.OPEN and (draft is None or not draft.learned):
        raise RuleError(_("First write down what you learned. Then everybody can agree to it."))
    read = seen is None or seen == agreed_version(row, draft)
    if not read and tells_more(row, reach):
        raise RuleError(_("The words changed meanwhile. Read them, then agree to them."))


def _asked(review: Review, member_id: UUID | None) -> ReviewParticipant:
    """Whose agreement counts: who takes part, and after the close also who took part before.

    Raises:
        RuleError: where the member never did.

    """
    if review.state == Review.State.CLOSED and member_id is not None:
        before = ReviewParticipant.objects.filter(review=review, member=member_id).first()
        if before is not None:
            return before
    return _participant(review, member_id)
