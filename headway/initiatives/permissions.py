"""Who may do what in an initiative: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

MEMBERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
)
WRITERS = frozenset({"convener@initiative", "facilitator@initiative", "partner@initiative"})
READERS = MEMBERS | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "initiatives.create": frozenset({"administrator@authority", "registrar@authority"}),
    "initiatives.view": READERS,
    "initiatives.view_members": MEMBERS | {"records_officer@authority", "registrar@authority"},
    "initiatives.view_history": MEMBERS | {"records_officer@authority"},
    "initiatives.settings": frozenset({"convener@initiative"}),
    "initiatives.close": frozenset({"convener@initiative"}),
    "initiatives.manage_members": frozenset({"convener@initiative", "registrar@authority"}),
    "initiatives.record_happening": frozenset({"convener@initiative", "facilitator@initiative"}),
    "initiatives.link": WRITERS | {"liaison@initiative"},
    "initiatives.add_file": WRITERS | {"liaison@initiative"},
    "initiatives.translate": WRITERS | {"liaison@initiative"},
    "initiatives.withdraw": frozenset({"convener@initiative", "facilitator@initiative"}),
}

LABELS: dict[str, str] = {
    "initiatives.create": _("Open an initiative"),
    "initiatives.view": _("Read initiatives and what happened"),
    "initiatives.view_members": _("See who takes part"),
    "initiatives.view_history": _("Read the history"),
    "initiatives.settings": _("Change an initiative’s settings"),
    "initiatives.manage_members": _("Invite members and give them roles"),
    "initiatives.record_happening": _("Record what happened"),
    "initiatives.link": _("Link records"),
    "initiatives.add_file": _("Add files"),
    "initiatives.translate": _("Translate texts"),
    "initiatives.withdraw": _("Withdraw records"),
}
