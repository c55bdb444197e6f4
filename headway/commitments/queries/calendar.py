"""A member's promises with a day, for their own calendar program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from headway.accounts.replies import web_address
from headway.commitments.formats.calendar import Entry, Status
from headway.commitments.models import CalendarFeed, Commitment
from headway.commitments.queries.lists import visible_promises, whose_filter
from headway.commitments.queries.words import authority_words
from headway.core.errors import Message
from headway.initiatives import kinds
from headway.initiatives.access import readers_of, standing_of
from headway.initiatives.models import Member
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader

MOST_ENTRIES = 2_000
STATUS: dict[str, Status] = {
    Commitment.State.KEPT: "done",
    Commitment.State.DROPPED: "cancelled",
    Commitment.State.SPLIT: "cancelled",
}


@dataclass(frozen=True)
class CalendarPage:
    """Whether a member has a calendar address, and the new one, shown once."""

    title: str
    lead: Message
    since: datetime | None
    new_address: str
    stop_href: str
    home_href: str


def calendar_page(member: Member, reader: Reader, new_address: str = "") -> CalendarPage:
    """A member's own calendar address; of an earlier one only the digest is known."""
    feed = CalendarFeed.objects.filter(member=member, revoked_at__isnull=True).first()
    return CalendarPage(
        title=_("Promises in your calendar"),
        lead=_(
            "Subscribe to a secret address and your calendar program shows what you and your "
            "organization promised, with every new date."
        ),
        since=feed.made_at if feed else None,
        new_address=new_address,
        stop_href=address(reader, "commitments:stop_calendar") if feed else "",
        home_href=address(reader, "commitments:home"),
    )


def feed_of(digest: str) -> CalendarFeed | None:
    """The standing feed of a secret's digest, of somebody who still takes part."""
    rows = CalendarFeed.objects.filter(
        digest=digest, revoked_at__isnull=True, member__left_at__isnull=True
    )
    found = rows.select_related("member__initiative__authority", "member__user").first()
    active = found is not None and found.member.user is not None and found.member.user.is_active
    return found if active else None


def feed_entries(feed: CalendarFeed, now: datetime) -> Iterator[Entry]:
    """The promises of a member and of their organisation, as far as they may read them today."""
    member = feed.member
    initiative = member.initiative
    today = initiative.today(now)
    _member, cells = standing_of(member.user, initiative, today)
    reader = Reader(
        slug=initiative.slug,
        today=today,
        cells=cells,
        readers=readers_of(cells),
        member_id=member.pk,
        organisation_id=member.organisation_id,
    )
    if not reader.may("commitments.calendar"):
        return
    own = whose_filter("mine", reader) | whose_filter("organisation", reader)
    rows = visible_promises(initiative, reader).filter(own, due_to__isnull=False)
    changed = rows.annotate(changed_at=Max("record__states__recorded_at"))
    for row in changed[:MOST_ENTRIES]:
        if row.due_to is not None:
            yield _entry(row, row.due_to, member)


def _entry(row: Commitment, due: date, member: Member) -> Entry:
    initiative = member.initiative
    domain = initiative.authority.host_name or "headway"
    words = [row.who, row.get_state_display(), authority_words(row)]
    return Entry(
        uid=f"{row.pk}@{domain}",
        title=row.record.title,
        text="\n".join([row.text, *[str(part) for part in words if part]]),
        due=due,
        status=STATUS.get(row.state, "open"),
        percent=row.progress,
        changed_at=row.changed_at or row.record.recorded_at,  # type: ignore[attr-defined]  # annotated above
        href=web_address(initiative.authority, kinds.href(row.record, initiative.slug)),
    )
