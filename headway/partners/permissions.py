"""Who may do what among the partners: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

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

LABELS: dict[str, str] = {
    "partners.view": _("Read about partners"),
    "partners.export": _("Download the list of partners"),
    "partners.write": _("Add and change partners"),
    "partners.view_own": _("See your organization’s page"),
    "partners.own": _("Write for your own organization"),
    "partners.need": _("Say what is needed"),
    "partners.contacts": _("Read contacts"),
    "partners.log_contact": _("Log contacts"),
    "partners.ask_correction": _("Ask for a correction"),
    "partners.view_corrections": _("See corrections asked for"),
    "partners.decide_corrections": _("Decide about corrections"),
    "partners.view_versions": _("Read earlier versions"),
    "partners.write_agreement": _("Write the agreement"),
}
