"""Who may do what with promises: permission → cells `role@scope`."""

LEADS = frozenset({"convener@initiative", "facilitator@initiative"})
WRITERS = LEADS | {"partner@initiative"}
SPEAKERS = WRITERS | {"liaison@initiative", "evaluator@initiative"}
MEMBERS = SPEAKERS | {"observer@initiative"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "commitments.view": MEMBERS | {"visitor@public", "records_officer@authority"},
    "commitments.note": SPEAKERS,
    "commitments.confirm": SPEAKERS,
    "commitments.answer": LEADS | {"partner@own_organisation"},
    "commitments.lead": LEADS,
    "commitments.import": LEADS,
    "commitments.calendar": MEMBERS,
}
