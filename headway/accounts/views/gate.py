from django.http import QueryDict

from headway.accounts.access import AuthorityRequest, permission_table


def permissions_of(request: AuthorityRequest) -> frozenset[str]:
    """Every permission that the person holds here."""
    return frozenset(name for name, cells in permission_table().items() if cells & request.cells)


def sent(request: AuthorityRequest) -> QueryDict | None:
    """What a form was sent with, even if it is nothing; None where it is only shown."""
    return request.POST if request.method == "POST" else None
