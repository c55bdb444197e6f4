from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.accounts.models import Authority, AuthorityRole, Event, User
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.exchange.queries.mine import mails_to
from headway.exchange.queries.naming import addresses_of, names_of
from headway.exchange.queries.person import erased_address, hold_names_on, what_stands_against
from headway.exchange.queries.search import says
from headway.exchange.queries.tabs import office_tabs
from headway.initiatives import kinds
from headway.initiatives.models import Member, Record
from headway.initiatives.models.record import RecordQuerySet

COLUMNS = (
    Column("name", gettext_lazy("Person"), sort="name"),
    Column("email", gettext_lazy("Email"), sort="email"),
    Column("initiatives", gettext_lazy("Takes part in"), sort="taken_part"),
    Column("state", gettext_lazy("State"), sort="is_active"),
    Column("step", gettext_lazy("Next step")),
)
NAMED = (
    Column("title", gettext_lazy("Record")),
    Column("kind", gettext_lazy("Kind")),
    Column("initiative", gettext_lazy("Initiative")),
    Column("step", gettext_lazy("Next step")),
)


@dataclass(frozen=True)
class PeoplePage:
    """Everybody whom the authority keeps something about."""

    tabs: tuple[Tab, ...]
    table: TablePage
    words: str


@dataclass(frozen=True)
class ErasePage:
    """What goes and what stays when a person is erased, and what stands against it."""

    title: Message
    goes: tuple[Message, ...]
    stays: tuple[Message, ...]
    against: tuple[Message, ...]
    named: TablePage
    back_href: str


def people_of(authority: Authority) -> QuerySet[User]:
    """Who takes part in the authority's initiatives, holds a role, or got an account here."""
    members = Member.objects.filter(initiative__authority=authority).values("user")
    roles = AuthorityRole.objects.in_authority(authority).values("user")
    made = Event.objects.in_authority(authority).filter(subject_kind="account").values("subject_id")
    return User.objects.filter(Q(pk__in=members) | Q(pk__in=roles) | Q(pk__in=made))


def _row(user: User) -> dict[str, object]:
    erased = user.email == erased_address(user)
    count: int = user.taken_part  # type: ignore[attr-defined]  # annotated by the query
    href = reverse("exchange:erase_person", args=[user.pk])
    return {
        "name": _("Erased person") if erased else user.name or "–",
        "email": "–" if erased else user.email,
        "initiatives": ngettext("%s initiative", "%s initiatives", count) % f"{count:,}",
        "state": _state(user, erased=erased),
        "step": "–" if erased else TextLink(_("Erase %s") % user, href),
    }


def _state(user: User, *, erased: bool) -> Mark:
    if erased:
        return Mark("ended", _("Erased"))
    return Mark("open", _("Can sign in")) if user.is_active else Mark("ended", _("Closed"))


def people_page(authority: Authority, params: QueryDict) -> PeoplePage:
    """Everybody, or those whose name or address holds some words."""
    words = params.get("words", "").replace("\x00", "").strip()[:250]
    found = people_of(authority)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    mine = Member.objects.filter(initiative__authority=authority, user=OuterRef("pk"))
    count = mine.order_by().values("user").annotate(count=Count("initiative", distinct=True))
    counted = found.annotate(taken_part=Coalesce(Subquery(count.values("count")), 0))
    return PeoplePage(
        tabs=office_tabs("exchange:people"),
        table=table_page(counted.order_by("name", "email"), COLUMNS, params, build=_row),
        words=words,
    )


def records_naming(authority: Authority, user: User) -> RecordQuerySet:
    """The records whose texts, files or details say a name or an address of somebody."""
    named = reduce(or_, (says(name) for name in sorted(names_of(user))), Q(pk__in=[]))
    found = Record.objects.filter(named, initiative__authority=authority, expunged_at=None)
    return found.select_related("initiative").order_by("initiative__title", "title", "pk")


def _named_row(record: Record, passage: str) -> dict[str, object]:
    href = f"{reverse('exchange:redact', args=[record.pk])}?{urlencode({'passage': passage})}"
    return {
        "title": TextLink(record.title, reverse("exchange:record", args=[record.pk])),
        "kind": kinds.label(record.kind),
        "initiative": record.initiative.title,
        "step": TextLink(_("Blacken words in “%s”") % record.title, href),
    }


def erase_page(authority: Authority, user: User, today: date, params: QueryDict) -> ErasePage:
    """What an officer reads before erasing somebody."""
    passage = user.name or user.email
    holds = hold_names_on(authority, user)
    held = (_("On hold: %s. Release the hold first.") % ", ".join(holds),) if holds else ()
    return ErasePage(
        title=_("Erase %s") % user,
        goes=_goes(user),
        stays=_stays(user),
        against=(*held, *what_stands_against(authority, user, today)),
        named=table_page(
            records_naming(authority, user),
            NAMED,
            params,
            build=lambda record: _named_row(record, passage),
        ),
        back_href=reverse("exchange:people"),
    )


def _goes(user: User) -> tuple[Message, ...]:
    addresses = addresses_of(user)
    mails = mails_to(user).count()
    return (
        _("Name and addresses: %s.") % ", ".join([str(user), *sorted(addresses)]),
        _("Every way to sign in, and every token and link; open memberships end."),
        ngettext("%s mail to this person.", "%s mails to this person.", mails) % f"{mails:,}",
        _("The name in mandates, in mails to others and where the log says exactly it."),
        _("Nobody can bring it back. A restored backup forgets it as well."),
    )


def _stays(user: User) -> tuple[Message, ...]:
    members = Member.objects.filter(user=user)
    written = Record.objects.filter(author__in=members).count()
    return (
        ngettext(
            "%s record that this person wrote, as written by “Erased person”.",
            "%s records that this person wrote, as written by “Erased person”.",
            written,
        )
        % f"{written:,}",
        _("Texts that name the person: they are listed below. Blacken the words in each first."),
        _("The directory's entry of somebody who holds a public office."),
        _("Every count, and in the log that something was done, when, and your reason for this."),
    )
