from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import User
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.forums.models import StatementContact
from headway.initiatives.models import Initiative, Member
from headway.notices.actions.stopping import Stop
from headway.notices.models import Notice, Preference, Rhythm
from headway.notices.queries.rhythm import due_at


@transaction.atomic
def choose_rhythm(*, by: Actor, user: User, initiative: Initiative, rhythm: str) -> bool:
    """Choose how often somebody gets mail about an initiative; what waits goes by the new rhythm.

    Whoever wants no more mail gets none of what waits either. Answers whether anything changed.

    Raises:
        RuleError: where there is no such rhythm, or they take no part in the initiative.

    """
    if rhythm not in Rhythm.values:
        raise RuleError(_("Choose how often, like “once a day”."), "rhythm")
    if not Member.objects.in_initiative(initiative).filter(user=user).exists():
        raise RuleError(_("Choose an initiative in which you take part."), "initiative")
    Preference.objects.get_or_create(user=user, initiative=initiative)
    row = Preference.objects.select_for_update().get(user=user, initiative=initiative)
    changed = row.change(rhythm=rhythm)
    if not changed:
        return False
    waiting = Notice.objects.waiting_for_mail().filter(member__user=user, initiative=initiative)
    waiting.update(mail_due_at=due_at(rhythm, by.at, initiative.zone))
    append_event(
        stream=accounts_stream(initiative.authority),
        by=by,
        verb="mail_rhythm_chosen",
        subject=Subject("user", user.pk),
        changes=changed,
        visibility=Visibility.OFFICE,
    )
    return True


@transaction.atomic
def stop_mail(*, by: Actor, stop: Stop) -> bool:
    """End the mails that a link in one of them names; answers whether there was anything to end."""
    if stop.what == "contact":
        return bool(StatementContact.objects.filter(pk=stop.id).delete()[0])
    member = Member.objects.filter(pk=stop.id, user__isnull=False).first()
    if member is None or member.user is None:
        return False
    return choose_rhythm(by=by, user=member.user, initiative=member.initiative, rhythm=Rhythm.NEVER)
