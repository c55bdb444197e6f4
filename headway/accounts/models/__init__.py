from headway.accounts.models.authority import Authority, AuthorityRole, RetentionClass
from headway.accounts.models.event import Event, EventValue, Stream
from headway.accounts.models.job import Job
from headway.accounts.models.mail import OutboxMessage
from headway.accounts.models.schedule import ScheduledTask
from headway.accounts.models.token import ApiToken, LinkToken
from headway.accounts.models.user import User

__all__ = [
    "ApiToken",
    "Authority",
    "AuthorityRole",
    "Event",
    "EventValue",
    "Job",
    "LinkToken",
    "OutboxMessage",
    "RetentionClass",
    "ScheduledTask",
    "Stream",
    "User",
]
