"""Who may do what about decision bodies: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

WRITERS = frozenset({"convener@initiative", "facilitator@initiative", "liaison@initiative"})
SPEAKERS = WRITERS | {"partner@initiative"}
MEMBERS = SPEAKERS | {"evaluator@initiative", "observer@initiative"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "arenas.view": MEMBERS | {"visitor@public", "records_officer@authority"},
    "arenas.write": WRITERS,
    "arenas.record": SPEAKERS | {"evaluator@initiative"},
    "arenas.who_asks": MEMBERS | {"records_officer@authority"},
    "arenas.approach": SPEAKERS,
    "arenas.export_contacts": frozenset(
        {"convener@initiative", "liaison@initiative", "records_officer@authority"}
    ),
    "arenas.election_windows": frozenset({"administrator@authority"}),
}

LABELS: dict[str, str] = {
    "arenas.view": _("Read about decision bodies, requests and decisions"),
    "arenas.write": _("Name decision bodies, make requests, record decisions"),
    "arenas.record": _("Note what was said on the record"),
    "arenas.who_asks": _("See who asks whom"),
    "arenas.approach": _("Note who asks whom, and what one's organization may do"),
    "arenas.export_contacts": _("Save contacts with decision bodies for filing"),
    "arenas.election_windows": _("Set election windows"),
}
