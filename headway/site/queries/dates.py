"""Dates that matter, out of every stage: votes, meetings, promises, tests, reviews, terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.models import Ask, PathStep, Seat
from headway.commitments.models import Commitment
from headway.commitments.models.commitment import late_by
from headway.core.dates import weekday_words, working_day_before
from headway.core.errors import Message
from headway.directory.models import Membership, Organisation
from headway.forums.models import Meeting, Phase
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record, StageModel
from headway.initiatives.reader import Reader
from headway.pilots.models import FollowUp, Pilot, Review, SmallTest
from headway.solutions.models import Ballot, Funding, Outcome

AHEAD = timedelta(days=60)
# A step is due some weeks before its vote.
LONGEST_PATH = timedelta(days=200)
MOST_MINE, MOST_SHOWN, MOST_LATE = 8, 8, 4
OPEN_ASK = Q(state__in=[Ask.State.DRAFT, Ask.State.SUBMITTED, Ask.State.ON_AGENDA])
STEP, TERM = "step", "term"
WHAT: dict[str, Message] = {
    "promise": gettext_lazy("Promise due"),
    "vote": gettext_lazy("Vote expected"),
    "review_outcome": gettext_lazy("We look at it again"),
    "ballot": gettext_lazy("Vote closes"),
    "meeting": gettext_lazy("Meeting"),
    "phase": gettext_lazy("Draft due"),
    "grant": gettext_lazy("Deadline of the grant"),
    "small_test": gettext_lazy("We look at a small test"),
    "pilot": gettext_lazy("Pilot ends"),
    "review": gettext_lazy("Learning review due"),
    "follow_up": gettext_lazy("Follow-up due"),
}

Row = tuple[str, date | None, datetime | None, str, str, str, UUID, bool, bool, bool, int]


@dataclass(frozen=True)
class Dated:
    """One record with the day that matters about it."""

    day: date | None
    words: str
    what: Message
    title: str
    href: str
    late: bool
    unconfirmed: bool = False


@dataclass(frozen=True)
class Dates:
    """What comes next, and what is past its day; visitors are told of nothing that is late."""

    mine: tuple[Dated, ...]
    meeting: Dated | None
    ahead: tuple[Dated, ...]
    overdue: tuple[Dated, ...]
    more_ahead: int = 0
    more_overdue: int = 0


@dataclass(frozen=True)
class Asked:
    """Whose dates, for whose eyes, and until which day."""

    initiative: Initiative
    reader: Reader
    until: date

    @property
    def today(self) -> datetime:
        """When today began where the initiative is."""
        return datetime.combine(self.reader.today, time(), ZoneInfo(self.initiative.zone))


class Found(NamedTuple):
    """One record with a day, as the database told it; put into words only where it is shown."""

    what: str
    day: date | None
    title: str
    about: str
    kind: str
    key: UUID
    late: bool
    unconfirmed: bool
    mine: bool


def dates_that_matter(initiative: Initiative, reader: Reader) -> Dates:
    """The dates of the next weeks, and what is overdue; one query, whatever there is."""
    today, until = reader.today, reader.today + AHEAD
    lines = _found(Asked(initiative, reader, until))
    mine = [line for line in lines if line.mine][:MOST_MINE]
    meeting = [line for line in lines if line.what == Meeting.RECORD_KIND][:1]
    others = [line for line in lines if line.day is not None and line not in (*mine, *meeting)]
    soon = [line for line in others if line.day and today <= line.day <= until]
    late = _late(others, reader)
    return Dates(
        mine=_told(mine, reader),
        meeting=next(iter(_told(meeting, reader)), None),
        ahead=_told(soon[:MOST_SHOWN], reader),
        overdue=_told(late[:MOST_LATE], reader),
        more_ahead=len(soon[MOST_SHOWN:]),
        more_overdue=len(late[MOST_LATE:]),
    )


def _late(lines: Sequence[Found], reader: Reader) -> list[Found]:
    """What is past its day; visitors are told of none of it."""
    return [line for line in lines if line.late and reader.member_id is not None]


def every_date(initiative: Initiative, reader: Reader) -> tuple[Dated, ...]:
    """All that is past its day, then all of the next weeks, each once; one query."""
    until = reader.today + AHEAD
    lines = _found(Asked(initiative, reader, until))
    ahead = [line for line in lines if line.day and reader.today <= line.day <= until]
    return _told([*_late(lines, reader), *ahead], reader)


def _found(asked: Asked) -> list[Found]:
    """Everything with a day until another, and one's organisation's promises, by day."""
    first, *others = _each(asked)
    rows = first.union(*others, all=True)
    return sorted((_of_row(asked, row) for row in rows), key=_by_day)


def _by_day(line: Found) -> tuple[bool, date, str]:
    return (line.day is None, line.day or date.max, line.title)


def _of_row(asked: Asked, row: Row) -> Found:
    what, day, at, title, about, kind, key, late, unconfirmed, mine, before = row
    if at is not None:
        day = asked.initiative.today(at)
    if what == STEP and day is not None:
        day = working_day_before(day, before)
    late = late and day is not None and day < asked.reader.today
    return Found(what, day, title, about, kind, key, bool(late), bool(unconfirmed), bool(mine))


def _told(lines: Sequence[Found], reader: Reader) -> tuple[Dated, ...]:
    return tuple(
        Dated(
            day=line.day,
            words=weekday_words(line.day),
            what=_said(line.what, line.about),
            title=line.title,
            href=_href(reader, line.kind, line.key),
            late=line.late,
            unconfirmed=line.unconfirmed,
        )
        for line in lines
    )


def _each(asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    """One question a stage, all with the same columns; the first one gives them their types."""
    yield _promises(asked)
    yield _days(asked, "vote", Ask, "vote_on", OPEN_ASK)
    yield _days(asked, "review_outcome", Outcome, "review_on", Q(reviewed_at=None))
    asked_for = Q(status=Funding.Status.ASKED)
    yield _days(asked, "grant", Funding, "deadline", asked_for)
    still_open = Q(closes_at=None) | Q(closes_at__gte=asked.today)
    yield _days(asked, "phase", Phase, "product_due", still_open)
    yield _days(asked, "small_test", SmallTest, "look_on", Q(state=SmallTest.State.RUNNING))
    yield _days(asked, "pilot", Pilot, "ends_on", Q(state=Pilot.State.RUNNING))
    yield _days(asked, "review", Review, "due_on", Q(state=Review.State.OPEN))
    yield _days(asked, "follow_up", FollowUp, "due_on", Q(state=FollowUp.State.OPEN))
    yield _instants(asked, "ballot", Ballot, "closes_at", Q(state=Ballot.State.OPEN))
    yield _instants(asked, "meeting", Meeting, "starts_at", Q(state=Meeting.State.PLANNED))
    yield _steps(asked)
    yield _terms(asked)


def _rows(asked: Asked, model: type[StageModel], *only: Q) -> QuerySet[Any]:
    found = model._default_manager.filter(  # the same of every stage
        *only,
        record__initiative=asked.initiative,
        record__kind=model.RECORD_KIND,  # so that the database looks at no other records
        record__withdrawn_at=None,
        record__visibility__in=asked.reader.readers,
    )
    return found.order_by()


def _promises(asked: Asked) -> QuerySet[Any, Any]:
    """Open promises with a day, and those of one's organisation under every name it counts as."""
    own = Q(pk=asked.reader.organisation_id) | Q(merged_into=asked.reader.organisation_id)
    known = asked.reader.organisation_id is not None
    mine = Q(organisation__in=Organisation.objects.filter(own).values("pk")) if known else NEVER
    is_open = Q(state__in=[Commitment.State.INTENT, Commitment.State.CONFIRMED], archived_at=None)
    today = asked.reader.today
    dated = Q(due_to__gte=today, due_to__lte=asked.until) | late_by(today)
    rows = _rows(asked, Commitment, is_open, dated | mine)
    return _columns(
        rows,
        "promise",
        Commitment,
        d_day=F("due_to"),
        d_late=_whether(late_by(today)),
        d_unconfirmed=_whether(Q(state=Commitment.State.INTENT)),
        d_mine=_whether(mine),
    )


def _days(
    asked: Asked, what: str, model: type[StageModel], column: str, only: Q
) -> QuerySet[Any, Any]:
    """The rows of one stage whose day has come or comes soon."""
    rows = _rows(asked, model, only, Q(**{f"{column}__lte": asked.until}))
    return _columns(rows, what, model, d_day=F(column))


def _instants(
    asked: Asked, what: str, model: type[StageModel], column: str, only: Q
) -> QuerySet[Any, Any]:
    """The rows of one stage whose instant lies ahead."""
    rows = _rows(asked, model, only, Q(**{f"{column}__gte": asked.today}))
    return _columns(rows, what, model, d_day=NO_DAY, d_at=F(column))


def _columns(
    rows: QuerySet[Any], what: str, model: type[StageModel], **said: Combinable
) -> QuerySet[Any, Any]:
    """The same columns of every stage."""
    told: dict[str, Any] = {
        "d_title": F("record__title"),
        "d_kind": _word(model.RECORD_KIND),
        "d_key": F("pk"),
    }
    return _annotated(rows, what, **(told | said))


def _annotated(rows: QuerySet[Any], what: str, **said: Combinable) -> QuerySet[Any, Any]:
    named: dict[str, Combinable] = {"d_what": _word(what)} | NOTHING
    found: QuerySet[Any, Any] = rows.order_by().annotate(**(named | said)).values_list(*COLUMNS)
    return found


def _whether(condition: Q) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, BooleanField())


NEVER = Q(pk__isnull=True)
COLUMNS = (
    *("d_what", "d_day", "d_at", "d_title", "d_about", "d_kind", "d_key"),
    *("d_late", "d_unconfirmed", "d_mine", "d_before"),
)


def _steps(asked: Asked) -> QuerySet[Any, Any]:
    """The open steps of requests that have a vote ahead; each is due some weeks before it."""
    asks = _rows(asked, Ask, OPEN_ASK)
    steps = PathStep.objects.filter(
        ask__in=asks.values("pk"),
        ask__vote_on__gte=asked.reader.today,
        ask__vote_on__lte=asked.until + LONGEST_PATH,
        done_on=None,
    )
    return _annotated(
        steps,
        STEP,
        d_day=F("ask__vote_on"),
        d_title=F("ask__record__title"),
        d_about=F("title"),
        d_kind=_word(Ask.RECORD_KIND),
        d_key=F("ask"),
        d_before=F("days_before"),
    )


def _terms(asked: Asked) -> QuerySet[Any, Any]:
    """The terms on the initiative's decision bodies that end."""
    seats = Seat.objects.filter(
        arena__record__initiative=asked.initiative,
        arena__record__visibility__in=asked.reader.readers,
        arena__record__withdrawn_at=None,
        ended_at=None,
    )
    terms = Membership.objects.live().filter(
        post__in=seats.values("post"), ends_to__gte=asked.reader.today, ends_to__lte=asked.until
    )
    return _annotated(
        terms,
        TERM,
        d_day=F("ends_to"),
        d_title=F("post__label"),
        d_about=F("person__name"),
        d_kind=_word(""),
        d_key=F("pk"),
    )


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


NO_DAYS = Value(0, output_field=IntegerField())
FALSE = Value(value=False, output_field=BooleanField())
TRUE = Value(value=True, output_field=BooleanField())
NO_DAY = Cast(Value(None), DateField())
NO_TIME = Cast(Value(None), DateTimeField())
NOTHING: dict[str, Combinable] = {
    "d_at": NO_TIME,
    "d_about": _word(""),
    "d_late": TRUE,
    "d_unconfirmed": FALSE,
    "d_mine": FALSE,
    "d_before": NO_DAYS,
}


def _said(what: str, about: str) -> Message:
    if what == TERM:
        return _("The term of %s ends") % about
    return about if what == STEP else WHAT[what]


def _href(reader: Reader, kind: str, key: UUID) -> str:
    if not kind:
        return reverse("arenas:home", args=[reader.slug])
    return kinds.href(Record(pk=key, kind=kind), reader.slug)
