from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.commitments.models import Commitment
from headway.commitments.queries.lists import STANDS, stands_filter, visible_promises
from headway.commitments.queries.progress import Sums, promise_sums
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source

router = Router(tags=["promises"])


@dataclass(frozen=True, slots=True)
class PromiseItem:
    """A promise in a list; `done` is a share from 0 to 1."""

    id: str
    text: str
    organisation: str
    seat: str
    state: str
    authority: str
    due: str
    due_as_said: str
    first_due: str
    ended_on: str
    evidence: str
    because: str
    done: float
    archived: bool
    source: Source | None


def _promise(row: Commitment) -> PromiseItem:
    return PromiseItem(
        id=str(row.pk),
        text=row.text,
        organisation=row.who,
        seat=row.post.label if row.post else "",
        state=row.state,
        authority=row.authority_stated if row.confirmed_at else "",
        due=_iso(row.due_to),
        due_as_said=row.due_as_said,
        first_due=_iso(row.first_due_to),
        ended_on=_iso(row.ended_on),
        evidence=row.evidence,
        because=row.because,
        done=row.progress / 100,
        archived=row.archived_at is not None,
        source=as_source(row.record),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@router.get("/initiatives/{slug}/promises", response={200: Listed[PromiseItem], **REFUSALS})
@within_initiative("commitments.view")
def promises(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """The promises, whole or by state: open, unconfirmed, late, kept, dropped, archived."""
    found = visible_promises(request.initiative, request.reader)
    if state in STANDS:
        found = found.filter(stands_filter(state, request.today))
    return listed(found, paging, _promise)


@router.get("/initiatives/{slug}/promises/{record_id}", response={200: PromiseItem, **REFUSALS})
@within_initiative("commitments.view")
def promise(request: MemberRequest, record_id: UUID) -> PromiseItem:
    """One promise."""
    found = visible_promises(request.initiative, request.reader)
    return _promise(get_object_or_404(found, pk=record_id))


@router.get("/initiatives/{slug}/progress", response={200: Sums, **REFUSALS})
@within_initiative("commitments.view")
def progress(request: MemberRequest) -> Sums:
    """How many promises stand how."""
    return promise_sums(request.initiative, request.reader)
