"""What the form of a step has to know: who asks, for whom they may speak, which facts stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from headway.diagnosis.models import Activity
from headway.initiatives.models import Initiative, Link, Mandate, Record
from headway.initiatives.reader import Reader
from headway.partners.models import Partner
from headway.problems.models import Fact

MOST_FACTS = 30


@dataclass(frozen=True)
class Asked:
    """Who does a step, and where."""

    initiative: Initiative
    reader: Reader
    activity: Activity


@dataclass(frozen=True)
class FactWord:
    """What somebody says to one fact; an empty stance leaves it open."""

    fact: Fact
    stance: str
    reason: str


def came_from(activity: Activity, reader: Reader) -> QuerySet[Record]:
    """What came from a practice and the reader may see, the first one first."""
    links = Link.objects.filter(
        target=activity.pk, kind=Link.Kind.CAME_FROM, withdrawn_at__isnull=True
    )
    rows = Record.objects.filter(pk__in=links.values("origin")).live()
    return rows.visible_to(reader.readers).order_by("recorded_at", "pk")


def facts_to_judge(asked: Asked) -> list[Fact]:
    """The facts of the practice; where it named none, the latest of the ledger."""
    ledger = Fact.objects.in_initiative(asked.initiative).live().visible_to(asked.reader.readers)
    ledger = ledger.select_related("record__initiative__stream")
    own = ledger.filter(pk__in=came_from(asked.activity, asked.reader).values("pk"))
    found = list(own.order_by("record__recorded_at", "pk")[:MOST_FACTS])
    return found or list(ledger.order_by("-record__recorded_at", "pk")[:MOST_FACTS])


def partners_spoken_for(asked: Asked) -> QuerySet[Partner]:
    """The partners for which somebody may offer; for a convener all of them."""
    rows = Partner.of_initiative(asked.initiative).by_name()
    if "convener@initiative" in asked.reader.cells:
        return rows
    given = Mandate.objects.filter(member=asked.reader.member_id).holding(asked.reader.today)
    for_whom: Any = given.covering(Mandate.Scope.PROMISES).values("organisation")
    return rows.filter(Q(organisation__in=for_whom) | Q(organisation=asked.reader.organisation_id))
