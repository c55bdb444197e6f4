"""What was tried and how it came out, what did not work as plainly as what did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.tables import Mark
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader
from headway.pilots.models import Pilot, Result, SmallTest
from headway.pilots.queries.register import pilots, small_tests
from headway.pilots.queries.words import result_words, state_mark
from headway.solutions.models import Solution

MARKS = {
    Result.WORKED: "done",
    Result.DID_NOT: "not_going_ahead",
    Result.INCONCLUSIVE: "open",
    Result.NOT_FINISHED: "ended",
}
MOST = 40


@dataclass(frozen=True)
class ResultLine:
    """One test or pilot: how it came out or that it is under way, what was seen and decided."""

    title: str
    href: str
    kind: Message
    mark: Mark
    decision: Message
    when: str
    saw: str
    source: str
    source_href: str


def results(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None = None,
    solution: Solution | None = None,
) -> tuple[ResultLine, ...]:
    """Tests and pilots with a result, of one recommendation or all; two queries, latest first."""
    known = ~Q(result="")
    if solution is not None:
        known &= Q(solution=solution)
    if as_of is not None:
        known &= Q(ended_on__lte=as_of)
    rows: Iterator[Pilot | SmallTest] = chain(
        pilots(initiative, reader).filter(known)[:MOST],
        small_tests(initiative, reader).filter(known)[:MOST],
    )
    newest = sorted(rows, key=_when, reverse=True)[:MOST]
    return tuple(_line(row, reader) for row in newest)


def under_way(initiative: Initiative, reader: Reader, solution: Solution) -> tuple[ResultLine, ...]:
    """Tests and pilots of a recommendation that began and have no result yet; two queries."""
    open_still = Q(result="", solution=solution)
    rows: Iterator[Pilot | SmallTest] = chain(
        pilots(initiative, reader).filter(open_still).exclude(state=Pilot.State.CARD)[:MOST],
        small_tests(initiative, reader).filter(open_still)[:MOST],
    )
    return tuple(_open_line(row, reader) for row in rows)


def _open_line(row: Pilot | SmallTest, reader: Reader) -> ResultLine:
    record, source = row.record, row.record.source
    mark, day = state_mark(row, reader.today), row.ends_on
    when = date_format(day, "DATE_FORMAT") if day else ""
    if row.state == Pilot.State.RUNNING:
        words = _("Under way, planned until %s") % when if when else _("Under way")
        mark = Mark("under_way", words)
    return ResultLine(
        title=record.title,
        href=kinds.href(record, reader.slug),
        kind=kinds.label(record.kind),
        mark=mark,
        decision="",
        when=when,
        saw=row.saw,
        source=source.title if source else "",
        source_href=source.url if source else "",
    )


def _when(row: Pilot | SmallTest) -> date:
    return row.decided_on or row.ended_on or date.min


def _line(row: Pilot | SmallTest, reader: Reader) -> ResultLine:
    record, source = row.record, row.record.source
    day = row.decided_on or row.ended_on
    return ResultLine(
        title=record.title,
        href=kinds.href(record, reader.slug),
        kind=kinds.label(record.kind),
        mark=Mark(MARKS[Result(row.result)], capfirst(result_words(row))),
        decision=state_mark(row, reader.today).label if row.decision else _("To be decided"),
        when=date_format(day, "DATE_FORMAT") if day else "",
        saw=row.saw,
        source=source.title if source else "",
        source_href=source.url if source else "",
    )
