from django.utils import timezone
from django_tasks import task

from headway.accounts import mail


@task()
def deliver_mail() -> int:
    """Hand over the mail that is due; safe to run twice and beside other workers."""
    return mail.deliver(timezone.now())


@task()
def forget_mail() -> int:
    """Empty what the outbox says about people in mails long over."""
    return mail.forget(timezone.now())
