"""Who may do what among the partners: permission → cells `role@scope`."""

MEMBERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
)
READERS = MEMBERS | {"visitor@public", "records_officer@authority"}
CONVENERS = frozenset({"convener@initiative", "facilitator@initiative"})
OWN = frozenset({"convener@initiative", "partner@own_organisation"})

PERMISSIONS: dict[str, frozenset[str]] = {
    "partners.view": READERS,
    "partners.export": READERS,
    "partners.write": CONVENERS,
    "partners.view_own": MEMBERS,
    "partners.own": OWN,
    "partners.need": CONVENERS | OWN,
    "partners.contacts": MEMBERS | {"records_officer@authority"},
    "partners.log_contact": CONVENERS | {"partner@initiative", "liaison@initiative"},
    "partners.ask_correction": OWN,
    "partners.view_corrections": MEMBERS | {"records_officer@authority"},
    "partners.decide_corrections": frozenset({"convener@initiative"}),
    "partners.view_versions": MEMBERS | {"records_officer@authority"},
    "partners.write_agreement": CONVENERS,
}
