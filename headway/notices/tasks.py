from django.conf import settings
from django.utils import timezone
from django_tasks import task

from headway.notices import actions


@task()
def tell() -> int:
    """Tell people what happened; safe to run twice and beside other workers."""
    return actions.tell(now=timezone.now())


@task()
def mail() -> int:
    """Write the mails that are due; safe to run twice and beside other workers."""
    return actions.mail_due(now=timezone.now())


@task()
def fetch() -> int:
    """Take the replies that wait in the mailbox; each acts once, however often it is fetched."""
    return actions.fetch_mail(url=settings.IMAP_URL, now=timezone.now())


@task()
def forget() -> int:
    """Delete what was read long ago and the register of mails that came in long ago."""
    return actions.forget_old(now=timezone.now())
