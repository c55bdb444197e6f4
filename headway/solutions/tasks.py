from django.utils import timezone
from django_tasks import task

from headway.solutions.actions.ballots import close_what_is_over
from headway.solutions.actions.outcomes import note_reviews_due


@task()
def close_votes() -> int:
    """Close and count every vote whose time is up; safe to run twice and beside other workers."""
    return close_what_is_over(timezone.now())


@task()
def remind_of_reviews() -> int:
    """Say of each decision that is to be looked at again that the day has come, once."""
    return note_reviews_due(timezone.now())
