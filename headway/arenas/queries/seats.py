"""The seats of a body, apart from who holds them, with every holder's term."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from headway.arenas.models import Arena, OnRecord, Seat, SeatVote
from headway.arenas.queries.parts import day_words, said_by, stance_words
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Moment, Term
from headway.directory.models import Membership, Post
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import Step, address
from headway.initiatives.reader import Reader

ENDS_SOON = timedelta(days=183)
WITH_POST = ("standing__post",)


@dataclass(frozen=True)
class Holder:
    """Who holds a seat, and until when where that is known."""

    name: str
    since: str
    until: str
    ends_on: date | None
    ends_soon: bool


@dataclass(frozen=True)
class SeatLine:
    """One seat of a body: filled or vacant, who may stand in, and who fills it."""

    label: str
    href: str
    kind: Message
    votes: bool
    holders: tuple[Holder, ...]
    vacant: Message
    deputies: tuple[str, ...]
    filled_by: str


@dataclass(frozen=True)
class SeatPage:
    """One seat with everybody who held it, and what was said and voted from it."""

    title: str
    kicker: str
    kicker_href: str
    notice: Message
    terms: tuple[Term, ...]
    steps: tuple[Step, ...]
    held: tuple[Moment, ...]
    said: tuple[Moment, ...]
    voted: tuple[Moment, ...]


Held = dict[UUID | None, list[Membership]]


def seats_of(arenas: Collection[UUID]) -> list[Seat]:
    """The seats that count today, in the order of their labels."""
    found = Seat.objects.filter(arena__in=arenas, ended_at__isnull=True)
    return list(
        found.select_related("post", "appointed_by__merged_into").order_by("-presides", "post")
    )


def bodies_with_seats(arenas: QuerySet[Arena]) -> tuple[list[Arena], list[Seat]]:
    """Bodies in their order, and the seats that count today in the order of each. One query."""
    standing = FilteredRelation("seats", condition=Q(seats__ended_at__isnull=True))
    order = (*arenas.query.order_by, "-standing__presides", "standing__post__label")
    rows = arenas.annotate(standing=standing).select_related(*WITH_POST).order_by(*order)
    bodies: dict[UUID, Arena] = {}
    seats: list[Seat] = []
    for row in rows:
        bodies.setdefault(row.pk, row)
        # Of a body without a seat nothing is joined, and Django sets nothing.
        seats += filter(None, [getattr(row, "standing", None)])
    return list(bodies.values()), seats


def memberships_of(posts: Iterable[UUID]) -> Held:
    """Everybody who holds or held these posts, the newest term first."""
    found: Held = defaultdict(list)
    for row in _terms_in(Q(post__in=set(posts))):
        found[row.post_id].append(row)
    return found


def _terms_in(posts: Q) -> QuerySet[Membership]:
    rows = Membership.objects.live().filter(posts).select_related("person__merged_into")
    return rows.order_by("-starts_from", "pk")


def ending_before(arena: Arena, day: date) -> QuerySet[Membership]:
    """The terms in the seats of a body that end before a day, who presides first. One query."""
    seats = Seat.objects.filter(arena=arena, ended_at__isnull=True)
    rows = Membership.objects.live().filter(post__in=seats.values("post"), ends_to__lt=day)
    presides = Exists(seats.filter(post=OuterRef("post"), presides=True))
    return rows.select_related("post", "person__merged_into").order_by(
        presides.desc(), "post", "-starts_from", "pk"
    )


def holds(row: Membership, today: date) -> bool:
    """Whether a term may hold on a day."""
    begun = row.starts_from is None or row.starts_from <= today
    return begun and not row.ended(today)


def _holder(row: Membership, today: date) -> Holder:
    soon = row.ends_to is not None and row.ends_to <= today + ENDS_SOON
    return Holder(
        name=row.person.canonical.name,
        since=date_words(row.starts),
        until=date_words(row.ends),
        ends_on=row.ends_to,
        ends_soon=soon,
    )


def _vacant(rows: list[Membership], today: date) -> Message:
    """Since when nobody holds a seat, as far as the directory knows."""
    last = max((row.ends_to for row in rows if row.ends_to and row.ended(today)), default=None)
    if last is None:
        return _("Vacant")
    return _("Vacant since %(day)s") % {"day": day_words(last)}


def seat_kind(seat: Seat) -> Message:
    """What kind of seat it is."""
    if seat.presides:
        return _("presides") if seat.votes else _("presides, no vote")
    return _("has a vote") if seat.votes else _("no vote")


def filled_by(seat: Seat) -> str:
    """Who fills a seat, and how."""
    named = seat.appointed_by.canonical.name if seat.appointed_by else ""
    return ", ".join(filter(None, (named, seat.appointed_as_said)))


def seat_lines(seats: Collection[Seat], reader: Reader) -> tuple[SeatLine, ...]:
    """Each seat with its holder today; one query for any number of seats."""
    own = {seat.post_id for seat in seats}
    deputies = Post.objects.live().filter(deputy_to__in=own)
    held: Held = defaultdict(list)
    standing_in: Held = defaultdict(list)
    for row in _terms_in(Q(post__in=own) | Q(post__in=deputies)).select_related("post"):
        held[row.post_id].append(row)
        if row.post and row.post_id not in own:
            standing_in[row.post.deputy_to_id].append(row)
    return tuple(
        _line(seat, held[seat.post_id], standing_in[seat.post_id], reader) for seat in seats
    )


def _line(
    seat: Seat, rows: list[Membership], standing_in: list[Membership], reader: Reader
) -> SeatLine:
    today = reader.today
    now = [row for row in rows if holds(row, today)]
    names = [said_by(row.post, row.person) for row in standing_in if holds(row, today)]
    return SeatLine(
        label=seat.post.label,
        href=address(reader, "arenas:seat", seat.pk),
        kind=seat_kind(seat),
        votes=seat.votes,
        holders=tuple(_holder(row, today) for row in now),
        vacant="" if now else _vacant(rows, today),
        deputies=tuple(sorted(names)),
        filled_by=filled_by(seat),
    )


def uncounted_posts(arena: Arena) -> list[Post]:
    """Seats that the directory gained since, which nobody counts here yet."""
    counted = Seat.objects.filter(arena=arena).values("post")
    body = arena.organisation.canonical
    posts = Post.objects.live().filter(organisation=body, deputy_to__isnull=True)
    return list(posts.exclude(pk__in=counted).order_by("label"))


def seat_page(seat: Seat, initiative: Initiative, reader: Reader) -> SeatPage:
    """One seat: who held it and when, what was said from it, how it voted."""
    rows = memberships_of([seat.post_id])[seat.post_id]
    now = [row.person.canonical.name for row in rows if holds(row, reader.today)]
    body = seat.arena.organisation.canonical
    standing = seat.ended_at is None and not seat.arena.record.withdrawn
    return SeatPage(
        title=seat.post.label,
        kicker=body.name,
        kicker_href=address(reader, "arenas:arena", seat.arena_id),
        notice="" if seat.ended_at is None else _("This is no seat of the body any more."),
        terms=_terms(seat, now, _vacant(rows, reader.today)),
        steps=_steps(seat, reader) if standing and reader.may("arenas.write") else (),
        held=tuple(_moment(row, reader.today) for row in rows),
        said=_said(seat, initiative, reader),
        voted=_voted(seat, initiative, reader),
    )


def _terms(seat: Seat, now: list[str], vacant: Message) -> tuple[Term, ...]:
    shown = (
        Term(_("Held by"), ", ".join(now) or vacant),
        Term(_("Kind of seat"), seat_kind(seat)),
        Term(_("Filled by"), filled_by(seat)),
    )
    return tuple(term for term in shown if term.value)


def _steps(seat: Seat, reader: Reader) -> tuple[Step, ...]:
    return (
        Step(_("Change this seat"), address(reader, "arenas:edit_seat", seat.pk)),
        Step(_("No seat any more"), address(reader, "arenas:end_seat", seat.pk)),
    )


def _moment(row: Membership, today: date) -> Moment:
    words = _("holds it now") if holds(row, today) else ""
    return Moment(when=_stretch(row), title=row.person.canonical.name, text=words)


def _stretch(row: Membership) -> str:
    """From when until when, as far as it is known."""
    since, until = date_words(row.starts), date_words(row.ends)
    if since and until:
        return f"{since} – {until}"
    if until:
        return _("until %(day)s") % {"day": until}
    return _("since %(day)s") % {"day": since} if since else _("dates not recorded")


def _said(seat: Seat, initiative: Initiative, reader: Reader) -> tuple[Moment, ...]:
    found = OnRecord.objects.in_initiative(initiative).live().visible_to(reader.readers)
    rows = found.filter(post=seat.post).select_related("record", "person__merged_into")
    return tuple(
        Moment(
            when=date_words(row.record.when),
            title=row.text,
            text=stance_words(row),
            href=address(reader, "arenas:on_record", row.pk),
            who=row.person.canonical.name if row.person else "",
        )
        for row in rows.order_by("-record__happened_from", "-record__recorded_at")
    )


def _voted(seat: Seat, initiative: Initiative, reader: Reader) -> tuple[Moment, ...]:
    rows = SeatVote.objects.filter(
        post=seat.post,
        decision__record__initiative=initiative,
        decision__record__withdrawn_at__isnull=True,
        decision__record__visibility__in=reader.readers,
    ).select_related("decision__record", "person__merged_into")
    return tuple(
        Moment(
            when=date_words(row.decision.record.when),
            title=row.decision.record.title,
            text=row.get_vote_display(),
            href=address(reader, "arenas:decision", row.decision_id),
            who=row.person.canonical.name if row.person else "",
        )
        for row in rows.order_by("-decision__record__happened_from")
    )
