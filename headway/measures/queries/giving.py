"""Whose values somebody may change: one answer for what a page offers and what its view allows."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, UUIDField
from django.db.models.functions import Coalesce

from headway.directory.models import Organisation
from headway.initiatives.models import Mandate
from headway.initiatives.reader import Reader
from headway.measures.models import Series


def may_give(reader: Reader, organisation: Organisation | None) -> bool:
    """Whether the reader may change what an organisation gives: it is theirs, or they lead."""
    if not reader.may("measures.give"):
        return False
    if organisation is None or reader.may("measures.lead"):
        return True
    return organisation.canonical_pk in _own(reader)


def series_to_give(reader: Reader, series: Collection[UUID]) -> frozenset[UUID]:
    """Those of some sources whose values the reader may change; at most two queries."""
    if not reader.may("measures.give"):
        return frozenset()
    if reader.may("measures.lead"):
        return frozenset(series)
    counted_as = Coalesce("organisation__merged_into", "organisation", output_field=UUIDField())
    rows = Series.objects.filter(pk__in=series).annotate(counted_as=counted_as)
    mine = rows.filter(Q(organisation=None) | Q(counted_as__in=_own(reader)))
    return frozenset(mine.values_list("pk", flat=True))


def _own(reader: Reader) -> frozenset[UUID]:
    """The organisations that the reader belongs to or speaks for, under the names they count as."""
    mandates = Mandate.objects.filter(member=reader.member_id).covering(Mandate.Scope.EVERYTHING)
    held = mandates.holding(reader.today).values("organisation")
    rows = Organisation.objects.filter(Q(pk=reader.organisation_id) | Q(pk__in=held))
    counted_as = Coalesce(F("merged_into_id"), F("id"), output_field=UUIDField())
    return frozenset(rows.values_list(counted_as, flat=True))
