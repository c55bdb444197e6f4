from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from headway.notices.actions.telling import OLDEST, count_unread
from headway.notices.models import IncomingMail, Notice

# Notices are reminders, not records: the log keeps what happened.
KEPT_READ: Final = timedelta(days=180)
KEPT_UNREAD: Final = timedelta(days=730)
# No mail server tries again for so long.
KEPT_MAIL: Final = timedelta(days=365)
BLOCK: Final = 5_000


def forget_old(*, now: datetime) -> int:
    """Delete notices read half a year ago, all after two years, and old mails from the register."""
    forgotten = IncomingMail.objects.filter(received_at__lt=now - max(KEPT_MAIL, OLDEST)).delete()[
        0
    ]
    while block := _forget_block(now):
        forgotten += block
    return forgotten


@transaction.atomic
def _forget_block(now: datetime) -> int:
    over = Q(read_at__lt=now - KEPT_READ) | Q(noted_at__lt=now - KEPT_UNREAD)
    found = Notice.objects.filter(over).values_list("pk", "member__user_id")[:BLOCK]
    rows = dict(found)
    deleted = Notice.objects.filter(pk__in=rows).delete()[0]
    count_unread({user for user in rows.values() if user is not None})
    return deleted
