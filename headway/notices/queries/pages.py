from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.models import Authority, User
from headway.accounts.models.authority import Visibility
from headway.core.tables import TablePage, table_page
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Member, Record, RoleGrant
from headway.initiatives.queries.history import moment_words
from headway.notices.models import Notice, NoticeQuerySet, Preference, Rhythm, Why
from headway.notices.queries.audience import READABLE
from headway.notices.queries.words import notice_words

SIZE = 30


@dataclass(frozen=True)
class NoticeLine:
    """One notice as its reader sees it."""

    id: str
    words: str
    why: str
    href: str
    initiative: str
    at: str
    unread: bool


@dataclass(frozen=True)
class NoticesPage:
    """Everything that somebody was told, unread first."""

    title: str
    table: TablePage
    lines: tuple[NoticeLine, ...]
    unread: int
    initiatives: tuple[tuple[str, str], ...]
    chosen: str
    rhythms_href: str


@dataclass(frozen=True)
class RhythmsPage:
    """How often somebody gets mail about each of their initiatives."""

    title: str
    notices_href: str
    any: bool


@dataclass(frozen=True)
class StopPage:
    """What a link in a mail would end, or has ended."""

    title: str
    lead: str
    button: str


def own_notices(user: User, authority: Authority, today: date, slug: str = "") -> NoticeQuerySet:
    """What somebody was told and may still read, unread first.

    Whoever holds no role any more reads of it only what everybody reads.
    """
    mine = Notice.objects.for_members_of(user).in_authority(authority)
    grants = RoleGrant.objects.holding(today).filter(member__left_at__isnull=True)
    public = Record.objects.filter(visibility=Visibility.PUBLIC)
    mine = mine.filter(
        Q(member__in=grants.filter(member__user=user).values("member"))
        | Q(member__left_at__isnull=True, event__subject_id__in=public.values("pk"))
    )
    mine = mine.filter(initiative__slug=slug) if slug else mine
    return mine.select_related("event__user", "initiative").unread_first()


def own_initiatives(user: User, authority: Authority) -> QuerySet[Initiative]:
    """The initiatives in which somebody takes part."""
    member = Member.objects.filter(user=user, left_at__isnull=True)
    return Initiative.objects.in_authority(authority).filter(pk__in=member.values("initiative"))


def lines_of(notices: list[Notice]) -> tuple[NoticeLine, ...]:
    """Notices as lines; of what may not be read any more only that there was something."""
    subjects = {notice.event.subject_id for notice in notices}
    readable = Record.objects.filter(Q(visibility__in=READABLE), expunged_at__isnull=True)
    records = readable.in_bulk(subjects)
    return tuple(_line(notice, records.get(notice.event.subject_id)) for notice in notices)


def _line(notice: Notice, record: Record | None) -> NoticeLine:
    slug = notice.initiative.slug
    return NoticeLine(
        id=str(notice.pk),
        words=notice_words(notice.event, record) if record else _("This was removed."),
        why=str(Why(notice.why).label),
        href=kinds.href(record, slug) if record else "",
        initiative=notice.initiative.title,
        at=moment_words(notice.event.recorded_at),
        unread=notice.read_at is None,
    )


def notices_page(user: User, authority: Authority, today: date, params: QueryDict) -> NoticesPage:
    """One page of what somebody was told."""
    places = tuple(own_initiatives(user, authority).values_list("slug", "title"))
    chosen = params.get("initiative", "")
    chosen = chosen if chosen in dict(places) else ""
    rows: list[Notice] = []
    notices = own_notices(user, authority, today, chosen)
    table = table_page(notices, (), params, size=SIZE, build=rows.append)
    return NoticesPage(
        title=_("Notices"),
        table=table,
        lines=lines_of(rows),
        unread=notices.unread().count(),
        initiatives=places,
        chosen=chosen,
        rhythms_href=reverse("notices:rhythms"),
    )


def own_rhythms(user: User, authority: Authority) -> list[tuple[Initiative, str]]:
    """The rhythm of each initiative in which somebody takes part."""
    chosen: dict[UUID, str] = dict(
        Preference.objects.filter(user=user).values_list("initiative_id", "rhythm")
    )
    initiatives = own_initiatives(user, authority)
    return [(each, chosen.get(each.pk, Rhythm.DAILY.value)) for each in initiatives]


def rhythms_page(*, any_initiative: bool) -> RhythmsPage:
    """The page that asks how often."""
    return RhythmsPage(_("Mail from Headway"), reverse("notices:notices"), any_initiative)


def stop_page(*, stopped: bool) -> StopPage:
    """The page behind the link that ends mails, before and after the button was pressed."""
    if stopped:
        lead = _("No more mail comes from there. What happens can still be read on the pages.")
        return StopPage(_("This mail has ended"), lead, "")
    lead = _("One press, and no more mail of this kind comes to you.")
    return StopPage(_("No more mail?"), lead, _("End this mail"))
