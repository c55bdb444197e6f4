"""Who may do what in meetings and conversations: permission → cells `role@scope`."""

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
    "forums.speak_for": frozenset({"partner@own_organisation", "convener@initiative"}),
}

LABELS: dict[str, str] = {
    "forums.view": _("Read about groups, meetings and conversations"),
    "forums.lead": _("Open groups and plan phases"),
    "forums.meet": _("Call meetings and arrange agendas"),
    "forums.take_notes": _("Write notes and correct their lines"),
    "forums.discuss": _("Discuss records"),
    "forums.follow": _("Follow records"),
    "forums.report": _("Report what breaks the rules"),
    "forums.moderate": _("Moderate"),
    "forums.name_moderators": _("Name moderators"),
    "forums.view_moderation": _("Read the log of moderation"),
    "forums.converse": _("Prepare conversations"),
    "forums.speak_for": _("Speak for an organization in conversations"),
}
