from headway.accounts.access import AuthorityRequest, permission_table


def permissions_of(request: AuthorityRequest) -> frozenset[str]:
    """Every permission that the person holds here."""
    return frozenset(name for name, cells in permission_table().items() if cells & request.cells)
