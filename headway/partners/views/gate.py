"""What the views of this area share: whose a row is."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest
from headway.initiatives.models import Mandate
from headway.partners.models import Partner


def acts_for(
    request: MemberRequest, organisation: Organisation, scope: str = Mandate.Scope.EVERYTHING
) -> bool:
    """Whether the person acts for an organisation in a matter, under any name it counts as."""
    if "convener@initiative" in request.cells:
        return True
    if request.membership is None:
        return False
    same = Organisation.objects.counted_as(organisation)
    return any(request.speaks_for(each, scope) for each in same)


def must_act_for(request: MemberRequest, organisation: Organisation, scope: str) -> None:
    """Refuse whoever does not act for an organisation.

    Raises:
        PermissionDenied: where the person neither runs the initiative nor acts for it.

    """
    if not acts_for(request, organisation, scope):
        raise PermissionDenied


def own_partners(request: MemberRequest) -> list[Partner]:
    """The partners for which the person may promise; for a convener all of them."""
    rows = Partner.of_initiative(request.initiative).by_name()
    if "convener@initiative" in request.cells:
        return list(rows)
    return [row for row in rows if acts_for(request, row.organisation, Mandate.Scope.PROMISES)]


def as_key(words: str) -> UUID | None:
    """A row's key out of the address, or None where it is none."""
    try:
        return UUID(words)
    except ValueError:
        return None
