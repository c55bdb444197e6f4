"""Who may open the pages that put the stages together."""

from headway.core.words import gettext_noop as _

READERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
) | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "site.home": frozenset({"user@self"}),
    "site.where_we_stand": READERS,
    "site.area": READERS,
}

LABELS: dict[str, str] = {
    "site.home": _("See your initiatives"),
    "site.where_we_stand": _("Read where an initiative stands"),
    "site.area": _("Read the overview pages"),
}
