from collections import Counter
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, Mark, SectorCell, TablePage, TextLink, table_page
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.partners.models import Partner, PartnerQuerySet
from headway.partners.queries.addresses import people_tabs
from headway.partners.queries.missing import Missing, who_is_missing
from headway.partners.queries.roster import (
    Roster,
    roster,
    taking_part_words,
    visible_partners,
)

SHORT = 160
SECTORS: dict[str, Message] = dict(Organisation.Sector.choices)
LOOKS: dict[str, str] = {
    Partner.State.INVITED: "waiting_on",
    Partner.State.TAKING_PART: "done",
    Partner.State.DECLINED: "not_needed",
    Partner.State.LEFT: "ended",
}
COLUMNS = (
    Column("name", gettext_lazy("Organization"), sort="name"),
    Column("sector", gettext_lazy("Sector"), sort="sector"),
    Column("role", gettext_lazy("What it does here")),
    Column("state", gettext_lazy("State"), sort="state"),
)


@dataclass(frozen=True)
class SectorCount:
    """How many partners a sector has, and the list of only these."""

    sector: str
    label: Message
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """What the address asks of the list; nonsense counts as not said."""

    words: str
    sector: str
    state: str

    @property
    def anything(self) -> bool:
        """Whether the list is narrowed."""
        return bool(self.words or self.sector or self.state)

    @property
    def query(self) -> str:
        """The same, as part of an address."""
        return urlencode({"q": self.words, "sector": self.sector, "state": self.state})


@dataclass(frozen=True)
class PeoplePage:
    """The partners, counted and listed, and who is missing."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    missing: Missing
    sectors: tuple[SectorCount, ...]
    states: tuple[tuple[str, Message], ...]
    asked: Asked
    table: TablePage
    total: int
    add_href: str
    export_href: str
    all_href: str


def asked_of(params: QueryDict) -> Asked:
    """Read the filters from the address."""
    sector, state = params.get("sector", ""), params.get("state", "")
    return Asked(
        words=params.get("q", "").strip()[:200],
        sector=sector if sector in SECTORS else "",
        state=state if state in Partner.State.values else "",
    )


def listed_partners(initiative: Initiative, reader: Reader, asked: Asked) -> PartnerQuerySet:
    """The partners as the filters say, by name."""
    found = visible_partners(initiative, reader).by_name()
    if asked.sector:
        found = found.in_sector(asked.sector)
    if asked.state:
        found = found.filter(state=asked.state)
    return found.matching(asked.words) if asked.words else found


def partners_once_each(initiative: Initiative, reader: Reader, asked: Asked) -> PartnerQuerySet:
    """The same, each organisation once."""
    doubles = roster(initiative, reader).doubles
    return listed_partners(initiative, reader, asked).exclude(pk__in=doubles)


def sector_cell(organisation: Organisation) -> SectorCell | str:
    """A sector as its mark, or nothing where nobody said."""
    if not organisation.sector:
        return ""
    return SectorCell(organisation.sector, organisation.get_sector_display())


def shortened(text: str) -> str:
    """The beginning of a text, for a cell of a table."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def _row(partner: Partner, reader: Reader) -> dict[str, object]:
    organisation = partner.organisation.canonical
    return {
        "name": TextLink(organisation.name, address(reader, "partners:partner", partner.pk)),
        "sector": sector_cell(organisation),
        "role": shortened(partner.role_as_said),
        "state": state_of(partner),
    }


def state_of(partner: Partner) -> Mark:
    """Where a partner stands; what only a source says is not shown as sure."""
    words, since = partner.get_state_display(), partner.record.when
    if partner.state == Partner.State.TAKING_PART and since is not None:
        words = _("taking part since %(when)s") % {"when": since}
    if partner.record.provenance == Record.Provenance.REPORTED:
        return Mark("reported", _("%(state)s, as reported") % {"state": words})
    return Mark(LOOKS[partner.state], words)


def _counts(known: Roster, asked: Asked, home: str) -> tuple[SectorCount, ...]:
    standing = Counter(each.sector for each in known.listed if each.stands)
    return tuple(
        SectorCount(
            sector=sector,
            label=label,
            count=standing[sector],
            href=home if asked.sector == sector else f"{home}?sector={sector}",
            chosen=asked.sector == sector,
        )
        for sector, label in SECTORS.items()
        if standing[sector]
    )


def people_page(initiative: Initiative, reader: Reader, params: QueryDict) -> PeoplePage:
    """The partners as a table, who is missing first."""
    known, asked, home = (
        roster(initiative, reader),
        asked_of(params),
        address(reader, "partners:home"),
    )
    rows = listed_partners(initiative, reader, asked)
    if known.doubles:
        rows = rows.exclude(pk__in=known.doubles)
    return PeoplePage(
        title=_("People"),
        lead=taking_part_words(known) if known.listed else "",
        tabs=people_tabs(reader, "home"),
        missing=who_is_missing(initiative, reader, known),
        sectors=_counts(known, asked, home),
        states=tuple(Partner.State.choices),
        asked=asked,
        table=table_page(rows, COLUMNS, params, build=lambda each: _row(each, reader)),
        total=len(known.listed),
        add_href=if_may(reader, "partners.write", "partners:add"),
        export_href=f"{address(reader, 'partners:export')}?{asked.query}",
        all_href=home,
    )
