"""Who may open the pages that put the stages together."""

READERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
) | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "site.home": frozenset({"user@self"}),
    "site.where_we_stand": READERS,
    "site.area": READERS,
}
