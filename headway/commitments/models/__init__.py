from headway.commitments.models.commitment import CalendarFeed, Commitment, Milestone, Reminder

__all__ = ["CalendarFeed", "Commitment", "Milestone", "Reminder"]
