"""Who may open the pages that put the stages together."""

from headway.core.words import gettext_noop as _

MEMBERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
)
# A registrar of the authority, in an initiative that nobody leads any more.
REGISTRAR_ALONE = "registrar@unled"
READERS = MEMBERS | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "site.home": frozenset({"user@self"}),
    "site.where_we_stand": READERS,
    "site.area": READERS,
    "site.next_meeting": MEMBERS,
    "site.trace": READERS,
    "site.search": READERS,
    "site.report": READERS,
    "site.brief": READERS,
    "site.hand_over": frozenset({"convener@initiative", REGISTRAR_ALONE}),
}

LABELS: dict[str, str] = {
    "site.home": _("See your initiatives"),
    "site.where_we_stand": _("Read where an initiative stands"),
    "site.area": _("Read the overview pages"),
    "site.next_meeting": _("Read what the next meeting is about"),
    "site.trace": _("Follow a record to where it came from and what came of it"),
    "site.search": _("Search an initiative"),
    "site.report": _("Read the report of an initiative"),
    "site.brief": _("Read the one-page brief of a request"),
    "site.hand_over": _("Read everything that a successor needs"),
}
