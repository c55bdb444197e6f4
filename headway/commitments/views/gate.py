"""What the views of promises share: finding one, and who acts for its organisation."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from headway.commitments.models import Commitment
from headway.commitments.queries.promise import May, may_do
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest
from headway.initiatives.pages.write import page_of, row_of


def promise_row(request: MemberRequest, record_id: UUID) -> Commitment:
    """A promise of this initiative that the reader may open; else 404."""
    return row_of(
        request,
        Commitment,
        record_id,
        "organisation__merged_into",
        "post__organisation",
        "person__merged_into",
    )


def may_of(request: MemberRequest, row: Commitment) -> May:
    """What the person may do with a promise."""
    return may_do(row, request.reader, request.actor.user, acts_for=_acts_for(request, row))


def _acts_for(request: MemberRequest, row: Commitment) -> bool:
    if row.organisation is None:
        return False
    if "convener@initiative" in request.cells:
        return True
    same = Organisation.objects.counted_as(row.organisation)
    return any(request.speaks_for(each) for each in same)


def must_answer(request: MemberRequest, row: Commitment) -> None:
    """Refuse whoever neither answers for a promise nor leads the initiative.

    Raises:
        PermissionDenied: where the person does neither.

    """
    if not may_of(request, row).answer:
        raise PermissionDenied


def promise_href(request: MemberRequest, row: Commitment) -> str:
    """The page of a promise."""
    return page_of(request, "commitments:promise", row.pk)
