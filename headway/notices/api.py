from typing import Annotated, Any

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from headway.accounts.api import REFUSALS, ApiRequest, Listed, Paging, within_scope
from headway.notices.queries.pages import NoticeLine, lines_of, own_notices

router = Router(tags=["notices"])


class Which(Paging):
    """Which notices are asked for."""

    initiative: Annotated[str, Field(max_length=60)] = ""


@router.get("/notices", response={200: Listed[NoticeLine], **REFUSALS})
@within_scope("notices.own")
def notices(request: ApiRequest, which: Annotated[Which, Query()]) -> dict[str, Any]:
    """What you were told, unread first."""
    today = request.authority.today(timezone.now())
    rows = own_notices(request.user, request.authority, today, which.initiative)
    start = (which.page - 1) * which.size
    found = list(rows[start : start + which.size])
    total = rows.count()
    return {
        "items": list(lines_of(found)),
        "page": which.page,
        "size": which.size,
        "total": total,
    }
