from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.models import Authority, AuthorityRole, User
from headway.core.errors import Message
from headway.initiatives.models import Hold, Member, Record, RecordHold


def erased_address(user: User) -> str:
    """What stands in place of an address: no mail ever goes there (RFC 2606)."""
    return f"{user.pk}@erased.invalid"


def hold_names_on(authority: Authority, user: User) -> list[str]:
    """The names of the authority's holds that keep something of a person."""
    members = Member.objects.filter(user=user)
    theirs = Q(author__in=members) | Q(owner__in=members) | Q(wordings__member__in=members)
    single = RecordHold.objects.filter(record__in=Record.objects.filter(theirs)).values("hold")
    whole = Q(initiative__in=members.values("initiative"))
    holds = Hold.objects.in_authority(authority).active().filter(Q(pk__in=single) | whole)
    return list(holds.values_list("name", flat=True))


def what_stands_against(authority: Authority, user: User, today: date) -> list[Message]:
    """What a person must be freed of before they can be erased, beside holds."""
    against: list[Message] = []
    if AuthorityRole.objects.filter(user=user).holding(today).exists():
        against.append(_("Take away this person's role in the settings first."))
    if Member.objects.filter(user=user).exclude(initiative__authority=authority).exists():
        against.append(_("This person also takes part elsewhere. Ask that records office first."))
    return against
