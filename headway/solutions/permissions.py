"""Who may do what with ideas, recommendations and votes: permission → cells `role@scope`."""

from headway.core.words import gettext_noop as _

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
    "solutions.propose": SPEAKERS,
    "solutions.draft": WRITERS,
    "solutions.suggest": SPEAKERS,
    "solutions.lead": LEADS,
    "solutions.declare_interest": SPEAKERS,
    "solutions.score": frozenset({"evaluator@initiative", "convener@initiative"}),
    "solutions.prepare_ballot": LEADS,
    "solutions.vote": SPEAKERS,
    "solutions.decide": LEADS,
}

LABELS: dict[str, str] = {
    "solutions.view": _("Read ideas, recommendations and votes"),
    "solutions.propose": _("Bring ideas, and say what is in the way"),
    "solutions.draft": _("Draft recommendations"),
    "solutions.suggest": _("Suggest changes to recommendations"),
    "solutions.lead": _("Move recommendations on, and name criteria"),
    "solutions.declare_interest": _("Declare an interest"),
    "solutions.score": _("Judge recommendations by criteria"),
    "solutions.prepare_ballot": _("Prepare, open and close votes"),
    "solutions.vote": _("Vote"),
    "solutions.decide": _("Write down decisions we took"),
}
