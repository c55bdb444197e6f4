from django.http import QueryDict

from headway.accounts.access import AuthorityRequest, permission_table
from headway.accounts.kept import typed_in


def permissions_of(request: AuthorityRequest) -> frozenset[str]:
    """Every permission that the person holds here."""
    return frozenset(name for name, cells in permission_table().items() if cells & request.cells)


def sent(request: AuthorityRequest) -> QueryDict | None:
    """What a form was sent with, or was to be before signing in; None where it is only shown."""
    return typed_in(request)
