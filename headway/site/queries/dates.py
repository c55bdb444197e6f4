"""Dates that matter, out of every stage: meetings, votes, promises, steps, terms; few questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    CharField,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.models import Ask, PathStep, Seat
from headway.commitments.models import Commitment
from headway.core.dates import working_day_before
from headway.core.errors import Message
from headway.directory.models import Membership, Organisation
from headway.forums.models import Meeting
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record, StageModel
from headway.initiatives.reader import Reader
from headway.site.queries.gaps import without_a_promise
from headway.solutions.models import Ballot, Outcome

AHEAD = timedelta(days=60)
MOST_READ = 200
OPEN = (Commitment.State.INTENT, Commitment.State.CONFIRMED)
OPEN_ASKS = (Ask.State.DRAFT, Ask.State.SUBMITTED, Ask.State.ON_AGENDA)
KINDS = tuple(each.RECORD_KIND for each in (Commitment, Ask, Outcome, Ballot, Meeting))
WHAT: dict[str, Message] = {
    "due_on": gettext_lazy("Promise due"),
    "vote_on": gettext_lazy("Vote expected"),
    "review_on": gettext_lazy("We look at it again"),
    "closes_at": gettext_lazy("Vote closes"),
    "starts_at": gettext_lazy("Meeting"),
}


@dataclass(frozen=True)
class Dated:
    """One record with the day that matters about it."""

    day: date | None
    words: str
    what: Message
    title: str
    href: str
    late: bool
    kind: str
    mine: bool = False
    unconfirmed: bool = False


def dated_records(initiative: Initiative, reader: Reader) -> list[Dated]:
    """Records with a day in the next weeks or past and open, and one's organisation's promises.

    One question, whatever there is.
    """
    rows = _with_days(initiative, reader)
    found = [each for row in rows if (each := _dated(row, initiative, reader)) is not None]
    return sorted(found, key=_by_day)


def _by_day(line: Dated) -> tuple[bool, date, str]:
    return (line.day is None, line.day or date.max, line.title)


def _one(model: type[StageModel], column: str, **only: object) -> Subquery:
    rows = model._default_manager.filter(pk=OuterRef("pk"), **only)
    return Subquery(rows.values(column)[:1])


def _with_days(initiative: Initiative, reader: Reader) -> QuerySet[Any]:
    until = reader.today + AHEAD
    today = datetime.combine(reader.today, time(), ZoneInfo(initiative.zone))
    promises = Commitment.objects.filter(pk=OuterRef("pk"), state__in=OPEN)
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    dated = found.filter(kind__in=KINDS).annotate(
        due_on=_one(Commitment, "due_to", state__in=OPEN),
        vote_on=_one(Ask, "vote_on", state__in=OPEN_ASKS),
        review_on=_one(Outcome, "review_on", reviewed_at=None),
        closes_at=_one(Ballot, "closes_at", state=Ballot.State.OPEN),
        starts_at=_one(Meeting, "starts_at", state=Meeting.State.PLANNED),
        unconfirmed=Exists(promises.filter(state=Commitment.State.INTENT)),
        mine=Exists(promises.filter(organisation__in=_own(reader))),
    )
    soon = Q(due_on__lte=until) | Q(vote_on__lte=until) | Q(review_on__lte=until)
    return dated.filter(
        soon | Q(closes_at__isnull=False) | Q(starts_at__gte=today) | Q(mine=True)
    ).order_by("recorded_at", "pk")[:MOST_READ]


def _own(reader: Reader) -> QuerySet[Organisation]:
    """The reader's organisation under every name it counts as."""
    own = Q(pk=reader.organisation_id) | Q(merged_into=reader.organisation_id)
    found = Organisation.objects.filter(own)
    return found if reader.organisation_id else Organisation.objects.none()


def _dated(row: Any, initiative: Initiative, reader: Reader) -> Dated | None:
    """The first day that a row has; visitors are told of no promise that is late."""
    name = next((each for each in WHAT if getattr(row, each) is not None), "due_on")
    found = getattr(row, name)
    day = initiative.today(found) if isinstance(found, datetime) else found
    late = day is not None and day < reader.today
    if late and reader.member_id is None:
        return None
    return Dated(
        day=day,
        words=day_words(day),
        what=WHAT[name],
        title=row.title,
        href=kinds.href(row, reader.slug),
        late=late,
        kind=row.kind,
        mine=row.mine,
        unconfirmed=row.unconfirmed,
    )


def day_words(day: date | None) -> str:
    """A day on which somebody must act, with its weekday."""
    return date_format(day, "l, F j, Y") if day else ""


def further_lines(initiative: Initiative, reader: Reader) -> list[Dated]:
    """Steps to an agenda, terms on bodies that end, decisions without a promise: one question."""
    told = _steps(initiative, reader).union(
        _terms(initiative, reader), _gaps(initiative, reader), all=True
    )
    until = reader.today + AHEAD
    rows = (_line(reader, *row) for row in told[:MOST_READ])
    return sorted((row for row in rows if row.day is None or row.day <= until), key=_by_day)


def _steps(initiative: Initiative, reader: Reader) -> QuerySet[Any, Any]:
    asks = Ask.objects.in_initiative(initiative).live().visible_to(reader.readers).still_open()
    steps = PathStep.objects.filter(ask__in=asks, ask__vote_on__isnull=False, done_on=None)
    return steps.order_by().values_list(
        _word(STEP), "ask__vote_on", "days_before", "title", "ask__record__title", "ask"
    )


def _terms(initiative: Initiative, reader: Reader) -> QuerySet[Any, Any]:
    seats = Seat.objects.filter(
        arena__record__initiative=initiative,
        arena__record__visibility__in=reader.readers,
        arena__record__withdrawn_at=None,
        ended_at=None,
    )
    until = reader.today + AHEAD
    terms = Membership.objects.live().filter(
        post__in=seats.values("post"), ends_to__gte=reader.today, ends_to__lte=until
    )
    return terms.order_by().values_list(
        _word(TERM), "ends_to", NO_DAYS, "person__name", "post__label", "post"
    )


def _gaps(initiative: Initiative, reader: Reader) -> QuerySet[Any, Any]:
    decided = without_a_promise(initiative, reader).order_by()
    return decided.values_list(_word(GAP), NO_DAY, NO_DAYS, "title", "kind", "pk")


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


STEP, TERM, GAP = "step", "term", "gap"
NO_DAYS = Value(0, output_field=IntegerField())
NO_DAY = Value(None, output_field=DateField())


def _line(
    reader: Reader, row: str, day: date | None, before: int, title: str, about: str, key: UUID
) -> Dated:
    due = working_day_before(day, before) if day else None
    what, href = title, reverse("arenas:home", args=[reader.slug])
    if row == STEP:
        href = reverse("arenas:ask", args=[reader.slug, key])
    if row == TERM:
        what = _("The term of %s ends") % title
    if row == GAP:
        about, href = title, kinds.href(Record(pk=key, kind=about), reader.slug)
    late = due is not None and due < reader.today
    return Dated(due, day_words(due), what, about, href, late, row)


def in_order(lines: Iterable[Dated], most: int) -> tuple[Dated, ...]:
    """The first few by day."""
    return tuple(sorted(lines, key=_by_day)[:most])
