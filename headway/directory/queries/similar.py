"""Organisations and people that may be meant by a name."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Q

from headway.accounts.models import Authority
from headway.directory.models import Organisation, Person
from headway.directory.queries.common import Ref, organisation_ref, person_ref
from headway_analysis.similarity import fold, similar

FLOOR = 0.42
MOST_COMPARED = 10_000
MOST_NAMED = 5
PUNCTUATION = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """What is called nearly the same."""

    found: tuple[Ref, ...]


def similar_organisations(
    authority: Authority, name: str, besides: UUID | None = None
) -> SimilarPage:
    """Organisations whose names, or other names, come near to a name; best first."""
    rows = Organisation.objects.in_authority(authority).live().canonical().besides(besides)
    if not fold(name):
        return SimilarPage(())
    keys = _nearest(rows, name)
    found = Organisation.objects.in_bulk(keys)
    return SimilarPage(tuple(organisation_ref(found[key]) for key in keys))


def similar_people(authority: Authority, name: str, besides: UUID | None = None) -> SimilarPage:
    """People whose names come near to a name; best first."""
    rows = Person.objects.in_authority(authority).live().canonical().besides(besides)
    if not fold(name):
        return SimilarPage(())
    keys = _nearest(rows, name)
    found = Person.objects.in_bulk(keys)
    return SimilarPage(tuple(person_ref(found[key]) for key in keys))


def _sharing_a_rare_beginning(rows: models.QuerySet[Any], name: str) -> models.QuerySet[Any]:
    """Rows that hold the first letters of a word, the rarest first, as many as can be compared."""
    asked = [Q(search_text__contains=word[:3]) for word in fold(name).split()[:8]]
    numbers = rows.aggregate(
        **{str(place): Count("pk", filter=one) for place, one in enumerate(asked)}
    )
    shared, left = Q(pk__in=[]), MOST_COMPARED
    for number, place in sorted((number, int(place)) for place, number in numbers.items()):
        if number <= left:
            shared |= asked[place]
            left -= number
    return rows.filter(shared)


def _nearest(rows: models.QuerySet[Any], name: str) -> list[UUID]:
    """The keys of the nearest rows, by the nearest of their names, best first."""
    # All names where that is quick, for how rare a word is depends on all of them.
    if rows.count() > MOST_COMPARED:
        rows = _sharing_a_rare_beginning(rows, name)
    named = rows.values_list("pk", "name", "other_names")[:MOST_COMPARED]
    known = [
        (key, _letters(text))
        for key, own, others in named
        for text in (own, *others.split("\n"))
        if text
    ]
    texts = [text for _key, text in known]
    matches = similar(texts, _letters(name), top=2 * MOST_NAMED, floor=FLOOR)
    return list(dict.fromkeys(known[match.position][0] for match in matches))[:MOST_NAMED]


def _letters(name: str) -> str:
    """A name without the points and apostrophes that people write or leave out."""
    return PUNCTUATION.sub("", name.replace("/", " ").replace("-", " "))
