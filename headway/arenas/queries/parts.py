"""What several pages about decision bodies share: words, marks, and who holds a seat."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from headway.arenas.models import Ask, BodyDecision, OnRecord
from headway.core.errors import Message
from headway.core.tables import Mark
from headway.directory.models import Membership, Person, Post
from headway.initiatives.models import Record
from headway.initiatives.pages.detail import Step, withdraw_step
from headway.initiatives.reader import Reader

RELEASED = _("This may have to be released.")
ASK_MARKS = {
    Ask.State.DRAFT: "draft",
    Ask.State.SUBMITTED: "under_way",
    Ask.State.ON_AGENDA: "planned",
    Ask.State.DECIDED: "done",
    Ask.State.TAKEN_BACK: "ended",
}
RESULT_MARKS = {
    BodyDecision.Result.ADOPTED: "adopted",
    BodyDecision.Result.CHANGED: "adopted",
    BodyDecision.Result.REFUSED: "not_going_ahead",
    BodyDecision.Result.POSTPONED: "waiting_on",
}


def stance_words(row: OnRecord) -> Message:
    """Where somebody stands, in words that cannot be read as if nothing was said at all."""
    if row.stance == OnRecord.Stance.UNKNOWN:
        return _("for or against not said")
    return row.get_stance_display()


def ask_mark(ask: Ask) -> Mark:
    """The state of a request by shape and word."""
    return Mark(ASK_MARKS[Ask.State(ask.state)], capfirst(ask.get_state_display()))


def result_mark(decision: BodyDecision) -> Mark:
    """What a body decided by shape and word."""
    result = BodyDecision.Result(decision.result)
    return Mark(RESULT_MARKS[result], capfirst(decision.get_result_display()))


def day_words(day: date | None) -> str:
    """A day with its weekday: somebody must act by it."""
    return date_format(day, "l, F j, Y") if day else ""


def holders_of(posts: Collection[UUID], day: date) -> dict[UUID, list[Membership]]:
    """Who holds each of these posts on a day."""
    found: dict[UUID, list[Membership]] = defaultdict(list)
    held = Membership.objects.live().current(day).filter(post__in=posts)
    for row in held.select_related("person__merged_into"):
        if row.post_id is not None:
            found[row.post_id].append(row)
    return found


def said_by(post: Post | None, person: Person | None) -> str:
    """Whose word it is: a person, a seat, or both."""
    names = [person.canonical.name] if person else []
    return ", ".join([*names, post.label] if post else names)


def own_withdrawal(record: Record, reader: Reader) -> tuple[Step, ...]:
    """Withdraw, for whoever wrote it."""
    own = reader.member_id is not None and record.author_id == reader.member_id
    may = own and reader.may("arenas.record")
    return withdraw_step(record, reader, "arenas:withdraw", may=may)
