from headway.commitments.models.commitment import CalendarFeed, Commitment, Milestone, Reminder
from headway.commitments.models.plan import PlanFile

__all__ = ["CalendarFeed", "Commitment", "Milestone", "PlanFile", "Reminder"]
