"""Who may do what about the problem: permission → cells `role@scope`."""

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
