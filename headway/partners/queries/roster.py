"""Every partner of an initiative in few columns: what is counted and who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from headway.initiatives.models import Initiative, Record
from headway.initiatives.reader import Reader
from headway.partners.models import Partner, PartnerQuerySet
from headway.partners.models.partner import COUNTED_AS, NAME, SECTOR

PROVENANCE = "record__provenance"


@dataclass(frozen=True)
class Listed:
    """One partner, as few columns say it."""

    pk: UUID
    counted_as: UUID
    sector: str
    state: str
    represents: UUID | None
    provenance: str

    @property
    def reported(self) -> bool:
        """Whether only a source says so."""
        return self.provenance == Record.Provenance.REPORTED

    @property
    def stands(self) -> bool:
        """Whether it takes part, or was asked and has not answered."""
        return self.state in {Partner.State.TAKING_PART, Partner.State.INVITED}


@dataclass(frozen=True)
class Roster:
    """The partners, each organisation once, and the rows that are the same ones again."""

    listed: tuple[Listed, ...]
    doubles: frozenset[UUID]


def visible_partners(initiative: Initiative, reader: Reader) -> PartnerQuerySet:
    """The partners that stand and the reader may see, under the names they count as."""
    found = Partner.of_initiative(initiative).visible_to(reader.readers)
    return found.annotate(name=NAME, sector=SECTOR)


def roster(initiative: Initiative, reader: Reader) -> Roster:
    """Read all partners at once; of two that turned out to be one the older counts."""
    rows = visible_partners(initiative, reader).order_by("record__recorded_at", "pk")
    values = rows.values_list("pk", COUNTED_AS, SECTOR, "state", "represents", PROVENANCE)
    return _once_each(Listed(*row) for row in values)


def _once_each(rows: Iterable[Listed]) -> Roster:
    first: dict[UUID, Listed] = {}
    doubles: set[UUID] = set()
    for row in rows:
        if first.setdefault(row.counted_as, row) is not row:
            doubles.add(row.pk)
    return Roster(tuple(first.values()), frozenset(doubles))
