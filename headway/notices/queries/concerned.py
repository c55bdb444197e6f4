"""Whom a record concerns beside its owner and author: who decides, takes part, looks after it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from headway.accounts.models import Event
from headway.initiatives.models import Record
from headway.measures.models import Measure, MeasureOwner, Series
from headway.pilots.models import FollowUp, Lesson, Pilot, Review, ReviewParticipant

Pairs = dict[UUID, set[UUID]]


def _sets() -> Pairs:
    return defaultdict(set)


def _known(*keys: UUID | None) -> set[UUID]:
    return {key for key in keys if key is not None}


@dataclass(frozen=True, slots=True)
class Concerned:
    """Organisations and members by record; in whose name something was noted, by event."""

    organisations: Pairs = field(default_factory=_sets)
    keepers: Pairs = field(default_factory=_sets)
    takers: Pairs = field(default_factory=_sets)
    noted: Pairs = field(default_factory=_sets)


def concerned_by(records: Collection[Record], events: Iterable[Event]) -> Concerned:
    """Whom some records concern; a fixed number of queries for each kind among them."""
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for record in records:
        by_kind[record.kind].add(record.pk)
    found = Concerned()
    for record in records:
        if record.organisation_id is not None:
            found.organisations[record.pk].add(record.organisation_id)
    for kind, collect in COLLECT.items():
        if by_kind[kind]:
            collect(found, by_kind[kind])
    reviews = by_kind[Review.RECORD_KIND]
    if reviews:
        _noted_in_the_name_of(found, reviews, events)
    return found


def _pilots(found: Concerned, ids: set[UUID]) -> None:
    """Who carries a pilot out, and who decides on it."""
    rows = Pilot.objects.filter(pk__in=ids)
    named = rows.values_list("pk", "owner_id", "decider_id", "decider_post__organisation_id")
    for pilot, *organisations in named:
        found.organisations[pilot] |= _known(*organisations)


def _reviews(found: Concerned, ids: set[UUID]) -> None:
    """Who leads a review, who takes part in it, and whose doing it is about."""
    rows = Review.objects.filter(pk__in=ids)
    about: dict[UUID, UUID] = {}
    for review, conductor, record, organisation in rows.values_list(
        "pk", "conductor_id", "about_id", "about__organisation_id"
    ):
        about[review] = record
        found.keepers[review] |= _known(conductor)
        found.organisations[review] |= _known(organisation)
    owners = _owners_of(set(about.values()))
    takers = _takers_of(ids)
    for review, record in about.items():
        found.organisations[review] |= owners[record]
        found.takers[review] |= takers[review]


def _follow_ups(found: Concerned, ids: set[UUID]) -> None:
    """Who looks after a follow-up, and who took part in its review."""
    rows = FollowUp.objects.filter(pk__in=ids).values_list("pk", "owner_member_id", "review_id")
    reviews = {row: (member, review) for row, member, review in rows}
    takers = _takers_of({review for _member, review in reviews.values()})
    for row, (member, review) in reviews.items():
        found.keepers[row] |= _known(member)
        found.takers[row] |= takers[review]


def _lessons(found: Concerned, ids: set[UUID]) -> None:
    """Who took part in the review that a lesson came from."""
    rows = Lesson.objects.filter(pk__in=ids, review__isnull=False).values_list("pk", "review_id")
    reviews = dict(rows)
    takers = _takers_of(set(reviews.values()))
    for lesson, review in reviews.items():
        found.takers[lesson] |= takers[review]


def _measures(found: Concerned, ids: set[UUID]) -> None:
    """Who looks after a measure."""
    for measure, owners in _owners_of(ids).items():
        found.organisations[measure] |= owners


def _series(found: Concerned, ids: set[UUID]) -> None:
    """Who looks after the measure of a series."""
    measures = dict(Series.objects.filter(pk__in=ids).values_list("pk", "measure_id"))
    owners = _owners_of(set(measures.values()))
    for series, measure in measures.items():
        found.organisations[series] |= owners[measure]


COLLECT = {
    Pilot.RECORD_KIND: _pilots,
    Review.RECORD_KIND: _reviews,
    FollowUp.RECORD_KIND: _follow_ups,
    Lesson.RECORD_KIND: _lessons,
    Measure.RECORD_KIND: _measures,
    Series.RECORD_KIND: _series,
}


def _owners_of(measures: set[UUID]) -> Pairs:
    found = _sets()
    rows = MeasureOwner.objects.filter(measure__in=measures)
    for measure, organisation in rows.values_list("measure_id", "organisation_id"):
        found[measure].add(organisation)
    return found


def _takers_of(reviews: set[UUID]) -> Pairs:
    found = _sets()
    rows = ReviewParticipant.objects.standing().filter(review__in=reviews)
    for review, member in rows.values_list("review_id", "member_id"):
        found[review].add(member)
    return found


def _noted_in_the_name_of(found: Concerned, reviews: set[UUID], events: Iterable[Event]) -> None:
    """For whom somebody else noted how far the answers may go; the log names neither of them."""
    at: dict[tuple[UUID, datetime], UUID] = {
        (event.subject_id, event.recorded_at): event.pk
        for event in events
        if event.verb == "agreed"
    }
    rows = ReviewParticipant.objects.filter(review__in=reviews, noted_at__isnull=False)
    for review, moment, member in rows.values_list("review_id", "noted_at", "member_id"):
        event = at.get((review, moment)) if moment is not None else None
        if event is not None:
            found.noted[event].add(member)
