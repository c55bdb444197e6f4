"""Who may do what with ideas, recommendations and votes: permission → cells `role@scope`."""

MEMBERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
)
LEADS = frozenset({"convener@initiative", "facilitator@initiative"})
WRITERS = LEADS | {"partner@initiative"}
SPEAKERS = WRITERS | {"liaison@initiative", "evaluator@initiative"}
READERS = MEMBERS | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "solutions.view": READERS,
    "solutions.prepare_ballot": LEADS,
    "solutions.vote": SPEAKERS,
    "solutions.decide": LEADS,
}
