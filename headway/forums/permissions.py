"""Who may do what in meetings and conversations: permission → cells `role@scope`."""

MEMBERS = frozenset(
    f"{role}@initiative"
    for role in ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")
)
LEADS = frozenset({"convener@initiative", "facilitator@initiative"})
WRITERS = LEADS | {"partner@initiative"}
SPEAKERS = WRITERS | {"liaison@initiative", "evaluator@initiative"}
READERS = MEMBERS | {"visitor@public", "records_officer@authority"}

PERMISSIONS: dict[str, frozenset[str]] = {
    "forums.view": READERS,
    "forums.lead": LEADS,
    "forums.meet": LEADS,
    "forums.take_notes": LEADS,
    "forums.discuss": MEMBERS - {"observer@initiative"},
    "forums.follow": MEMBERS,
    "forums.report": MEMBERS,
    "forums.moderate": LEADS | {"moderator@forum"},
    "forums.name_moderators": frozenset({"convener@initiative"}),
    "forums.view_moderation": READERS,
    "forums.converse": LEADS,
    "forums.take_part": READERS,
    "forums.speak_for": frozenset({"partner@own_organisation", "convener@initiative"}),
}
