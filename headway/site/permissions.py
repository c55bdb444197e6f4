"""Who may open the pages that put the stages together."""

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message

READERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
) | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "site.home": frozenset({"user@self"}),
    "site.where_we_stand": READERS,
    "site.area": READERS,
}

LABELS: dict[str, Message] = {
    "site.home": _("See your initiatives"),
    "site.where_we_stand": _("Read where an initiative stands"),
    "site.area": _("Read the overview pages"),
}
