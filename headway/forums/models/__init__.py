from headway.forums.models.conversation import (
    Choice,
    Conversation,
    InvitationCode,
    OrganisationChoice,
    Participant,
    SealedStatement,
    Statement,
    StatementContact,
    StatementTurn,
)
from headway.forums.models.discussion import Comment, CommentWording, Follow, Mention
from headway.forums.models.forum import AgendaItem, Forum, ForumModerator, Meeting, Phase
from headway.forums.models.lines import AgendaLine, Attendee, SaidLine, WordOfCounsel
from headway.forums.models.minutes import Attendance, MinuteLine
from headway.forums.models.moderation import Moderation, Report

__all__ = [
    "AgendaItem",
    "AgendaLine",
    "Attendance",
    "Attendee",
    "Choice",
    "Comment",
    "CommentWording",
    "Conversation",
    "Follow",
    "Forum",
    "ForumModerator",
    "InvitationCode",
    "Meeting",
    "Mention",
    "MinuteLine",
    "Moderation",
    "OrganisationChoice",
    "Participant",
    "Phase",
    "Report",
    "SaidLine",
    "SealedStatement",
    "Statement",
    "StatementContact",
    "StatementTurn",
    "WordOfCounsel",
]
