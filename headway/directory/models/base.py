from datetime import date
from functools import lru_cache
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from headway.accounts.models import Authority
from headway.accounts.models.authority import OwnedQuerySet
from headway.core.models import CheckedModel
from headway_analysis.partial_date import PartialDate
from headway_analysis.similarity import fold

RowT = TypeVar("RowT", bound=models.Model)
LONGEST_KEY = 250
LIVE = Q(withdrawn_at__isnull=True)
UNMERGED = Q(merged_into__isnull=True)


@lru_cache(maxsize=4_096)
def name_key(name: str) -> str:
    """The form under which two spellings of one name meet: no accents, capitals or extra spaces."""
    return fold(name)[:LONGEST_KEY]


class DirectoryQuerySet(OwnedQuerySet[RowT]):
    """Rows of the directory by whether they still stand."""

    def live(self) -> Self:
        """Rows that nobody has withdrawn."""
        return self.filter(LIVE)

    def besides(self, pk: UUID | None) -> Self:
        """All but one row; all where none is named."""
        return self if pk is None else self.exclude(pk=pk)


class NamedQuerySet(DirectoryQuerySet[RowT]):
    """Rows that people look for by name."""

    def called(self, name: str) -> Self:
        """Rows of exactly this name, whatever its accents and capitals."""
        return self.filter(name_key=name_key(name))

    def matching(self, words: str) -> Self:
        """Rows whose names hold every one of the words, whatever their accents and capitals."""
        found = self
        for word in fold(words).split()[:10]:
            found = found.filter(search_text__contains=word)
        return found


class MergedQuerySet(NamedQuerySet[RowT]):
    """Rows of which two may turn out to be one and the same."""

    def canonical(self) -> Self:
        """Rows that stand for themselves, not merged into another."""
        return self.filter(UNMERGED)


class DirectoryRow(CheckedModel):
    """What every row of the directory has: an authority, and withdrawal with a reason."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=250, blank=True)

    class Meta:
        abstract = True

    @property
    def live(self) -> bool:
        """Whether nobody has withdrawn it."""
        return self.withdrawn_at is None


class Named(models.Model):
    """A name, other names, and what they are searched by."""

    name = models.CharField(max_length=250)
    other_names = models.TextField(max_length=5_000, blank=True)
    name_key = models.CharField(max_length=LONGEST_KEY, editable=False)
    search_text = models.TextField(max_length=50_000, editable=False)

    class Meta:
        abstract = True

    @property
    def all_other_names(self) -> tuple[str, ...]:
        """The other names, one a line."""
        return tuple(line for line in self.other_names.split("\n") if line)


def search_values(name: str, other_names: str) -> dict[str, str]:
    """What goes into the columns that names are found by."""
    return {"name_key": name_key(name), "search_text": fold(f"{name} {other_names}")[:50_000]}


def stretch_of(row: models.Model, prefix: str) -> PartialDate | None:
    """A partial date out of its three columns, or None where nobody said."""
    start: date | None = getattr(row, f"{prefix}_from")
    end: date | None = getattr(row, f"{prefix}_to")
    if start is None or end is None:
        return None
    return PartialDate(start, end, getattr(row, f"{prefix}_as_said"))


def stretch_values(prefix: str, when: PartialDate | None) -> dict[str, Any]:
    """A partial date as the values of its three columns."""
    return {
        f"{prefix}_from": when.start if when else None,
        f"{prefix}_to": when.end if when else None,
        f"{prefix}_as_said": when.as_said if when else "",
    }


def not_backwards(first: str, last: str) -> Q:
    """The condition that `last` can not wholly lie before `first`; unknown dates pass."""
    unknown = Q(**{f"{first}_from__isnull": True}) | Q(**{f"{last}_to__isnull": True})
    return unknown | Q(**{f"{last}_to__gte": F(f"{first}_from")})
