"""What forms about the problem share beyond every form: whose a record is, and its sources."""

from typing import Any

from django.core.exceptions import PermissionDenied

from headway.initiatives.access import MemberRequest
from headway.initiatives.models import Record
from headway.problems import actions
from headway.problems.queries.parts import may_take_back


def own(request: MemberRequest, record: Record) -> None:
    """Go on only where the record is the reader's, or the reader leads."""
    if not may_take_back(record, request.reader):
        raise PermissionDenied


def sourced(request: MemberRequest, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, its named sources turned into the directory's."""
    if "sources" not in said:
        return said
    named = actions.named_sources(
        by=request.actor, initiative=request.initiative, named=said["sources"]
    )
    return {**said, "sources": named}
