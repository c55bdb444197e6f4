"""Who may do what with measures: permission → cells `role@scope`."""

LEADS = frozenset({"convener@initiative", "facilitator@initiative"})
WRITERS = LEADS | {"partner@initiative", "evaluator@initiative"}
MEMBERS = WRITERS | {"liaison@initiative", "observer@initiative"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "measures.view": MEMBERS | {"visitor@public", "records_officer@authority"},
    "measures.write": WRITERS,
    "measures.give": WRITERS | {"liaison@initiative"},
    "measures.import": WRITERS,
    "measures.lead": LEADS,
}
