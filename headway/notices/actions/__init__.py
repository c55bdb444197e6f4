"""Every write to notices: what people are told, by mail or here, and what comes back by mail."""

from headway.notices.actions.fetching import fetch_mail
from headway.notices.actions.forgetting import forget_old
from headway.notices.actions.incoming import take_mail
from headway.notices.actions.mailing import mail_due
from headway.notices.actions.reading import mark_all_read, mark_read
from headway.notices.actions.rhythms import choose_rhythm, stop_mail
from headway.notices.actions.telling import tell

__all__ = [
    "choose_rhythm",
    "fetch_mail",
    "forget_old",
    "mail_due",
    "mark_all_read",
    "mark_read",
    "stop_mail",
    "take_mail",
    "tell",
]
