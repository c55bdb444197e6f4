"""Who is missing: sectors, affected groups, decision bodies and parts of the problem."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.errors import Message
from headway.directory.models import Organisation
from headway.initiatives.models import HappeningOrganisation, Initiative
from headway.initiatives.pages.detail import if_may
from headway.initiatives.reader import Reader
from headway.partners.models import Partner
from headway.partners.models.partner import COUNTED_AS
from headway.partners.queries.roster import Roster
from headway.problems.models import AffectedGroup, Facet

GROUP, BODY, FACET = "group", "body", "facet"
ENOUGH = 2
EXPECTED = tuple(
    sector for sector in Organisation.Sector if sector != Organisation.Sector.CROSS_SECTOR
)


@dataclass(frozen=True)
class Absent:
    """Somebody who is missing, what is known about it, and the page that invites."""

    name: Message
    note: str
    href: str
    sector: str = ""


@dataclass(frozen=True)
class Missing:
    """Who is missing, by the four questions."""

    sectors: tuple[Absent, ...]
    groups: tuple[Absent, ...]
    bodies: tuple[Absent, ...]
    facets: tuple[Absent, ...]

    @property
    def any(self) -> bool:
        """Whether anybody is missing."""
        return bool(self.sectors or self.groups or self.bodies or self.facets)


Columns = QuerySet[Any, tuple[str, UUID, str, int]]


def _columns(rows: QuerySet[Any], kind: str, key: str, title: str, number: object) -> Columns:
    named = rows.annotate(
        asked_as=Value(kind, output_field=CharField()),
        found=F(key),
        words=F(title),
        number=number,
    )
    columns: Columns = named.order_by().values_list("asked_as", "found", "words", "number")
    return columns


NONE_YET = Value(0, output_field=IntegerField())


def _groups(initiative: Initiative, reader: Reader, known: Roster) -> Columns:
    spoken_for = [each.represents for each in known.listed if each.stands and each.represents]
    found = AffectedGroup.objects.in_initiative(initiative).live().visible_to(reader.readers)
    unheard = found.exclude(pk__in=set(spoken_for))
    return _columns(unheard, GROUP, "pk", "record__title", NONE_YET)


def _bodies(initiative: Initiative, reader: Reader) -> Columns:
    named = HappeningOrganisation.objects.filter(
        Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk")),
        happening__record__initiative=initiative,
        happening__record__withdrawn_at__isnull=True,
        happening__record__visibility__in=reader.readers,
    )
    bodies = Organisation.objects.filter(authority=initiative.authority_id).live().canonical()
    partners = Partner.objects.in_initiative(initiative).live().standing()
    found = bodies.filter(Exists(named), classification=Organisation.Kind.ARENA)
    absent = found.exclude(pk__in=partners.values(counted_as=COUNTED_AS))
    return _columns(absent, BODY, "pk", "name", NONE_YET)


def _facets(initiative: Initiative, reader: Reader) -> Columns:
    merged = "holders__organisation__merged_into"
    held = Q(holders__withdrawn_at__isnull=True)
    who = Coalesce(F(f"{merged}_id"), F("holders__organisation_id"))
    sector = Coalesce(F(f"{merged}__sector"), F("holders__organisation__sector"))
    found = Facet.objects.in_initiative(initiative).live().visible_to(reader.readers)
    counted = found.annotate(
        organisations=Count(who, distinct=True, filter=held),
        sectors=Count(sector, distinct=True, filter=held),
    )
    thin = counted.filter(Q(organisations__lt=ENOUGH) | Q(sectors__lt=ENOUGH))
    return _columns(thin, FACET, "pk", "record__title", F("organisations"))


def _invite(reader: Reader, **what: object) -> str:
    page = if_may(reader, "partners.write", "partners:add")
    return page and f"{page}?{'&'.join(f'{key}={value}' for key, value in what.items())}"


def _sectors(known: Roster, reader: Reader) -> Iterator[Absent]:
    takes_part = Counter(
        each.sector for each in known.listed if each.state == Partner.State.TAKING_PART
    )
    asked = Counter(each.sector for each in known.listed if each.state == Partner.State.INVITED)
    for sector in EXPECTED:
        if takes_part[sector]:
            continue
        number = asked[sector]
        note = ngettext("%s invited, no answer yet", "%s invited, no answer yet", number) % number
        link = _invite(reader, sector=sector.value)
        yield Absent(sector.label, note if number else "", link, sector.value)


def _holders(number: int) -> str:
    if not number:
        return _("nobody yet")
    words = ngettext("%s organization", "%s organizations, all of one sector", number)
    return words % number


def who_is_missing(initiative: Initiative, reader: Reader, known: Roster) -> Missing:
    """Ask the four questions; the three that need the database are one query."""
    rows = _groups(initiative, reader, known).union(
        _bodies(initiative, reader), _facets(initiative, reader), all=True
    )
    found: dict[str, list[tuple[UUID, str, int]]] = {GROUP: [], BODY: [], FACET: []}
    for kind, key, words, number in rows:
        found[kind].append((key, words, number))
    for each in found.values():
        each.sort(key=lambda row: row[1].casefold())
    return Missing(
        sectors=tuple(_sectors(known, reader)),
        groups=tuple(
            Absent(words, "", _invite(reader, represents=key)) for key, words, _n in found[GROUP]
        ),
        bodies=tuple(
            Absent(words, "", _invite(reader, organisation=key)) for key, words, _n in found[BODY]
        ),
        facets=tuple(Absent(words, _holders(n), _invite(reader)) for _k, words, n in found[FACET]),
    )
