"""The page on which one votes, one statement at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models.authority import Visibility
from headway.core.dates import date_words, last_day_before
from headway.forums.models import Choice, Conversation, Participant, Phase, Statement
from headway.forums.queries.results import choices_of, counts_twice
from headway.forums.queries.rights import open_rights
from headway.initiatives.models import Wording
from headway_analysis.partial_date import PartialDate
from headway_analysis.similarity import similar

ALIKE = 0.5


@dataclass(frozen=True)
class Asked:
    """The statement that is asked about now, and what was chosen before."""

    id: str
    text: str
    chosen: str
    wording: int
    merged: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One of the three buttons."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class TakePartPage:
    """One statement with three buttons, or what has to be done first."""

    title: str
    introduction: str
    closed: str
    asks_code: bool
    enter_href: str
    asked: Asked | None
    answers: tuple[Answer, ...]
    place: int
    total: int
    left: int
    first: bool
    closes: str
    say_href: str
    sector_href: str
    results_href: str
    twice: str
    arrived: str = ""


ARRIVED = {
    True: gettext_lazy(
        "Your statement arrived. It joins those of others, by tomorrow at the latest, so that"
        " nobody can tell who wrote it. A moderator reads it before the others see it."
    ),
    False: gettext_lazy(
        "Your statement arrived. It joins those of others, by tomorrow at the latest, so that"
        " nobody can tell who wrote it. Then all can vote on it."
    ),
}


def closed_words(conversation: Conversation, now: datetime) -> str:
    """Why nobody can vote now; empty where one can."""
    if conversation.state == Conversation.State.CLOSED:
        return _("This conversation is over. Its results stay here.")
    if conversation.closes_at is not None and conversation.closes_at <= now:
        return _("The last day to vote has passed.")
    if not conversation.takes_votes(now):
        begins = conversation.opens_at
        day = conversation.record.initiative.today(begins) if begins else None
        words = date_words(PartialDate.on(day)) if day else _("later")
        return _("Voting begins on %s.") % words
    if Phase.Right.CHOOSE not in open_rights(conversation.forum, now):
        return _("Voting is closed in this phase of the group.")
    return ""


def take_part_page(
    conversation: Conversation,
    now: datetime,
    *,
    resume: str = "",
    asks_code: bool = False,
    again: str = "",
    said: bool = False,
) -> TakePartPage:
    """What somebody votes on next.

    Args:
        conversation: what people vote in.
        now: when.
        resume: who goes on, without a name.
        asks_code: whether an invitation code has to be typed in first.
        again: a statement to vote on anew.
        said: whether this person just added a statement.

    """
    closed = closed_words(conversation, now)
    over = conversation.state == Conversation.State.CLOSED
    asked = in_order(conversation, resume)
    mine = choices_of(conversation, resume)
    merged = merged_ones(conversation, mine)
    open_ones = [each for each in asked if str(each.pk) not in mine]
    # What was merged with something they voted on is asked first, while they remember.
    open_ones.sort(key=lambda each: each.pk not in merged)
    shown = next((each for each in asked if str(each.pk) == again), None)
    now_asked = None if closed or asks_code else shown or (open_ones[0] if open_ones else None)
    chosen = mine.get(str(now_asked.pk), "") if now_asked else ""
    states = Phase.Right.STATE in open_rights(conversation.forum, now) and not closed
    address = (conversation.pk,)
    return TakePartPage(
        title=conversation.record.title,
        introduction=conversation.introduction,
        closed=closed,
        asks_code=asks_code and (over or not closed),
        enter_href=reverse("forums:enter_code", args=address) if asks_code else "",
        asked=_asked(now_asked, chosen, merged) if now_asked else None,
        answers=_answers(chosen),
        place=len(asked) - len(open_ones) + (0 if shown else 1),
        total=len(asked),
        left=len(open_ones),
        first=not mine,
        closes=_closes(conversation),
        say_href=reverse("forums:say", args=address) if states and not asks_code else "",
        sector_href=_sector_href(conversation, resume) if not closed and mine else "",
        results_href=(
            _open_results(conversation)
            if asks_code
            else _results_href(conversation, done=bool(mine) and not open_ones)
        ),
        twice=counts_twice(conversation),
        arrived=str(ARRIVED[conversation.checked_first]) if said else "",
    )


def merged_ones(conversation: Conversation, mine: Mapping[str, str]) -> dict[UUID, list[str]]:
    """What somebody voted on that was merged since, by the statement that is kept."""
    found: dict[UUID, list[str]] = {}
    if not mine:
        return found
    rows = Statement.objects.filter(conversation=conversation, state=Statement.State.MERGED)
    kept = dict(rows.values_list("pk", "merged_into"))
    for row in rows.filter(pk__in=list(mine)).order_by("number"):
        end = row.merged_into_id
        while end in kept:
            end = kept[end]
        if end is not None:
            found.setdefault(end, []).append(row.text)
    return found


def _asked(statement: Statement, chosen: str, merged: Mapping[UUID, Sequence[str]]) -> Asked:
    wordings = Wording.objects.filter(record=statement.pk, field="text")
    last = wordings.aggregate(last=Max("number"))["last"]
    said = () if chosen else tuple(merged.get(statement.pk, ()))
    return Asked(str(statement.pk), statement.text, chosen, last or 0, said)


def _answers(chosen: str) -> tuple[Answer, ...]:
    return tuple(Answer(key, str(label), key == chosen) for key, label in Choice.Value.choices)


def _results_href(conversation: Conversation, *, done: bool) -> str:
    """The results, once one has voted on everything or the vote is over."""
    shown = done or conversation.state == Conversation.State.CLOSED
    return reverse("forums:your_results", args=[conversation.pk]) if shown else ""


def _open_results(conversation: Conversation) -> str:
    """The results where anybody may read them, for who typed in no code."""
    record, over = conversation.record, conversation.state == Conversation.State.CLOSED
    public = record.initiative.is_public and record.visibility == Visibility.PUBLIC
    args = (record.initiative.slug, conversation.pk)
    return reverse("forums:results", args=args) if over and public else ""


def _sector_href(conversation: Conversation, resume: str) -> str:
    """Where one says from which sector one comes, as long as one did not."""
    if not conversation.asks_sector or not resume:
        return ""
    known = Participant.objects.filter(conversation=conversation, resume=resume)
    said = known.values_list("sector", flat=True).first()
    return "" if said else reverse("forums:tell_sector", args=[conversation.pk])


def _closes(conversation: Conversation) -> str:
    if conversation.closes_at is None:
        return ""
    zone = conversation.record.initiative.zone
    return date_words(PartialDate.on(last_day_before(conversation.closes_at, zone)))


def in_order(conversation: Conversation, resume: str) -> list[Statement]:
    """The published statements, for each participant in another order that stays the same.

    Otherwise the first ones would get most votes, as many people stop early.
    """
    found = Statement.objects.filter(conversation=conversation).published().live()

    def place(statement: Statement) -> str:
        return sha256(f"{resume}{statement.pk}".encode()).hexdigest()

    return sorted(found, key=place) if resume else list(found)


def like_statements(conversation: Conversation, text: str) -> tuple[str, ...]:
    """Published statements that say almost the same, best first."""
    found = Statement.objects.filter(conversation=conversation).published().live()
    texts = list(found.values_list("text", flat=True))
    return tuple(texts[match.position] for match in similar(texts, text, top=3, floor=ALIKE))


def statement_asked(conversation: Conversation, statement_id: UUID) -> Statement | None:
    """A statement of this conversation."""
    return Statement.objects.filter(conversation=conversation, pk=statement_id).live().first()
