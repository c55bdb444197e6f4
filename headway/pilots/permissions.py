"""Who may do what with tests, pilots and what was learned: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

MEMBERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
)
LEADS = frozenset({"convener@initiative", "facilitator@initiative"})
SPEAKERS = LEADS | {"partner@initiative", "liaison@initiative", "evaluator@initiative"}
JUDGES = LEADS | {"evaluator@initiative"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "pilots.view": MEMBERS | {"visitor@public", "records_officer@authority"},
    "pilots.test": SPEAKERS,
    "pilots.prepare": SPEAKERS,
    "pilots.predict": SPEAKERS,
    "pilots.lead": LEADS,
    "pilots.record_result": JUDGES,
    "pilots.take_part": MEMBERS,
    "pilots.review": SPEAKERS,
    "pilots.learn": SPEAKERS,
    "pilots.publish": LEADS,
}

LABELS: dict[str, str] = {
    "pilots.view": _("Read small tests, pilots and lessons"),
    "pilots.test": _("Start small tests and say what came out"),
    "pilots.prepare": _("Fill in the card of a pilot"),
    "pilots.predict": _("Say what a team expects of a pilot"),
    "pilots.lead": _("Start, end and decide pilots"),
    "pilots.record_result": _("Record what the numbers of a pilot say"),
    "pilots.take_part": _("Take part in learning reviews, and read the raw notes of those"),
    "pilots.review": _("Open learning reviews, and write down what follows from them"),
    "pilots.learn": _("Write lessons, and name the cases for and against them"),
    "pilots.publish": _("Show lessons to everybody"),
}
