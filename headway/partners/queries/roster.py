"""Every partner of an initiative in few columns: what is counted and who is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    def takes_part(self) -> bool:
        """Whether it takes part: who was only asked does not."""
        return self.state == Partner.State.TAKING_PART

    @property
    def stands(self) -> bool:
        """Whether it takes part, or was asked and has not answered."""
        return self.state in {Partner.State.TAKING_PART, Partner.State.INVITED}


@dataclass(frozen=True)
class Roster:
    """The partners, each organisation once, and the rows that are the same ones again."""

    listed: tuple[Listed, ...]
    doubles: frozenset[UUID]

    @property
    def taking_part(self) -> tuple[Listed, ...]:
        """The organisations that take part."""
        return tuple(each for each in self.listed if each.takes_part)


def visible_partners(initiative: Initiative, reader: Reader) -> PartnerQuerySet:
    """The partners that stand and the reader may see, under the names they count as."""
    found = Partner.of_initiative(initiative).visible_to(reader.readers)
    return found.annotate(name=NAME, sector=SECTOR)


def roster(initiative: Initiative, reader: Reader) -> Roster:
    """Read all partners at once; of two that turned out to be one the older counts."""
    rows = visible_partners(initiative, reader).order_by("record__recorded_at", "pk")
    values = rows.values_list("pk", COUNTED_AS, SECTOR, "state", "represents", PROVENANCE)
    return _once_each(Listed(*row) for row in values)


def taking_part_words(known: Roster) -> str:
    """How many take part, from how many sectors, and how much of it only sources say."""
    taking_part = known.taking_part
    sectors = len({each.sector for each in taking_part if each.sector})
    many = ngettext(
        "%s organization takes part", "%s organizations take part", len(taking_part)
    ) % len(taking_part)
    from_sectors = ngettext("from %s sector", "from %s sectors", sectors) % sectors
    words = _("%(takes_part)s, %(from_sectors)s.") % {
        "takes_part": many,
        "from_sectors": from_sectors,
    }
    return " ".join(filter(None, (words, _caveat(taking_part))))


def _caveat(taking_part: Sequence[Listed]) -> str:
    reported = sum(each.reported for each in taking_part)
    if not reported:
        return ""
    if reported == len(taking_part):
        return _("All of this is known from sources; nothing is confirmed here yet.")
    told = ngettext(
        "%s of them is known from a source and not confirmed here.",
        "%s of them are known from sources and not confirmed here.",
        reported,
    )
    return told % reported


def _once_each(rows: Iterable[Listed]) -> Roster:
    first: dict[UUID, Listed] = {}
    doubles: set[UUID] = set()
    for row in rows:
        if first.setdefault(row.counted_as, row) is not row:
            doubles.add(row.pk)
    return Roster(tuple(first.values()), frozenset(doubles))
