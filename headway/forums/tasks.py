from django.utils import timezone
from django_tasks import task

from headway.forums.actions import close_what_is_over, destroy_old_keys, store_statements


@task()
def close_conversations() -> int:
    """Close the conversations whose last day has passed."""
    return close_what_is_over(now=timezone.now())


@task()
def store_what_was_said() -> int:
    """Store the statements that wait, wherever enough wait or their day is over."""
    return store_statements(now=timezone.now())


@task()
def destroy_keys() -> int:
    """Destroy the keys of conversations that closed 30 days ago."""
    return destroy_old_keys(now=timezone.now())
