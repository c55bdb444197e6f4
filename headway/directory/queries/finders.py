"""Rows of the directory found by what people type: a name, a part of one, or a chosen row's id."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.models import Authority
from headway.directory.models import Area, Membership, Organisation, Person, Post
from headway.directory.models.base import name_key
from headway.directory.queries.similar import similar_organisations, similar_people
from headway_analysis.similarity import fold

MOST_SUGGESTED = 200
MOST_OFFERED = 8
MOST_POSTS = 10_000


class Finder:
    """Looks for rows of one kind in one authority; `rows` narrows down which ones are on offer."""

    model: ClassVar[type[models.Model]]
    related: ClassVar[tuple[str, ...]] = ()

    def __init__(self, authority: Authority, rows: Any = None) -> None:
        self.authority = authority
        manager: Any = self.model._default_manager
        everyone = manager.in_authority(authority) if rows is None else rows
        self.rows: Any = everyone.live().select_related(*self.related)

    def by_id(self, text: str) -> list[Any]:
        """The row whose id was sent, if any."""
        try:
            return _standing(self.rows.filter(pk=UUID(text)))
        except ValueError:
            return []

    def called(self, name: str) -> list[Any]:
        """Rows of exactly this name; where there are none, rows also called so."""
        found = _standing(self.rows.called(name))
        return found or [row for row in self._matching(name) if _also_called(row, name)]

    def near(self, name: str) -> list[Any]:
        """A few rows that hold the words typed, or come near to them; best first."""
        found = {row.pk: row for row in islice(self._matching(name), MOST_OFFERED)}
        keys = [key for key in self.similar(name) if key not in found]
        also = self.rows.in_bulk(keys)
        found |= {key: also[key] for key in keys if key in also}
        return list(found.values())[:MOST_OFFERED]

    def similar(self, name: str) -> list[UUID]:
        """The keys of rows that are called nearly so."""
        del name
        return []

    def suggestions(self) -> list[str]:
        """Names to choose from while typing, at most so many."""
        names = self._own().order_by("name").values_list("name", flat=True)
        return list(dict.fromkeys(names[:MOST_SUGGESTED]))

    def typed(self, row: Any) -> str:
        """What somebody types to mean a row."""
        return str(row)

    def labels(self, rows: Iterable[Any]) -> dict[UUID, str]:
        """Names with what tells rows of one name apart."""
        return {row.pk: f"{self.typed(row)} ({row.get_classification_display()})" for row in rows}

    def _own(self) -> Any:
        return self.rows.canonical()

    def _matching(self, name: str) -> Any:
        words = fold(name)
        return self._own().matching(name).order_by("name") if words else self.rows.none()


def _standing(rows: Iterable[Any]) -> list[Any]:
    """What the rows count as, each once."""
    found = {row.pk: row for row in (getattr(row, "canonical", row) for row in rows)}
    return [row for row in found.values() if row.live]


def _also_called(row: Any, name: str) -> bool:
    return name_key(name) in {name_key(other) for other in row.all_other_names}


class OrganisationFinder(Finder):
    """Organisations by name."""

    model = Organisation
    related = ("merged_into", "parent")

    def similar(self, name: str) -> list[UUID]:
        """The organisations that are called nearly so."""
        return [UUID(ref.id) for ref in similar_organisations(self.authority, name).found]

    def labels(self, rows: Iterable[Any]) -> dict[UUID, str]:
        """Names with kind and what they are a part of."""
        return {row.pk: f"{row} ({_kind_of(row)})" for row in rows}


def _kind_of(row: Organisation) -> str:
    kind = str(row.get_classification_display())
    return (
        _("%(kind)s of %(parent)s") % {"kind": kind, "parent": row.parent} if row.parent else kind
    )


class PersonFinder(Finder):
    """People by name."""

    model = Person
    related = ("merged_into",)

    def similar(self, name: str) -> list[UUID]:
        """The people who are called nearly so."""
        return [UUID(ref.id) for ref in similar_people(self.authority, name).found]

    def labels(self, rows: Iterable[Any]) -> dict[UUID, str]:
        """Names with where the people have roles."""
        people = list(rows)
        places: dict[UUID, dict[str, None]] = defaultdict(dict)
        roles = Membership.objects.live().filter(person__in=people).select_related("organisation")
        for role in roles.order_by("organisation__name"):
            places[role.person_id][role.organisation.name] = None
        return {
            row.pk: f"{row} ({', '.join(places[row.pk]) or _('no role recorded')})"
            for row in people
        }


class AreaFinder(Finder):
    """Areas by name."""

    model = Area

    def _own(self) -> Any:
        return self.rows


class PostFinder(Finder):
    """Seats by what they are called, with or without the organisation they belong to."""

    model = Post
    related = ("organisation",)

    def called(self, name: str) -> list[Any]:
        """Seats of this label, or of this label in this organisation."""
        key = name_key(name)
        return [row for row in self._all if key in {name_key(row.label), self._key(row)}]

    def near(self, name: str) -> list[Any]:
        """Seats that hold every one of the words typed."""
        words = fold(name).split()
        found = (row for row in self._all if words and all(w in self._key(row) for w in words))
        return list(islice(found, MOST_OFFERED))

    def suggestions(self) -> list[str]:
        """Seats with their organisations, at most so many."""
        return [self.typed(row) for row in self._all[:MOST_SUGGESTED]]

    def typed(self, row: Any) -> str:
        """A seat with its organisation."""
        return f"{row.label}, {row.organisation.name}"

    def labels(self, rows: Iterable[Any]) -> dict[UUID, str]:
        """Seats with their organisations."""
        return {row.pk: self.typed(row) for row in rows}

    @cached_property
    def _all(self) -> list[Post]:
        stands = Q(organisation__withdrawn_at__isnull=True)
        return list(self.rows.filter(stands).order_by("organisation__name", "label")[:MOST_POSTS])

    def _key(self, row: Any) -> str:
        return name_key(self.typed(row))
