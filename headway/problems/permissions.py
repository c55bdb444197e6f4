"""Who may do what about the problem: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

LEADS = frozenset({"convener@initiative", "facilitator@initiative"})
WRITERS = LEADS | {"partner@initiative"}
MEMBERS = WRITERS | {"liaison@initiative", "evaluator@initiative", "observer@initiative"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "problems.view": MEMBERS | {"visitor@public", "records_officer@authority"},
    "problems.write": WRITERS,
    "problems.speak": WRITERS | {"liaison@initiative", "evaluator@initiative"},
    "problems.adopt": LEADS,
    "problems.rank": LEADS,
    "problems.withdraw_any": LEADS,
}

LABELS: dict[str, str] = {
    "problems.view": _("Read about the problem"),
    "problems.write": _("Write about the problem"),
    "problems.speak": _("Support or question what others say"),
    "problems.adopt": _("Adopt a framing"),
    "problems.rank": _("Put parts of the problem in order"),
    "problems.withdraw_any": _("Withdraw what others wrote"),
    "problems.compare": _("Compare wordings"),
}
