from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader
from headway.problems import queries
from headway.problems.models import Stance
from headway.problems.queries.facts import speakers, visible_facts
from headway.problems.queries.home import HomePage

if TYPE_CHECKING:
    from headway.problems.queries.facts import CountedFact

router = Router(tags=["problem"])


@dataclass(frozen=True, slots=True)
class FactItem:
    """A fact in a list: the claim, what was made of it and by whom."""

    id: str
    claim: str
    state: str
    agree: list[str]
    dispute: list[str]
    happened_from: str
    happened_to: str
    date_as_said: str
    sources: int
    source: Source | None


def _fact(fact: "CountedFact", reader: Reader) -> FactItem:
    record = fact.record
    return FactItem(
        id=str(fact.pk),
        claim=fact.claim,
        state=fact.state,
        agree=speakers(fact, Stance.AGREE, reader),
        dispute=speakers(fact, Stance.DISPUTE, reader),
        happened_from=record.happened_from.isoformat() if record.happened_from else "",
        happened_to=record.happened_to.isoformat() if record.happened_to else "",
        date_as_said=record.date_as_said,
        sources=fact.sources,
        source=as_source(record),
    )


@router.get("/initiatives/{slug}/problem", response={200: HomePage, **REFUSALS})
@within_initiative("problems.view")
def problem(request: MemberRequest) -> HomePage:
    """The problem on one page: who is affected, where we start, how it is seen."""
    return queries.home_page(request.initiative, request.reader)


@router.get("/initiatives/{slug}/facts", response={200: Listed[FactItem], **REFUSALS})
@within_initiative("problems.view")
def facts(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """The ledger of facts, whole or by state: agreed, disputed, open."""
    found = visible_facts(request.initiative, request.reader, state)
    return listed(found, paging, lambda fact: _fact(fact, request.reader))
