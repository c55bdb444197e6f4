"""The problem in a few lines, for the pages that put the stages together. One question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from headway.core.dates import date_words
from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.reader import Reader
from headway.problems.models import AffectedGroup, Baseline, Framing, FramingState

MOST_POINTS = 3
KINDS = (AffectedGroup.RECORD_KIND, Baseline.RECORD_KIND, Framing.RECORD_KIND)


@dataclass(frozen=True)
class ProblemLines:
    """Who is affected, where it started, and how it is seen where a view was adopted."""

    affected: tuple[TextLink, ...]
    starting_points: tuple[TextLink, ...]
    seen_as: str
    seen_as_href: str


def problem_lines(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> ProblemLines:
    """The problem as far as the reader may see it; on another day without what came later."""
    rows = list(_rows(initiative, reader).filter(_by_then(as_of, known_at)))
    points = [row for row in rows if row.kind == Baseline.RECORD_KIND][:MOST_POINTS]
    framing = next((row for row in rows if row.seen_as), None)
    return ProblemLines(
        affected=_links(
            ((row, _affected(row)) for row in rows if row.kind == AffectedGroup.RECORD_KIND),
            reader,
        ),
        starting_points=_links(((row, _starting_point(row)) for row in points), reader),
        seen_as=framing.seen_as if framing else "",
        seen_as_href=kinds.href(framing, reader.slug) if framing else "",
    )


def _by_then(as_of: date | None, known_at: datetime | None) -> Q:
    """The condition that a record tells of no later day, and was recorded by an instant."""
    found = Q()
    if as_of is not None:
        found &= Q(happened_from__isnull=True) | Q(happened_from__lte=as_of)
    if known_at is not None:
        found &= Q(recorded_at__lte=known_at)
    return found


def _rows(initiative: Initiative, reader: Reader) -> "QuerySet[Any]":
    """The records that say what the problem is, each with what its stage says of it."""
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return (
        found.filter(kind__in=KINDS)
        .annotate(
            how_many=_of(AffectedGroup.objects.all(), "how_many"),
            how_many_as_said=_of(AffectedGroup.objects.all(), "how_many_as_said"),
            value=_of(Baseline.objects.all(), "value"),
            unit=_of(Baseline.objects.all(), "unit"),
            seen_as=_of(Framing.objects.filter(state=FramingState.ADOPTED), "text"),
        )
        .order_by("recorded_at", "title")
    )


def _of(rows: "QuerySet[Any]", field: str) -> Subquery:
    return Subquery(rows.filter(pk=OuterRef("pk")).values(field)[:1])


def _links(told: Iterable[tuple[Record, str]], reader: Reader) -> tuple[TextLink, ...]:
    return tuple(TextLink(words, kinds.href(row, reader.slug)) for row, words in told)


def _affected(row: Any) -> str:
    """Who is affected and how many they are."""
    counted = "" if row.how_many is None else number_words(row.how_many)
    number = row.how_many_as_said or counted
    return f"{row.title} ({number})" if number else row.title


def _starting_point(row: Any) -> str:
    """A measure with its starting point: "Homeless: 2,400 people, 2006"."""
    when = date_words(row.when)
    amount = f"{row.title}: {number_words(row.value)} {row.unit}"
    return f"{amount}, {when}" if when else amount
