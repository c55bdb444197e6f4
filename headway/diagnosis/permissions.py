"""Who may do what with the diagnosis: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

WRITERS = frozenset({"convener@initiative", "facilitator@initiative", "partner@initiative"})
SPEAKERS = WRITERS | {"liaison@initiative", "evaluator@initiative"}
MEMBERS = SPEAKERS | {"observer@initiative"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "diagnosis.stand": MEMBERS | {"visitor@public", "records_officer@authority"},
    "diagnosis.view": MEMBERS | {"records_officer@authority"},
    "diagnosis.move": SPEAKERS,
    "diagnosis.practise": SPEAKERS,
    "diagnosis.state": WRITERS,
    "diagnosis.check": SPEAKERS,
    "diagnosis.argue": WRITERS | {"evaluator@initiative"},
}

LABELS: dict[str, str] = {
    "diagnosis.stand": _("Read which conditions are met"),
    "diagnosis.view": _("Read how the initiative is led, what it waits on and what would help"),
    "diagnosis.move": _("Take or decline a next move"),
    "diagnosis.practise": _("Start practices and carry them out"),
    "diagnosis.state": _("State that a condition was met outside, or is not needed"),
    "diagnosis.check": _("Check what carrying something out needs"),
    "diagnosis.argue": _("Argue with a threshold"),
}
